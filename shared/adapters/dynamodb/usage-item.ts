import * as z from 'zod/mini';
import * as core from 'zod/v4/core';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { type Instant, instant, parseInstant } from '../../domain/instant.ts';
import { jsonIn } from '../../domain/json-in.ts';
import type { Observation } from '../../domain/trail/observation.ts';
import type { Place } from '../../domain/trail/place.ts';
import type { Delivery, Kept } from '../../ports/usage-store.ts';
import type { Attributes } from './conditional-write.ts';
import { deliveryKey, deliveryPartition, type Key, observedIn, usageKey, usagePartition } from './keys.ts';
import { damaged } from './stored-values.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How many days after the event an item may be deleted; without it, never. */
export type KeptDays = number | undefined;

/**
 * An observation as an item. What its range key does not say is one text: a report reads a million of them, and a text is
 * read many times faster than DynamoDB's own maps. Its two lines are JSON, of the event and of who called: most of what is
 * kept under a place was done by a few sessions, so that the second line is most often known already. When the item may go
 * follows from the event alone, so that to write it again changes nothing.
 */
export function usageItem(kept: Kept, keptDays: KeptDays): Attributes {
  const { at, id: _id, hash: _hash, actor, ...event } = kept.observation;
  return {
    ...keyAttributes(usageKey(kept)),
    observation: { S: `${canonicalJson(event)}\n${canonicalJson(actor)}` },
    ...expiry(at, keptDays),
  };
}

/** What reads the items under one place; it throws where one is not as it was written. */
export function usageReader(under: Place): (item: Attributes) => Observation {
  const actorIn = remembering(MOST_ACTORS, (line: string) => core.safeParse(StoredActor, jsonIn(line)).data);
  return ({ sk, observation: said }) => {
    const [line, ofActor = '', ...more] = said?.S?.split('\n') ?? [];
    const key = observedIn(sk?.S ?? '');
    const event = core.safeParse(StoredEvent, jsonIn(line)).data;
    const actor = actorIn(ofActor);
    if (key !== undefined && event !== undefined && actor !== undefined && more.length === 0)
      return { ...key, ...event, actor };
    throw damaged(
      { pk: usagePartition(under), sk: sk?.S ?? '' },
      'Delete it, and give the log files of that hour to the function trail again.',
    );
  };
}

/** A role can be used by anybody; no more actors than this are remembered. */
const MOST_ACTORS = 100;

/** The same function, which remembers what it has found, for so many texts at most. */
function remembering<T>(most: number, find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = find(text);
    if (known.size === most) known.clear();
    known.set(text, found);
    return found;
  };
}

/** That files have arrived, as an item. */
export function deliveryItem(delivery: Delivery, keptDays: KeptDays): Attributes {
  const hour = hourOf(delivery.at);
  return { ...keyAttributes(deliveryKey(delivery, hour)), ...expiry(hour, keptDays) };
}

/** What an item under an account says by its range key about files; throws where it is not as it was written. */
export function deliveryIn({ sk }: Attributes, account: string): Delivery {
  const delivery = deliveryOf(sk?.S ?? '', account);
  if (delivery !== undefined) return delivery;
  throw damaged(
    { pk: deliveryPartition(account), sk: sk?.S ?? '' },
    'Delete it; if it should say that files have arrived, hand them on again.',
  );
}

function deliveryOf(sk: string, account: string): Delivery | undefined {
  const [time = '', region = '', kind = '', ...files] = sk.split('#');
  const at = parseInstant(time);
  const [file, ...more] = files;
  if (at === undefined || more.length > 0) return undefined;
  if (kind === 'log' || kind === 'digest')
    return file === undefined ? { account, region, kind, at } : undefined;
  if (kind !== 'unread' && kind !== 'mended') return undefined;
  return file === undefined ? undefined : { account, region, kind, at, file };
}

/** The beginning of the hour. */
export function hourOf(at: Instant): Instant {
  return instant(Math.floor(at / HOUR_MS) * HOUR_MS);
}

function keyAttributes({ pk, sk }: Key): Attributes {
  return { pk: { S: pk }, sk: { S: sk } };
}

/** In whole seconds since 1970 ("Using time to live (TTL) in DynamoDB" in the Developer Guide). */
function expiry(at: Instant, keptDays: KeptDays): Attributes {
  return keptDays === undefined
    ? {}
    : { expiresAt: { N: String(Math.floor((at + keptDays * DAY_MS) / 1000)) } };
}

const Text = z.string();
const Texts = z.array(z.string());
const optionalText = z.exactOptional(Text);

/** As z.strictObject, which zod/mini interprets: compiled, it checks the million items of a report in half the time. */
function compiled<T extends core.$ZodShape>(shape: T) {
  const schema = new core.$ZodObjectJIT({ type: 'object', shape, catchall: z.never() });
  return schema as core.$ZodObject<T, core.$strict>; // its constructor has no type of its own for each shape
}

const StoredActor = compiled({
  type: Text,
  arn: optionalText,
  principalId: optionalText,
  account: optionalText,
  roleArn: optionalText,
  sourceIdentity: optionalText,
  invokedBy: optionalText,
});

const StoredAssumption = z.strictObject({
  roleArn: Text,
  sessionName: optionalText,
  sourceIdentity: optionalText,
  assumedRoleId: optionalText,
});

const StoredChange = z.strictObject({
  of: z.enum(['role', 'policy', 'trail']),
  arn: Text,
  what: z.enum(['trust', 'inline-policy', 'attached-policy', 'boundary', 'policy-version', 'role', 'trail']),
  policy: optionalText,
});

/** All but what the range key and the line of who called say. */
const StoredEvent: core.$ZodType<Omit<Observation, 'at' | 'id' | 'hash' | 'actor'>> = compiled({
  sharedId: optionalText,
  addendum: z.exactOptional(z.strictObject({ reason: Text, correctsId: optionalText })),
  account: Text,
  region: Text,
  source: Text,
  name: Text,
  actions: Texts,
  mapping: z.enum(['mapped', 'unmapped', 'not-an-api-call']),
  outcome: z.enum(['allowed', 'denied', 'unknown']),
  errorCode: optionalText,
  resources: Texts,
  ip: optionalText,
  via: z.enum(['console', 'api', 'service']),
  assumed: z.exactOptional(StoredAssumption),
  changed: z.exactOptional(StoredChange),
});
