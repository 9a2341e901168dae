import * as z from 'zod';
import { AwsRefusal } from '../aws.ts';
import type { SigningKeys } from '../trail/signing-keys.ts';
import { type CloudTrailOperation, readOperation } from './operation.ts';

const input = z.object({ StartTime: z.number().optional(), EndTime: z.number().optional() });

/** The sandbox's keys are good for ever; at AWS they are for about a month. */
const VALID_SECONDS = 100 * 365 * 86_400;

/** ListPublicKeys: the key with which the digest files of the called Region are signed. Times are in seconds. */
export function listPublicKeys(parts: {
  readonly keys: SigningKeys;
  readonly since: number;
}): CloudTrailOperation {
  return readOperation(
    input,
    () => '*',
    async ({ StartTime, EndTime }, { region, now }) => {
      const from = StartTime ?? now / 1000;
      const until = EndTime ?? now / 1000;
      if (from > until) {
        throw new AwsRefusal('InvalidTimeRangeException', 'The end time is before the start time.', 400);
      }
      const since = Math.floor(parts.since / 1000);
      if (until < since) return { PublicKeyList: [] };
      const { publicKey, fingerprint } = await parts.keys(region);
      const validity = { ValidityStartTime: since, ValidityEndTime: since + VALID_SECONDS };
      return {
        PublicKeyList: [{ Value: publicKey.toString('base64'), ...validity, Fingerprint: fingerprint }],
      };
    },
  );
}
