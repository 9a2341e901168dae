import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { digestOf } from '../../../shared/domain/digest.ts';
import type { Elevation, Request } from '../../../shared/domain/elevation.ts';
import { type ElevationId, elevationIdOf } from '../../../shared/domain/elevation-id.ts';
import { requirementsOf } from '../../../shared/domain/evaluation.ts';
import type { ElevationEvent, History } from '../../../shared/domain/events.ts';
import { extended, newestHash, replay } from '../../../shared/domain/history.ts';
import { after } from '../../../shared/domain/instant.ts';
import type { Handle, RoleName } from '../../../shared/domain/names.ts';
import type { SealedElevation } from '../../../shared/ports/elevation-store.ts';
import { ASK, caller, NOW, UPDATE_APP } from '../../domain/story.ts';
import { duration, handle, hash, roleName } from '../../domain/values.ts';

let made = 0;

/** An id that no other test has. */
export function freshId(): ElevationId {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(12, ++made);
  return elevationIdOf(bytes);
}

/** A person whom no other test names, so that their list is the test's own. */
export function freshPerson(): Handle {
  return handle(`person-${++made}`);
}

/** A role that no other test names. */
export function freshRole(): RoleName {
  return roleName(`role-${++made}`);
}

/** What David asks for in the story, with everything that a request can have, under an id of its own. */
export function requestOf(changes: Partial<Request> = {}): Request {
  return {
    id: freshId(),
    person: handle('david'),
    role: ASK.role,
    roleArn: 'arn:aws:iam::999999999999:role/UpdateApp',
    duration: ASK.duration,
    reason: 'Fix the banner: „Größe“ 🏷️',
    ticket: 'OPS-12',
    scope: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::productionapp/*'] }],
    narrowedBy: 'requester',
    rule: UPDATE_APP.name,
    requirements: requirementsOf(UPDATE_APP),
    accessVersion: hash('a'),
    requestedAt: NOW,
    ...changes,
  };
}

type Later = Exclude<ElevationEvent, { type: 'requested' }>;

/** Events that can follow a request, by the people of the story; `by` puts another in their place. */
export const followed = {
  approved: (request: Request, by = 'ruth'): Later => ({ type: 'approved', ...judged(request, by) }),
  denied: (request: Request, by = 'rob'): Later => ({ type: 'denied', ...judged(request, by) }),
  withdrawn: (request: Request, by: string = request.person): Later => ({
    type: 'withdrawn',
    ...act(request, by),
  }),
  returned: (request: Request, by: string = request.person): Later => ({
    type: 'returned',
    ...act(request, by),
  }),
  revoked: (request: Request, by = 'ruth'): Later => ({ type: 'revoked', ...act(request, by) }),
  issued: (request: Request, n: number, by: string = request.person): Later => ({
    type: 'issue-intended',
    by: caller(by),
    at: after(request.requestedAt, duration('3m')),
    n,
  }),
};

function act({ requestedAt }: Request, by: string) {
  return { by: caller(by), at: after(requestedAt, duration('2m')), comment: `So says ${by}.` };
}

function judged(request: Request, by: string) {
  return { ...act(request, by), digest: digestOf(request, sha256) };
}

/** What happened to an elevation of each stored state. */
export const LIVES: Readonly<Record<Elevation['state'], (request: Request) => readonly Later[]>> = {
  pending: () => [],
  denied: (request) => [followed.denied(request)],
  withdrawn: (request) => [followed.withdrawn(request)],
  approved: (request) => [followed.approved(request), followed.issued(request, 1)],
  returned: (request) => [
    followed.approved(request),
    followed.issued(request, 1),
    followed.returned(request),
  ],
  revoked: (request) => [followed.approved(request), followed.issued(request, 1), followed.revoked(request)],
};

/** The record of a request and of what followed; the seal is some text, since a store does not look at it. */
export function recordOf(request: Request, ...later: readonly Later[]): SealedElevation {
  const { person: by, requestedAt: at } = request;
  return sealed([], { type: 'requested', by: caller(by), at, request }, ...later);
}

/** The record with these events at its end. */
export function nextOf(record: SealedElevation, ...later: readonly Later[]): SealedElevation {
  return sealed(record.history, ...later);
}

function sealed(before: History, ...events: readonly ElevationEvent[]): SealedElevation {
  const history = extended(before, events, sha256);
  const elevation = replay(history, sha256);
  if (elevation === undefined) throw new TypeError('The test states an event that cannot follow.');
  return { elevation, history, seal: `sealed ${newestHash(history)}` };
}
