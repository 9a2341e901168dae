import type { CredentialSpec } from '../domain/credential-spec.ts';
import type { Instant } from '../domain/instant.ts';
import type { IssuerRefusalCode } from '../domain/refusal.ts';

/** Credentials as STS issued them. The secrets in it are handed on once and kept nowhere. */
export type IssuedCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: Instant;
  readonly assumedRoleId: string;
};

/** Why there are none; `text` is for the operators' log, since it can tell about the target account. */
export type IssuerRefusal = { readonly refused: IssuerRefusalCode; readonly text: string };

/** Issues credentials of a target role. */
export type CredentialIssuer = {
  issue(spec: CredentialSpec): Promise<IssuedCredentials | IssuerRefusal>;
};
