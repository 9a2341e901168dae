import * as z from 'zod/mini';
import type { SelfApprovalAttempt } from '../../domain/attempt.ts';
import { type ElevationId, parseElevationId } from '../../domain/elevation-id.ts';
import type { Hash } from '../../domain/hash.ts';
import { formatInstant, type Instant, instant } from '../../domain/instant.ts';
import type { Handle } from '../../domain/names.ts';
import type { SlackUser } from '../../domain/slack.ts';
import type { Subject, SubjectEvent } from '../../domain/subject.ts';
import type { Observation } from '../../domain/trail/observation.ts';
import type { Place } from '../../domain/trail/place.ts';
import type { Cursor, ListedBy } from '../../ports/elevation-store.ts';
import type { Delivery, Kept } from '../../ports/usage-store.ts';

/** The keys of the table: every key and index that is used is in this file. */
export const TABLE_KEYS = { hash: 'pk', range: 'sk' } as const;

/** The indexes with their keys; eventually consistent, for lists alone. */
export const INDEXES = {
  byPerson: { hash: 'gsiPerson', range: 'requestedAt' },
  byRole: { hash: 'gsiRole', range: 'requestedAt' },
  byState: { hash: 'gsiState', range: 'requestedAt' },
} as const;

/** A primary key. */
export type Key = { readonly pk: string; readonly sk: string };

/** Where an elevation is. */
export function elevationKey(id: ElevationId): Key {
  return { pk: `elevation#${id}`, sk: 'elevation' };
}

/** Where the n-th session of an elevation is: beside it, in the order of the issues. */
export function sessionKey(id: ElevationId, n: number): Key {
  return { pk: elevationKey(id).pk, sk: `${SESSION_PREFIX}${String(n).padStart(4, '0')}` };
}

/** With what the range keys of sessions begin. */
export const SESSION_PREFIX = 'session#';

/** Where an attempt is: beside its elevation, one for each door and minute. */
export function attemptKey({ elevation, by, at }: SelfApprovalAttempt): Key {
  return {
    pk: elevationKey(elevation).pk,
    sk: `${ATTEMPT_PREFIX}${formatInstant(at).slice(0, 16)}Z#${by.door}`,
  };
}

const ATTEMPT_PREFIX = 'self-approval#';

/** The value of the index byState for attempts, in the order of when they were made; no elevation has that state. */
export const ATTEMPTED = 'self-approval';

/** Where the requests of a person in a window are counted. */
export function rateKey(person: Handle, from: Instant): Key {
  return { pk: `rate#${person}`, sk: formatInstant(from) };
}

/** Where the link of a Slack user is. */
export function slackLinkKey({ team, user }: SlackUser): Key {
  return { pk: `slack-user#${team}#${user}`, sk: 'slack-link' };
}

/** The value of the index byPerson for the links of a person; no handle has a #, so no list of elevations holds them. */
export function linksOfPerson(person: Handle): string {
  return `slack#${person}`;
}

/** Where a code is that stands for a Slack user. */
export function slackCodeKey(code: Hash): Key {
  return { pk: `slack-code#${code}`, sk: 'code' };
}

/** Where a request of Slack is remembered. */
export function slackRequestKey(request: Hash): Key {
  return { pk: `slack-request#${request}`, sk: 'seen' };
}

/** Where it is written down how far the telling of a subject has come: beside the subject. */
export function announcementKey(subject: Subject): Key {
  return { pk: subjectKey(subject).pk, sk: ANNOUNCEMENT };
}

const ANNOUNCEMENT = 'announcement';

/** The value of the index byState for announcements that are due; no elevation has that state. */
export const ANNOUNCEMENT_DUE = 'announcement-due';

/** Where the newest entry of the audit log is. */
export const AUDIT_HEAD_KEY: Key = { pk: 'audit-log', sk: 'head' };

/** Where the place of an event in the audit log is: beside its subject, in the order of the events. */
export function placeKey({ subject, n }: SubjectEvent): Key {
  return { pk: subjectKey(subject).pk, sk: `logged#${String(n).padStart(4, '0')}` };
}

/** The partition of the table of usage that holds what is kept under a place. */
export function usagePartition(place: Place): string {
  switch (place.kind) {
    case 'elevation':
      return `elevation#${place.id}`;
    case 'role':
    case 'policy':
      return `${place.kind}#${place.arn}`;
    case 'trail':
      return `trail#${place.account}`;
    default:
      return place satisfies never;
  }
}

/** What the range key of an observation says of it. */
type Observed = Pick<Observation, 'at' | 'id' | 'hash'>;

/** Where an observation is: in the order of time, and in one place however often and from wherever it comes. */
export function usageKey({ under, observation }: Kept): Key {
  return { pk: usagePartition(under), sk: observedKey(observation) };
}

function observedKey({ at, id, hash }: Observed): string {
  return `${formatInstant(at)}#${id}#${hash}`;
}

/** What the range key of an observation says of it; undefined where it is none. NB. An event's id can be any text. */
export function observedIn(sk: string): Observed | undefined {
  const [time, id, hash] = [sk.slice(0, 24), sk.slice(25, -65), sk.slice(-64)];
  const at = Date.parse(time);
  if (Number.isNaN(at) || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
  const observed = { at: instant(at), id, hash: hash as Hash };
  return observedKey(observed) === sk ? observed : undefined;
}

/** The partition of the table of usage that holds which files have arrived for an account. */
export function deliveryPartition(account: string): string {
  return `delivery#${account}`;
}

/**
 * Where it is that files have arrived: one item for each hour, Region and kind, and for each file that could not be read.
 * `hour` is its beginning.
 */
export function deliveryKey(delivery: Delivery, hour: Instant): Key {
  const { account, region, kind } = delivery;
  const file = 'file' in delivery ? `#${delivery.file}` : '';
  return { pk: deliveryPartition(account), sk: `${formatInstant(hour)}#${region}#${kind}${file}` };
}

/** Where the table of usage says up to when sessions have been checked. */
export const CHECK_KEY: Key = { pk: 'check', sk: 'sessions' };

/** The subject that is stored under a key; undefined where something else is. */
export function subjectOfKey({ pk, sk }: Key): Subject | undefined {
  const subject = subjectOfPartition(pk);
  return subject && subjectKey(subject).sk === sk ? subject : undefined;
}

/** The subject whose announcement is stored under a key; undefined where something else is. */
export function announcedAt({ pk, sk }: Key): Subject | undefined {
  return sk === ANNOUNCEMENT ? subjectOfPartition(pk) : undefined;
}

function subjectKey(subject: Subject): Key {
  switch (subject.kind) {
    case 'elevation':
      return elevationKey(subject.id);
    case 'slack-link':
      return slackLinkKey(subject.of);
    default:
      return subject satisfies never;
  }
}

/** Ids of a workspace (or of a grid of them) and of a user. */
const SLACK_USER = /^slack-user#([TE][A-Z0-9]{2,20})#([UW][A-Z0-9]{2,20})$/;

function subjectOfPartition(pk: string): Subject | undefined {
  const [, team, user] = SLACK_USER.exec(pk) ?? [];
  if (team !== undefined && user !== undefined) return { kind: 'slack-link', of: { team, user } };
  const [, text = ''] = /^elevation#(.+)$/.exec(pk) ?? [];
  const id = parseElevationId(text);
  return id && { kind: 'elevation', id };
}

/** Which index holds a list, and under which value. */
export function indexOf(listed: ListedBy): { readonly index: keyof typeof INDEXES; readonly value: string } {
  switch (listed.by) {
    case 'person':
      return { index: 'byPerson', value: listed.person };
    case 'role':
      return { index: 'byRole', value: listed.role };
    case 'state':
      return { index: 'byState', value: listed.state };
    default:
      return listed satisfies never;
  }
}

/**
 * Where a list goes on after the last item that was looked at, be it damaged or not. Without the value of the index: a
 * cursor can lead to no other list.
 */
export function cursorAfter({ pk, sk, requestedAt }: Readonly<Record<string, unknown>>): Cursor {
  return Buffer.from(JSON.stringify([pk, sk, requestedAt])).toString('base64url');
}

/** The key at which a list goes on, or undefined where the cursor is none. */
export function startKeyOf(cursor: Cursor, listed: ListedBy): Readonly<Record<string, string>> | undefined {
  const place = CursorPlace.safeParse(Buffer.from(cursor, 'base64url').toString());
  if (!place.success) return undefined;
  const [pk, sk, time] = place.data;
  const { index, value } = indexOf(listed);
  return { pk, sk, [INDEXES[index].hash]: value, [INDEXES[index].range]: time };
}

/**
 * DynamoDB takes no empty keys, nor sort keys above 1,024 bytes (Developer Guide, "Constraints in Amazon DynamoDB"), and
 * UTF-8 has no lone surrogates.
 */
const KeyText = z.string().check(
  z.regex(/^\P{Surrogate}+$/u),
  z.refine((text) => Buffer.byteLength(text) <= 1024),
);

const CursorPlace = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.issues.push({ code: 'custom', message: 'Not JSON.', input: text });
        return z.NEVER;
      }
    }),
  ),
  z.tuple([KeyText, KeyText, KeyText]),
);
