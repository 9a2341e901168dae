import { sha256 } from '../shared/adapters/system/crypto.ts';
import type { Access } from '../shared/domain/access.ts';
import type { SelfApprovalAttempt } from '../shared/domain/attempt.ts';
import type { Caller } from '../shared/domain/caller.ts';
import { digestOf } from '../shared/domain/digest.ts';
import { minutes } from '../shared/domain/duration.ts';
import type { Elevation, Request } from '../shared/domain/elevation.ts';
import { elevationIdOf } from '../shared/domain/elevation-id.ts';
import { requirementsOf } from '../shared/domain/evaluation.ts';
import type { ElevationEvent } from '../shared/domain/events.ts';
import { after, type Instant, instant } from '../shared/domain/instant.ts';
import type { Handle } from '../shared/domain/names.ts';
import type { SessionRecord } from '../shared/ports/elevation-store.ts';
import { anyOf, type Random } from './random.ts';

/** The time of the report: four weeks. */
export const PERIOD = {
  from: instant(Date.parse('2026-10-26T00:00:00Z')),
  until: instant(Date.parse('2026-11-23T00:00:00Z')),
};

/** An elevation from its beginning to its end, and how much was done under it. */
export type BenchLife = {
  readonly request: Request;
  readonly events: readonly ElevationEvent[];
  readonly sessions: readonly SessionRecord[];
  readonly attempts: readonly SelfApprovalAttempt[];
  readonly calls: number;
};

/** What the elevations of every twenty become; the others are used, each more or less. */
const UNUSED: ReadonlyMap<number, Elevation['state']> = new Map([
  [0, 'pending'],
  [1, 'denied'],
  [2, 'withdrawn'],
  [3, 'approved'],
]);
const USED = 16 / 20;
const ENDS = ['returned', 'returned', 'approved', 'returned', 'revoked'] as const;
/** Most are used little, and few very much; one in the middle. */
const WEIGHTS = [0.2, 0.3, 0.5, 1, 3] as const;

/** So many elevations, evenly over the period, under which so many calls were made in all. */
export function* livesOf(
  { elevations, events }: { readonly elevations: number; readonly events: number },
  access: Access,
  random: Random,
): Generator<BenchLife> {
  const step = (PERIOD.until - PERIOD.from - 2 * 3_600_000) / elevations;
  for (let n = 0; n < elevations; n++) {
    const request = requestOf(n, instant(PERIOD.from + Math.floor(n * step)), access, random);
    const turn = Math.floor(n / 20) % WEIGHTS.length;
    const unused = UNUSED.get(n % 20);
    const calls = unused === undefined ? (events / elevations / USED) * (WEIGHTS[turn] ?? 1) : 0;
    yield lifeOf(request, unused ?? ENDS[turn] ?? 'returned', Math.ceil(calls), n % 50 === 0);
  }
}

function requestOf(n: number, requestedAt: Instant, access: Access, random: Random): Request {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (const place of [0, 4, 8]) view.setUint32(place, random(2 ** 31));
  view.setUint32(12, n);
  const role = anyOf([...access.roles.values()], random);
  const rule = access.rules.find((one) => one.kind === 'allow');
  if (rule === undefined) throw new Error('The access file allows nothing.');
  return {
    ...{ id: elevationIdOf(bytes), person: `person-${random(150)}` as Handle },
    ...{ role: role.name, roleArn: role.arn.text, duration: minutes(60) },
    ...{ reason: `Look into the failed deployment number ${n}`, ticket: `OPS-${n}`, rule: rule.name },
    requirements: requirementsOf(rule),
    ...{ accessVersion: access.version, requestedAt },
  };
}

function lifeOf(request: Request, state: Elevation['state'], calls: number, isAttempted: boolean): BenchLife {
  const { id, person, requestedAt } = request;
  const own = callerOf(person, requestedAt);
  const judge = callerOf(`person-${150 + (requestedAt % 50)}` as Handle, requestedAt);
  const issues = 'approved returned revoked'.includes(state) ? [1, 2, 3] : [];
  const later = (minute: number) => after(requestedAt, minutes(minute));
  const digest = digestOf(request, sha256);
  const approval = { type: 'approved', by: judge, at: later(4), digest } as const;
  const intents = issues.map((n) => ({ type: 'issue-intended', by: own, at: later(n * 15 - 6), n }) as const);
  const ends: Readonly<Record<Elevation['state'], readonly ElevationEvent[]>> = {
    pending: [],
    denied: [{ type: 'denied', by: judge, at: later(3), digest }],
    withdrawn: [{ type: 'withdrawn', by: own, at: later(2) }],
    approved: [approval, ...intents],
    returned: [approval, ...intents, { type: 'returned', by: own, at: later(57) }],
    revoked: [approval, ...intents, { type: 'revoked', by: judge, at: later(56), comment: 'Enough.' }],
  };
  return {
    request,
    events: [{ type: 'requested', by: own, at: requestedAt, request }, ...ends[state]],
    sessions: issues.map((n) => ({
      ...{ elevation: id, n, accessKeyId: `ASIA${id.slice(0, 15)}${n}` },
      assumedRoleId: `AROAEXAMPLEEXAMPLE000:dbr+${person}+${id}+${n}`,
      ...{ issuedAt: later(n * 15 - 6), expiresAt: later(n * 15 + 9) },
    })),
    attempts: isAttempted ? [{ elevation: id, by: own, at: later(1) }] : [],
    calls,
  };
}

function callerOf(person: Handle, at: Instant): Caller {
  return { person, door: 'oidc', tokenGroups: [], mfa: { kind: 'token', evidence: 'amr:hwk', at } };
}
