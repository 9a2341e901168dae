import type { CredentialSpec } from '../../../shared/domain/credential-spec.ts';
import { instant } from '../../../shared/domain/instant.ts';
import type { IssuerRefusalCode } from '../../../shared/domain/refusal.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { CredentialIssuer } from '../../../shared/ports/credential-issuer.ts';

/** An issuer for tests of use cases, held to the same suite as STS's. */
export type MemoryIssuer = CredentialIssuer & {
  /** The calls that were answered with credentials. */
  readonly issued: readonly CredentialSpec[];
  /** Refuses from now on, or issues again. */
  readonly refuse: (code: IssuerRefusalCode | undefined) => void;
};

/** Issues credentials that open nothing. */
export function memoryIssuer(clock: Clock): MemoryIssuer {
  const issued: CredentialSpec[] = [];
  let refused: IssuerRefusalCode | undefined;
  return {
    issued,
    refuse: (code) => {
      refused = code;
    },
    issue: async (spec) => {
      if (refused !== undefined) return { refused, text: `Refused for the test: ${refused}` };
      const n = String(issued.push(spec)).padStart(8, '0');
      return {
        accessKeyId: `ASIAEXAMPLE0${n}`,
        secretAccessKey: `secret-of-session-${n}`,
        sessionToken: `token-of-session-${n}`,
        expiresAt: instant(clock() + spec.durationSeconds * 1000),
        assumedRoleId: `AROAEXAMPLE0EXAMPLE00:${spec.roleSessionName}`,
      };
    },
  };
}
