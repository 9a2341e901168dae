import { canonicalJson } from '../domain/canonical-json.ts';
import type { Elevation } from '../domain/elevation.ts';
import type { History } from '../domain/events.ts';
import type { Hash, Sha256 } from '../domain/hash.ts';
import { type Instant, instant } from '../domain/instant.ts';
import type { Handle } from '../domain/names.ts';
import { nextTelling } from '../domain/reminders.ts';
import type { Subject, SubjectEvent } from '../domain/subject.ts';
import type { Announcements, Progress, Taken } from '../ports/announcements.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { EventBus } from '../ports/event-bus.ts';
import type { Messenger } from '../ports/messenger.ts';
import { appendToLog } from './append-to-log.ts';
import type { MessagesOf } from './desired-message.ts';
import { type BookPorts, open } from './elevation-book.ts';
import { type LinkReader, openLink, slackUsersOf } from './link-slack.ts';
import { type Delay, syncMessages } from './sync-messages.ts';

/** What telling people and systems works with. */
export type Announcer = BookPorts &
  LinkReader & {
    readonly clock: () => Instant;
    readonly announcements: Announcements;
    readonly auditLog: AuditLog;
    readonly bus: EventBus;
    /** Absent where the access file has no Slack. */
    readonly slack?: {
      readonly messenger: Messenger;
      readonly messagesOf: MessagesOf;
      /** Whom messages can mention or be sent to. */
      readonly peopleOf: (elevation: Elevation) => readonly Handle[];
    };
  };

/** How it went: told, to be told when it is due again, or in the hands of another announcer. */
export type Announced = 'told' | 'later' | 'busy';

/** Longer than the function may run: whoever took a subject has ended by then. */
const LEASE_MS = 75_000;

/** What Slack does not take is tried again when it has waited as long again as it has waited: at first this soon, … */
const SOONEST_RETRY_MS = 60_000;
/** … and at last so late. */
const LATEST_RETRY_MS = 15 * 60_000;

/**
 * Tells what is untold of a subject: to the audit log, to the bus and, of elevations, to people in Slack. Reads the
 * subject from the table, so that it does not matter why it is called, how often, or in which order. What Slack does not
 * take is due again later; where the log or the bus fails, or the subject cannot be read, the others are told and it throws.
 */
export async function announce(broker: Announcer, subject: Subject): Promise<Announced> {
  const now = broker.clock();
  const taken = await broker.announcements.take(subject, now, instant(now + LEASE_MS));
  if (taken === undefined) return 'busy';
  const book = progressBook(broker.announcements, taken);
  try {
    const { delays, next } = await tell(broker, subject, book, now);
    for (const { reason } of delays)
      broker.log('warn', 'announcement-delayed', { ...named(subject), reason });
    await broker.announcements.release(book.taken(), next);
    return delays.length > 0 ? 'later' : 'told';
  } catch (error) {
    // Whoever has called tries again; were it due as well, the sweep would call for it every minute.
    await broker.announcements.release(book.taken(), undefined);
    throw error;
  }
}

async function tell(
  broker: Announcer,
  subject: Subject,
  book: ProgressBook,
  now: Instant,
): Promise<{ readonly delays: readonly Delay[]; readonly next: Instant | undefined }> {
  const told = await readSubject(broker, subject);
  refuseRollback(broker, subject, told?.events ?? [], book.progress());
  if (told === undefined) return { delays: [], next: undefined };
  const failures = [
    ...(await failureOf('audit log', () => logEvents(broker, told.events, book))),
    ...(await failureOf('event bus', () => sendEvents(broker, told.events, book))),
  ];
  const delays = await messagesDelayed(broker, told, book, now);
  if (failures.length > 0) throw new Error(failures.join(' '));
  if (delays.length === 0) return { delays, next: nextOf(broker, told, now) };
  return { delays, next: instant(now + waitOf(delays, told, now)) };
}

function waitOf(delays: readonly Delay[], { events }: ToldOf, now: Instant): number {
  const waited = now - (events.at(-1)?.event.at ?? now);
  const asLongAgain = Math.min(Math.max(waited, SOONEST_RETRY_MS), LATEST_RETRY_MS);
  const waits = delays.map(({ retryAfterSeconds }) =>
    retryAfterSeconds === undefined ? asLongAgain : retryAfterSeconds * 1000,
  );
  return Math.max(...waits);
}

/** A subject as it is stored, with its events in order. */
type ToldOf = {
  readonly events: readonly SubjectEvent[];
  readonly elevation?: { readonly elevation: Elevation; readonly history: History };
};

async function readSubject(broker: Announcer, subject: Subject): Promise<ToldOf | undefined> {
  if (subject.kind === 'slack-link') {
    const opened = await openLink(broker, subject.of);
    if ('refusal' in opened) throw new Error(opened.refusal.detail);
    return (
      opened.value && {
        events: opened.value.history.map((event, index) => ({ subject, n: index + 1, event })),
      }
    );
  }
  const opened = await open(broker, subject.id);
  if ('refusal' in opened) {
    if (opened.refusal.code === 'not-found') return undefined;
    throw new Error(`Elevation ${subject.id}: ${opened.refusal.detail}`);
  }
  const { elevation, history } = opened.value;
  return {
    events: history.map(({ event }, index) => ({ subject, n: index + 1, event })),
    elevation: { elevation, history },
  };
}

/** NB. An earlier, truly sealed state was put in the place of a later one, whether or not it has gone on since. */
function refuseRollback(
  { log, sha256 }: Announcer,
  subject: Subject,
  events: readonly SubjectEvent[],
  { logged, lastLogged }: Progress,
): void {
  const last = events[logged - 1];
  if (logged === 0 || (last !== undefined && hashOf(sha256, last) === lastLogged)) return;
  log('error', 'record-rolled-back', { ...named(subject), events: events.length, logged });
  throw new Error(
    'The stored record is not what the audit log has of it. Compare them, and find out who wrote it.',
  );
}

function hashOf(sha256: Sha256, said: SubjectEvent): Hash {
  return sha256(canonicalJson(said));
}

async function logEvents(
  { auditLog, sha256 }: Announcer,
  events: readonly SubjectEvent[],
  book: ProgressBook,
) {
  const { logged } = book.progress();
  if (logged === events.length) return;
  for (const said of events.slice(logged)) await appendToLog(auditLog, sha256, said);
  const last = events.at(-1);
  if (last === undefined) return;
  await book.save({ ...book.progress(), logged: events.length, lastLogged: hashOf(sha256, last) });
}

async function sendEvents({ bus }: Announcer, events: readonly SubjectEvent[], book: ProgressBook) {
  const { sent } = book.progress();
  if (sent === events.length) return;
  await bus.send(events.slice(sent));
  await book.save({ ...book.progress(), sent: events.length });
}

async function messagesDelayed(
  broker: Announcer,
  { elevation: told }: ToldOf,
  book: ProgressBook,
  now: Instant,
): Promise<readonly Delay[]> {
  const { slack, sha256 } = broker;
  if (slack === undefined || told === undefined) return [];
  const { quietUntil } = book.progress();
  if (quietUntil !== undefined && now < quietUntil) return [askedToWait(quietUntil - now)];
  const users = await usersOf(broker, slack.peopleOf(told.elevation));
  const desired = slack.messagesOf({ ...told, now, users });
  const elevation = told.elevation.request.id;
  const delays = await syncMessages({ messenger: slack.messenger, sha256, elevation, now, ...book }, desired);
  const seconds = Math.max(0, ...delays.map(({ retryAfterSeconds = 0 }) => retryAfterSeconds));
  if (seconds > 0) await book.save({ ...book.progress(), quietUntil: instant(now + seconds * 1000) });
  return delays;
}

/** NB. Whatever happens to the elevation meanwhile: Slack counts each call that comes too early. */
function askedToWait(milliseconds: number): Delay {
  return { reason: 'Slack has asked to wait', retryAfterSeconds: Math.ceil(milliseconds / 1000) };
}

async function usersOf(
  broker: Announcer,
  people: readonly Handle[],
): Promise<ReadonlyMap<Handle, readonly string[]>> {
  const team = broker.access.slack?.team;
  const pairs = await Promise.all(
    people.map(async (person) => {
      const links = await slackUsersOf(broker, person);
      const users = links.map(({ user }) => user).filter((user) => user.team === team);
      return [person, users.map(({ user }) => user)] as const;
    }),
  );
  return new Map(pairs);
}

function nextOf({ access }: Announcer, { elevation }: ToldOf, now: Instant): Instant | undefined {
  if (access.slack === undefined || elevation === undefined) return undefined;
  return nextTelling(elevation.elevation, access.slack.remind, now);
}

type ProgressBook = {
  progress(): Progress;
  save(progress: Progress): Promise<void>;
  taken(): Taken;
};

/** Somebody else has taken the subject over: this announcer was too slow and must write nothing more. */
class TakenOver extends Error {
  constructor() {
    super('Another announcer has taken over: this one took too long.');
    this.name = 'TakenOver';
  }
}

function progressBook(announcements: Announcements, first: Taken): ProgressBook {
  let taken = first;
  return {
    progress: () => taken.progress,
    taken: () => taken,
    async save(progress) {
      const saved = await announcements.save(taken, progress);
      if (saved === undefined) throw new TakenOver();
      taken = saved;
    },
  };
}

/** One place that fails must not keep the others from being told. */
async function failureOf(place: string, tellIt: () => Promise<void>): Promise<readonly string[]> {
  try {
    await tellIt();
    return [];
  } catch (error) {
    if (error instanceof TakenOver) throw error;
    return [`The ${place} was not told: ${error instanceof Error ? error.message : 'it failed.'}`];
  }
}

function named(subject: Subject): Readonly<Record<string, string>> {
  return subject.kind === 'elevation' ? { elevation: subject.id } : { ...subject.of };
}
