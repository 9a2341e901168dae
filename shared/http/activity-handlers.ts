import { NOT_FOUND } from '../app/elevation-book.ts';
import { type Activity, type ActivityReader, readActivity } from '../app/read-activity.ts';
import { formatInstant } from '../domain/instant.ts';
import type { Explained } from '../domain/trail/explain.ts';
import type { Finding } from '../domain/trail/finding.ts';
import { completeAt } from '../domain/trail/lateness.ts';
import { type Answer, ok } from './answer.ts';
import { type Call, idOf, queryOf } from './request.ts';
import { NoQuery } from './request-schemas.ts';
import type * as schema from './response-schemas.ts';

/** So many events keep an answer below the 6 MB that Lambda hands on; the newest are shown. */
const MOST_EVENTS = 5000;

/** GET /elevations/{id}/activity */
export async function activity(reader: ActivityReader, { event, caller }: Call): Promise<Answer> {
  const query = queryOf(event, NoQuery);
  if ('refusal' in query) return query;
  const id = idOf(event);
  if (id === undefined) return { refusal: NOT_FOUND };
  const read = await readActivity(reader, caller, id);
  return 'refusal' in read ? read : ok(activityView(read.value));
}

function activityView({ story, events, isWhole, findings, readAt }: Activity): schema.Activity {
  return {
    elevation: story.elevation.request.id,
    readAt: formatInstant(readAt),
    completeUntil: formatInstant(completeAt(readAt)),
    events: events.slice(-MOST_EVENTS).map(eventView),
    truncated: events.length > MOST_EVENTS || !isWhole,
    findings: findings.map(findingView),
  };
}

function eventView({ observation, as, n }: Explained): schema.Activity['events'][number] {
  const { id, at, source, name, actions, outcome, errorCode, resources, account, region, ip, via } =
    observation;
  return {
    eventId: id,
    at: formatInstant(at),
    ...{ source, name, actions, outcome },
    ...(errorCode === undefined ? {} : { errorCode }),
    ...{ resources, account, region },
    ...(ip === undefined ? {} : { ip }),
    ...{ via, as },
    ...(n === undefined ? {} : { session: n }),
  };
}

function findingView({ code, at, seen, detail }: Finding): schema.Activity['findings'][number] {
  return { code, at: formatInstant(at), ...(seen === undefined ? {} : { eventId: seen.id }), detail };
}
