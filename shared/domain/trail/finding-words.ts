import { formatSeconds, type Instant } from '../instant.ts';
import type { Actor, Observation, RoleChange } from './observation.ts';

/** Who called, as exactly as the trail tells: an ARN, or the session's id and account. */
export function whoOf({ arn, principalId, account, invokedBy }: Actor): string {
  if (arn !== undefined) return arn;
  const id = principalId ?? invokedBy ?? 'Somebody';
  return account === undefined ? id : `${id} of account ${account}`;
}

/** What was called: `GetObject of s3.amazonaws.com`. */
export function callOf({ name, source }: Observation): string {
  return `${name} of ${source}`;
}

/** What was changed: `the trust policy`. */
export function changedPart({ what, policy }: RoleChange): string {
  switch (what) {
    case 'trust':
      return 'the trust policy';
    case 'inline-policy':
      return policy === undefined ? 'an inline policy' : `the inline policy ${policy}`;
    case 'attached-policy':
      return policy === undefined ? 'the attached policies' : `the attached policy ${policy}`;
    case 'boundary':
      return 'the permissions boundary';
    case 'policy-version':
      return 'the versions';
    case 'role':
      return 'the role itself';
    case 'trail':
      return 'what is recorded';
    default:
      return what satisfies never;
  }
}

/** How many more calls of the kind there were, and until when; nothing where there were none. */
export function andMore(count: number, last: Instant): string {
  if (count === 0) return '';
  return ` ${count} more such ${count === 1 ? 'call' : 'calls'} until ${formatSeconds(last)}.`;
}
