import fc from 'fast-check';
import type { Elevation, Request } from '../../../shared/domain/elevation.ts';
import { after, instant } from '../../../shared/domain/instant.ts';
import type { ElevationStore, SealedElevation } from '../../../shared/ports/elevation-store.ts';
import type { RequestRate } from '../../../shared/ports/request-rate.ts';
import { NOW } from '../../domain/story.ts';
import { duration } from '../../domain/values.ts';
import { pagesOf } from './elevation-lists.ts';
import { freshPerson, freshRole, LIVES, recordOf, requestOf } from './elevations.ts';
import { sessionRecord } from './session-records.ts';

/** A store and a counter of one kind. */
export type Kept = { readonly store: ElevationStore; readonly rate: RequestRate };

/** Something to ask of them; `which` is one of a few requests. */
export type Command = { readonly which: number } & (
  | { readonly type: 'create'; readonly state: Elevation['state'] }
  | { readonly type: 'replace'; readonly state: Elevation['state']; readonly seen: number }
  | { readonly type: 'read' | 'sessions' }
  | { readonly type: 'list'; readonly by: 'person' | 'role'; readonly limit: number }
  | { readonly type: 'record'; readonly n: number }
  | { readonly type: 'count'; readonly limit: number }
);

const which = fc.nat(2);
const state = fc.constantFrom(...Object.keys(LIVES)) as fc.Arbitrary<Elevation['state']>;
const upTo = (max: number) => fc.integer({ min: 1, max });
const type = <T extends string>(...types: readonly T[]) => fc.constantFrom(...types);

/** Commands in any order; most of them change something. */
export const commands: fc.Arbitrary<readonly Command[]> = fc.array(
  fc.oneof(
    fc.record({ type: type('create'), which, state }),
    fc.record({ type: type('replace'), which, state, seen: upTo(4) }),
    fc.record({ type: type('read', 'sessions'), which }),
    fc.record({ type: type('list'), which, by: type('person', 'role'), limit: upTo(3) }),
    fc.record({ type: type('record'), which, n: upTo(12) }),
    fc.record({ type: type('count'), which, limit: upTo(3) }),
  ),
  { minLength: 1, maxLength: 24, size: 'max' },
);

/** Three requests that no other run knows, for one role: two of one person, and two in the same millisecond. */
export function freshRequests(): readonly Request[] {
  const [role, one, other] = [freshRole(), freshPerson(), freshPerson()];
  const later = instant(NOW + 1);
  return [
    requestOf({ role, person: one }),
    requestOf({ role, person: one, requestedAt: later }),
    requestOf({ role, person: other, requestedAt: later }),
  ];
}

/** What each of the commands is answered, in their order. */
export async function answersTo(
  commands: readonly Command[],
  requests: readonly Request[],
  kept: Kept,
): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  for (const command of commands) {
    const request = requests[command.which];
    if (request === undefined) throw new TypeError(`There is no request ${command.which}.`);
    answers.push(await answerTo(command, request, kept));
  }
  return answers;
}

function answerTo(command: Command, request: Request, { store, rate }: Kept): Promise<unknown> {
  switch (command.type) {
    case 'create':
      return store.create(recordOf(request, ...LIVES[command.state](request)));
    case 'replace':
      return replaced(store, command.seen, recordOf(request, ...LIVES[command.state](request)));
    case 'read':
      return store.read(request.id);
    case 'list':
      return listed(store, request, command);
    case 'record':
      return store.recordSession(sessionRecord(request.id, command.n));
    case 'sessions':
      return store.sessionsOf(request.id);
    case 'count':
      return rate.count(request.person, { from: NOW, until: after(NOW, duration('1m')) }, command.limit);
    default:
      return command satisfies never;
  }
}

/** NB. To replace what was never created is a mistake of the caller, and thrown. */
function replaced(store: ElevationStore, seen: number, next: SealedElevation): Promise<unknown> {
  return store.replace(seen, next).catch(() => 'there is none');
}

/** The whole list. Requests of the same millisecond come in an order of the store's own. */
async function listed(store: ElevationStore, request: Request, { by, limit }: Command & { type: 'list' }) {
  const { person, role } = request;
  const pages = await pagesOf(store, by === 'person' ? { by, person } : { by, role }, limit);
  const records = pages.flatMap(({ elevations }) => elevations);
  const timeOf = ({ elevation }: SealedElevation) => elevation.request.requestedAt;
  const idOf = ({ elevation }: SealedElevation) => elevation.request.id;
  return {
    times: records.map(timeOf),
    records: records.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1)),
  };
}
