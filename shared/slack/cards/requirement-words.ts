import { formatDuration } from '../../domain/duration.ts';
import type { Requirements } from '../../domain/elevation.ts';

/** What the rule required when the request was made, a line each. */
export function requirementWords({ mfa, approval }: Requirements): readonly string[] {
  const proof = mfa && `MFA no older than ${formatDuration(mfa.within)}, counted back from ${FROM[mfa.each]}`;
  const approvals =
    approval &&
    `${approval.count} approval${approval.count === 1 ? '' : 's'} by ${approval.by.join(' or ')}, within ${formatDuration(approval.within)}`;
  const approversProof =
    approval?.mfaWithin && `MFA of each approver no older than ${formatDuration(approval.mfaWithin)}`;
  const all = [proof, approvals, approversProof].filter((words) => words !== undefined);
  return all.length > 0 ? all : ['nothing beside the request itself'];
}

const FROM = { request: 'the request', issue: 'each issue' } as const;
