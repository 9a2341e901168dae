import type { MfaProof } from '../../domain/caller.ts';
import { formatDuration, minutes } from '../../domain/duration.ts';
import type { Instant } from '../../domain/instant.ts';

const DAY_MINUTES = 24 * 60;

/** How MFA was proved and how long before the request; measured from the request, so that it never changes. */
export function mfaWords(proof: MfaProof, requestedAt: Instant): string {
  switch (proof.kind) {
    case 'absent':
      return 'none';
    case 'token':
      return `proved ${ago(requestedAt - proof.at)} the request (${proof.evidence})`;
    case 'iam-session':
      return `proved to IAM within ${formatDuration(proof.within)} of the request`;
    default:
      return proof satisfies never;
  }
}

function ago(milliseconds: number): string {
  const count = Math.floor(milliseconds / 60_000);
  if (count < 1) return 'less than a minute before';
  return count > DAY_MINUTES ? 'more than a day before' : `${formatDuration(minutes(count))} before`;
}
