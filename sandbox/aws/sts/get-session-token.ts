import * as z from 'zod';
import { AwsRefusal, type Caller } from '../aws.ts';
import type { QueryOperation } from '../protocols/query.ts';
import type { SessionOf } from '../sessions.ts';
import type { StsParts } from './assume-role.ts';
import { length, pattern, range, refuseViolations } from './constraints.ts';
import { credentialsRecord, credentialsXml } from './credentials-xml.ts';

const shape = z.object({
  DurationSeconds: z.coerce.number().optional(),
  SerialNumber: z.string().optional(),
  TokenCode: z.string().optional(),
});

const DEFAULT_SECONDS = 43_200;
const LONGEST_ROOT_SECONDS = 3600;

/** sts:GetSessionToken: for users and root only, without any permission (STS API Reference). */
export function getSessionToken({ directory, sessions, devices }: StsParts): QueryOperation {
  return {
    readOnly: true,
    refused: () => null,
    async run(raw, { caller, now }) {
      const input = shape.parse(raw);
      refuseViolations(
        range('durationSeconds', input.DurationSeconds, 900, 129_600),
        length('serialNumber', input.SerialNumber, 9, 256),
        pattern('tokenCode', input.TokenCode, '[\\d]{6}'),
      );
      if (sessions.find(caller.accessKeyId) !== undefined) {
        throw new AwsRefusal('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403);
      }
      const withMfa = input.SerialNumber !== undefined || input.TokenCode !== undefined;
      if (withMfa) devices.prove(caller, input.SerialNumber, input.TokenCode);
      const asked = input.DurationSeconds ?? DEFAULT_SECONDS;
      const seconds = caller.kind === 'root' ? Math.min(asked, LONGEST_ROOT_SECONDS) : asked;
      const session = sessions.issue(sessionOf(caller, withMfa ? now : undefined), now, seconds);
      const device = input.SerialNumber === undefined ? {} : { serialNumber: input.SerialNumber };
      return {
        result: { Credentials: credentialsXml(session) },
        detail: {
          requestParameters: { durationSeconds: asked, ...device },
          responseElements: { credentials: credentialsRecord(session) },
        },
      };
    },
  };

  function sessionOf(caller: Caller, mfaAt: number | undefined): SessionOf {
    const user = directory.userByArn(caller.arn);
    if (user === undefined) return { kind: 'root', account: caller.account };
    return mfaAt === undefined ? { kind: 'user', user } : { kind: 'user', user, mfaAt };
  }
}
