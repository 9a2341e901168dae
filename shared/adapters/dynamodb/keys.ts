import * as z from 'zod/mini';
import type { ElevationId } from '../../domain/elevation-id.ts';
import { formatInstant, type Instant } from '../../domain/instant.ts';
import type { Handle } from '../../domain/names.ts';
import type { Cursor, ListedBy } from '../../ports/elevation-store.ts';

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

/** Where the requests of a person in a window are counted. */
export function rateKey(person: Handle, from: Instant): Key {
  return { pk: `rate#${person}`, sk: formatInstant(from) };
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
  const place = Place.safeParse(Buffer.from(cursor, 'base64url').toString());
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

const Place = z.pipe(
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
