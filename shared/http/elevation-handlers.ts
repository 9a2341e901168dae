import type * as z from 'zod/mini';
import type { Broker } from '../app/broker.ts';
import { decideElevation } from '../app/decide-elevation.ts';
import { NOT_FOUND } from '../app/elevation-book.ts';
import { listElevations } from '../app/list-elevations.ts';
import { readElevation } from '../app/read-elevation.ts';
import { requestElevation, tryRequest } from '../app/request-elevation.ts';
import type { Command } from '../domain/decide.ts';
import { requirementsOf } from '../domain/evaluation.ts';
import { type Answer, ok } from './answer.ts';
import { bodyOf, type Call, checked, headerOf, idOf, queryOf } from './request.ts';
import { Decision, Ending, IdempotencyKey, ListQuery, NewElevation, NoQuery } from './request-schemas.ts';
import type * as schema from './response-schemas.ts';
import { elevationDetail, elevationView, requirementsView } from './views.ts';

/** Answers a call of a known person. */
export type Handler = (broker: Broker, call: Call) => Promise<Answer>;

/** POST /elevations */
export const request: Handler = async (broker, { event, caller }) => {
  const body = bodyOf(event, NewElevation);
  if ('refusal' in body) return body;
  const key = checked(headerOf(event, 'idempotency-key'), IdempotencyKey);
  if ('refusal' in key) return key;
  const { dryRun, ...sent } = body.value;
  const ask = withoutAbsent(sent);
  if (dryRun === true) return rehearsal(tryRequest(broker, caller, ask));
  const requested = await requestElevation(broker, caller, ask, key.value);
  if ('refusal' in requested) return requested;
  const { elevation, replayed } = requested.value;
  return {
    status: 201,
    body: elevationView(elevation),
    headers: {
      // Relative to what was called (RFC 9110, section 10.2.2): only the gateway knows the stage before it.
      Location: `elevations/${elevation.request.id}`,
      ...(replayed ? { 'Idempotency-Replayed': 'true' } : {}),
    },
  };
};

/** GET /elevations */
export const list: Handler = async (broker, { event, caller }) => {
  const query = queryOf(event, ListQuery);
  if ('refusal' in query) return query;
  const listed = await listElevations(broker, caller, withoutAbsent(query.value));
  if ('refusal' in listed) return listed;
  const { elevations, next } = listed.value;
  const page: schema.ElevationPage = {
    elevations: elevations.map(elevationView),
    ...(next === undefined ? {} : { next }),
  };
  return ok(page);
};

/** GET /elevations/{id} */
export const read: Handler = async (broker, { event, caller }) => {
  const query = queryOf(event, NoQuery);
  if ('refusal' in query) return query;
  const id = idOf(event);
  if (id === undefined) return { refusal: NOT_FOUND };
  const found = await readElevation(broker, caller, id);
  return 'refusal' in found ? found : ok(elevationDetail(found.value));
};

/** POST /elevations/{id}/approval and …/denial */
export function decision(type: 'approve' | 'deny'): Handler {
  return (broker, call) => carriedOut(broker, call, Decision, (body) => ({ type, by: call.caller, ...body }));
}

/** POST /elevations/{id}/withdrawal, …/return and …/revocation */
export function ending(type: 'withdraw' | 'return' | 'revoke'): Handler {
  return (broker, call) => carriedOut(broker, call, Ending, (body) => ({ type, by: call.caller, ...body }));
}

async function carriedOut<T extends z.ZodMiniType<object>>(
  broker: Broker,
  { event }: Call,
  schemaOfBody: T,
  commandOf: (body: Present<z.output<T>>) => Command,
): Promise<Answer> {
  const body = bodyOf(event, schemaOfBody);
  if ('refusal' in body) return body;
  const id = idOf(event);
  if (id === undefined) return { refusal: NOT_FOUND };
  const decided = await decideElevation(broker, id, commandOf(withoutAbsent(body.value)));
  return 'refusal' in decided ? decided : ok(elevationView(decided.value.elevation));
}

function rehearsal(tried: ReturnType<typeof tryRequest>): Answer {
  if ('refusal' in tried) return tried;
  const { rule, conditions } = tried.value;
  const body: schema.DryRun = {
    outcome: 'allowed',
    rule: rule.name,
    conditions,
    requirements: requirementsView(requirementsOf(rule)),
  };
  return ok(body);
}

/** The same without members that are undefined: the domain tells absent from undefined. */
type Present<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

function withoutAbsent<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Present<T>;
}
