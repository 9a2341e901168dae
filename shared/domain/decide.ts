import type { Caller } from './caller.ts';
import { unmet } from './condition.ts';
import type { Context } from './context.ts';
import { decideIssue } from './decide-issue.ts';
import { type Act, type Elevation, standingAt } from './elevation.ts';
import { mayApprove, mayRevoke, mayStop } from './entitlement.ts';
import type { ElevationEvent } from './events.ts';
import type { Hash } from './hash.ts';
import type { Handle } from './names.ts';
import { carriedToday, mfaAtApproval } from './redecision.ts';
import { type Outcome, type Refusal, refuse } from './refusal.ts';
import { noLongerAllowed, stepUp, wrongState } from './refusals.ts';

/** What somebody wants to happen to an elevation. */
export type Command =
  | (Judging & { readonly type: 'approve' })
  | (Judging & { readonly type: 'deny' })
  | (Ending & { readonly type: 'withdraw' })
  | (Ending & { readonly type: 'return' })
  | (Ending & { readonly type: 'revoke' })
  | { readonly type: 'issue'; readonly by: Caller };

type Ending = { readonly by: Caller; readonly comment?: string };
type Judging = Ending & { readonly digest?: Hash };
type CommandOf<Type extends Command['type']> = Extract<Command, { readonly type: Type }>;
type Decision = Outcome<readonly ElevationEvent[]>;

/**
 * What a command does: the events that follow, none where the same person has already decided the same, or the reason
 * why nothing follows. Always decides from the file and the clock of now; what was allowed before is never an input.
 */
export function decide(elevation: Elevation, command: Command, context: Context): Decision {
  switch (command.type) {
    case 'approve':
      return decideApproval(elevation, command, context);
    case 'deny':
      return decideDenial(elevation, command, context);
    case 'withdraw':
      return decideWithdrawal(elevation, command, context);
    case 'return':
      return decideReturn(elevation, command, context);
    case 'revoke':
      return decideRevocation(elevation, command, context);
    case 'issue':
      return decideIssue(elevation, command.by, context);
    default:
      return command satisfies never;
  }
}

function decideApproval(
  elevation: Elevation,
  command: CommandOf<'approve'>,
  { access, now }: Context,
): Decision {
  const { request, digest } = elevation;
  const { by } = command;
  if (by.person === request.person) return refuse(OWN_REQUEST);
  if (!mayApprove(access, request, by)) return refuse(NOT_AN_APPROVER);
  if (elevation.approvals.some((approval) => approval.by.person === by.person)) return nothingMore();
  const standing = standingAt(elevation, now);
  if (standing.state !== 'pending') return refuse(wrongState(standing.state, 'approved'));
  if (command.digest !== undefined && command.digest !== digest) return refuse(DIGEST_MISMATCH);
  const carried = carriedToday(access, request, elevation.requestedBy, now);
  if (carried.outcome !== 'carried' || unmet(carried.conditions).length > 0)
    return refuse(noLongerAllowed(carried));
  const mfa = mfaAtApproval(carried.rule, request, by, now);
  const bounds = [request.requirements.approval?.mfaWithin, carried.rule.approval?.mfaWithin];
  if (unmet(mfa).length > 0) return refuse(stepUp(mfa, ...bounds));
  return { value: [{ type: 'approved', by, at: now, digest, ...commentOf(command) }] };
}

function decideDenial(elevation: Elevation, command: CommandOf<'deny'>, { access, now }: Context): Decision {
  const { request, digest } = elevation;
  const { by } = command;
  if (by.person === request.person) return refuse(OWN_REQUEST);
  if (!mayStop(access, request, by)) return refuse(NOT_AN_APPROVER);
  if (elevation.state === 'denied' && isBy(elevation.denial, by.person)) return nothingMore();
  const standing = standingAt(elevation, now);
  if (standing.state !== 'pending') return refuse(wrongState(standing.state, 'denied'));
  if (command.digest !== undefined && command.digest !== digest) return refuse(DIGEST_MISMATCH);
  return { value: [{ type: 'denied', by, at: now, digest, ...commentOf(command) }] };
}

function decideWithdrawal(elevation: Elevation, command: CommandOf<'withdraw'>, { now }: Context): Decision {
  const { by } = command;
  if (by.person !== elevation.request.person) return refuse(notTheRequester('withdraw'));
  if (elevation.state === 'withdrawn') return nothingMore();
  const standing = standingAt(elevation, now);
  if (standing.state !== 'pending') return refuse(wrongState(standing.state, 'withdrawn'));
  return { value: [{ type: 'withdrawn', by, at: now, ...commentOf(command) }] };
}

function decideReturn(elevation: Elevation, command: CommandOf<'return'>, { now }: Context): Decision {
  const { by } = command;
  if (by.person !== elevation.request.person) return refuse(notTheRequester('return'));
  if (elevation.state === 'returned') return nothingMore();
  const standing = standingAt(elevation, now);
  if (standing.state !== 'approved') return refuse(wrongState(standing.state, 'returned'));
  return { value: [{ type: 'returned', by, at: now, ...commentOf(command) }] };
}

function decideRevocation(
  elevation: Elevation,
  command: CommandOf<'revoke'>,
  { access, now }: Context,
): Decision {
  const { by } = command;
  if (by.person === elevation.request.person) return refuse(REVOKE_OWN);
  if (!mayRevoke(access, elevation.request, by)) return refuse(NOT_AN_APPROVER);
  if (elevation.state === 'revoked' && isBy(elevation.revocation, by.person)) return nothingMore();
  const standing = standingAt(elevation, now);
  if (standing.state !== 'approved') return refuse(wrongState(standing.state, 'revoked'));
  return { value: [{ type: 'revoked', by, at: now, ...commentOf(command) }] };
}

const OWN_REQUEST: Refusal = {
  code: 'own-request',
  detail: 'Nobody decides on their own request. Ask another approver.',
};

const REVOKE_OWN: Refusal = {
  code: 'own-request',
  detail: 'Revoking is for others. Return your elevation instead.',
};

const NOT_AN_APPROVER: Refusal = {
  code: 'not-an-approver',
  detail: 'This is for the people whom the rule of this request names as approvers.',
};

const DIGEST_MISMATCH: Refusal = {
  code: 'digest-mismatch',
  detail: 'The digest is not that of this request. Read the request again, then decide.',
};

function notTheRequester(verb: string): Refusal {
  return { code: 'not-the-requester', detail: `Only the person who asked can ${verb} an elevation.` };
}

function isBy(act: Act, person: Handle): boolean {
  return act.by.person === person;
}

function nothingMore(): Decision {
  return { value: [] };
}

function commentOf({ comment }: { readonly comment?: string }): { readonly comment?: string } {
  return comment === undefined ? {} : { comment };
}
