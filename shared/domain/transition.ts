import type { Caller } from './caller.ts';
import { digestOf } from './digest.ts';
import type { Act, Approval, Approved, Elevation, Pending, Request, Window } from './elevation.ts';
import type { ElevationEvent } from './events.ts';
import type { Sha256 } from './hash.ts';
import { after, type Instant, wholeSecond } from './instant.ts';

type LaterEvent = Exclude<ElevationEvent, { type: 'requested' }>;
type EventOf<Type extends ElevationEvent['type']> = Extract<ElevationEvent, { type: Type }>;

/**
 * The elevation after the event, or undefined where the event cannot follow: a history that holds such an event was
 * not written by Drawbridge.
 */
export function evolve(
  elevation: Elevation | undefined,
  event: ElevationEvent,
  sha256: Sha256,
): Elevation | undefined {
  if (event.type === 'requested') return elevation === undefined ? asked(event, sha256) : undefined;
  switch (elevation?.state) {
    case 'pending':
      return evolvePending(elevation, event);
    case 'approved':
      return evolveApproved(elevation, event);
    case 'denied':
    case 'withdrawn':
    case 'returned':
    case 'revoked':
    case undefined:
      return undefined;
    default:
      return elevation satisfies never;
  }
}

function asked({ request, by }: EventOf<'requested'>, sha256: Sha256): Elevation | undefined {
  if (by.person !== request.person) return undefined;
  const common = { request, digest: digestOf(request, sha256), requestedBy: by, approvals: [] };
  return request.requirements.approval === undefined
    ? { ...common, state: 'approved', window: windowOf(request, request.requestedAt), issues: [] }
    : { ...common, state: 'pending' };
}

function evolvePending(pending: Pending, event: LaterEvent): Elevation | undefined {
  switch (event.type) {
    case 'approved':
      return approvedBy(pending, event);
    case 'denied':
      return event.by.person === pending.request.person || event.digest !== pending.digest
        ? undefined
        : { ...pending, state: 'denied', denial: actOf(event) };
    case 'withdrawn':
      return event.by.person === pending.request.person
        ? { ...pending, state: 'withdrawn', withdrawal: actOf(event) }
        : undefined;
    case 'returned':
    case 'revoked':
    case 'issue-intended':
      return undefined;
    default:
      return notAnEvent(event);
  }
}

/** Counts an approval once a person, never the requester's own, and only of this very request. */
function approvedBy(pending: Pending, event: EventOf<'approved'>): Elevation | undefined {
  const { request, digest } = pending;
  const again = pending.approvals.some(({ by }) => by.person === event.by.person);
  if (again || event.by.person === request.person || event.digest !== digest) return undefined;
  const approval: Approval = { ...actOf(event), digest: event.digest };
  const approvals = [...pending.approvals, approval];
  if (approvals.length < (request.requirements.approval?.count ?? 0)) return { ...pending, approvals };
  return { ...pending, approvals, state: 'approved', window: windowOf(request, event.at), issues: [] };
}

function evolveApproved(approved: Approved, event: LaterEvent): Elevation | undefined {
  const byRequester = event.by.person === approved.request.person;
  switch (event.type) {
    case 'issue-intended':
      return byRequester && event.n === approved.issues.length + 1
        ? { ...approved, issues: [...approved.issues, { n: event.n, by: event.by, at: event.at }] }
        : undefined;
    case 'returned':
      return byRequester ? { ...approved, state: 'returned', giveBack: actOf(event) } : undefined;
    case 'revoked':
      return byRequester ? undefined : { ...approved, state: 'revoked', revocation: actOf(event) };
    case 'approved':
    case 'denied':
    case 'withdrawn':
      return undefined;
    default:
      return notAnEvent(event);
  }
}

function windowOf(request: Request, from: Instant): Window {
  const start = wholeSecond(from);
  return { from: start, until: after(start, request.duration) };
}

function actOf({ by, at, comment }: { by: Caller; at: Instant; comment?: string }): Act {
  return comment === undefined ? { by, at } : { by, at, comment };
}

/** A stored history is data: what it calls an event need not be one. */
function notAnEvent(_event: never): undefined {
  return undefined;
}
