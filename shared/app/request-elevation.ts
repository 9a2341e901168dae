import type { Caller } from '../domain/caller.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import { scopeFits } from '../domain/credential-spec.ts';
import { milliseconds } from '../domain/duration.ts';
import { type Elevation, type Request, standingAt, waitsUntil } from '../domain/elevation.ts';
import { type ElevationId, elevationIdOf } from '../domain/elevation-id.ts';
import { type Ask, askOf, type Evaluation, evaluate, requirementsOf } from '../domain/evaluation.ts';
import { replay } from '../domain/history.ts';
import { type Instant, instant } from '../domain/instant.ts';
import { type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
import { refusalOf } from '../domain/refusals.ts';
import type { SealedElevation } from '../ports/elevation-store.ts';
import type { Broker } from './broker.ts';
import { begin, open } from './elevation-book.ts';

/** A rule governs, and everything that it asks of the requester is met. */
export type Allowed = Evaluation & { readonly outcome: 'allowed' };

/** The elevation that a request made, or had made before with the same Idempotency-Key. */
export type Requested = { readonly elevation: Elevation; readonly replayed: boolean };

/** Whether the rules would take the request, and on which conditions; nothing is stored or counted. */
export function tryRequest(broker: Broker, caller: Caller, ask: Ask, now = broker.clock()): Outcome<Allowed> {
  const fault = faultOf(broker, ask);
  if (fault !== undefined) return refuse(fault);
  const evaluation = evaluate(broker.access, caller, ask, now);
  return evaluation.outcome === 'allowed' ? { value: evaluation } : refuse(refusalOf(evaluation));
}

/** Makes an elevation of what somebody asks for. With a key, a repetition makes none and gets the first answer again. */
export async function requestElevation(
  broker: Broker,
  caller: Caller,
  ask: Ask,
  key: string | undefined,
): Promise<Outcome<Requested>> {
  const id = idOf(broker, caller, key);
  const before = key === undefined ? undefined : await repeated(broker, id, ask);
  if (before !== undefined) return before;
  const now = broker.clock();
  const tried = tryRequest(broker, caller, ask, now);
  if ('refusal' in tried) return tried;
  const flood = await floodOf(broker, caller, now);
  if (flood !== undefined) return refuse(flood);
  const request = requestOf(broker, caller, ask, tried.value, id, now);
  const begun = await begin(broker, id, { type: 'requested', by: caller, at: now, request });
  if ('refusal' in begun) return begun;
  const { sealed, created } = begun.value;
  if (!created) return (await repeated(broker, id, ask)) ?? refuse(KEY_REUSED);
  return { value: { elevation: sealed.elevation, replayed: false } };
}

const KEY_REUSED: Refusal = {
  code: 'idempotency-key-reused',
  detail: 'This Idempotency-Key came with another request before. Use a new key for a new request.',
};

/** The id that a key stands for, the same at every repetition by the same person; without a key a random one. */
function idOf(broker: Broker, caller: Caller, key: string | undefined): ElevationId {
  if (key === undefined) return elevationIdOf(broker.randomBytes(16));
  const hash = broker.sha256(canonicalJson([caller.person, key]));
  return elevationIdOf(
    Uint8Array.from({ length: 16 }, (_, n) => Number.parseInt(hash.slice(2 * n, 2 * n + 2), 16)),
  );
}

/** The first answer to a key, undefined where there was none. */
async function repeated(broker: Broker, id: ElevationId, ask: Ask): Promise<Outcome<Requested> | undefined> {
  const opened = await open(broker, id);
  if ('refusal' in opened) return opened.refusal.code === 'not-found' ? undefined : opened;
  const { elevation: current, history } = opened.value;
  if (canonicalJson(askOf(current.request)) !== canonicalJson(ask)) return refuse(KEY_REUSED);
  const elevation = replay(history.slice(0, 1), broker.sha256);
  return elevation && { value: { elevation, replayed: true } };
}

function faultOf(broker: Broker, ask: Ask): Refusal | undefined {
  const faults = [
    broker.access.roles.has(ask.role)
      ? []
      : [
          {
            pointer: '/role',
            detail: `There is no role ${ask.role}. GET /v1/roles lists those that there are.`,
          },
        ],
    ask.scope === undefined || scopeFits(ask.scope)
      ? []
      : [
          {
            pointer: '/scope',
            detail: 'The scope is too long: with it the session policy exceeds 2,048 characters.',
          },
        ],
  ].flat();
  return faults.length === 0 ? undefined : { code: 'invalid', faults, detail: 'The request has faults.' };
}

/** Exact for the rate; best effort for the number that wait, which is read from an index. */
async function floodOf(broker: Broker, caller: Caller, now: Instant): Promise<Refusal | undefined> {
  const { requests, pending } = broker.access.limits;
  const length = milliseconds(requests.per);
  const from = instant(Math.floor(now / length) * length);
  const until = instant(from + length);
  if (!(await broker.rate.count(caller.person, { from, until }, requests.count))) {
    const retryAfterSeconds = Math.ceil((until - now) / 1000);
    return {
      code: 'too-many-requests',
      retryAfterSeconds,
      detail: `Wait ${retryAfterSeconds} s before you ask again.`,
    };
  }
  const page = await broker.store.list({ by: 'person', person: caller.person }, { limit: NEWEST });
  const waiting =
    page?.elevations.filter(({ elevation }) => standingAt(elevation, now).state === 'pending') ?? [];
  return waiting.length < pending ? undefined : tooManyPending(waiting, now);
}

/** Where nobody decides and nothing is withdrawn, the first of them lapses by itself. */
function tooManyPending(waiting: readonly SealedElevation[], now: Instant): Refusal {
  const ends = waiting.map(({ elevation }) => waitsUntil(elevation.request) ?? now);
  return {
    code: 'too-many-pending',
    retryAfterSeconds: Math.max(1, Math.ceil((Math.min(...ends) - now) / 1000)),
    detail: `${waiting.length} of your requests wait. Withdraw one, or wait for a decision.`,
  };
}

/** How many of a person's newest elevations are looked at for those that wait. */
const NEWEST = 100;

function requestOf(
  broker: Broker,
  caller: Caller,
  ask: Ask,
  { rule, role }: Allowed,
  id: ElevationId,
  now: Instant,
): Request {
  const scope = rule.scope === undefined ? ask.scope : rule.scope;
  return {
    id,
    person: caller.person,
    role: ask.role,
    roleArn: role.arn.text,
    duration: ask.duration,
    reason: ask.reason,
    ...(ask.ticket === undefined ? {} : { ticket: ask.ticket }),
    ...(scope === undefined ? {} : { scope, narrowedBy: rule.scope === undefined ? 'requester' : 'rule' }),
    rule: rule.name,
    requirements: requirementsOf(rule),
    accessVersion: broker.access.version,
    requestedAt: now,
  };
}
