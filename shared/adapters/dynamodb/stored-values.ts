import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { convertToNative, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { parseElevationId } from '../../domain/elevation-id.ts';
import type { Hash } from '../../domain/hash.ts';
import { instant } from '../../domain/instant.ts';
import { parseHandle } from '../../domain/names.ts';
import { type Attributes, attributes, type Item } from './conditional-write.ts';

/** The last time that Date can tell, in milliseconds (ECMA-262, "Time Values and Time Range"). */
const LAST_TIME = 8.64e15;

/** A time as it is stored: whole milliseconds since 1970. */
export const StoredTime = z.pipe(z.int().check(z.minimum(0), z.maximum(LAST_TIME)), z.transform(instant));

/** A count, or a place in an order: from 1. */
export const StoredOrdinal = z.int().check(z.minimum(1));

/** A hash as it is stored. */
export const StoredHash = text((found) => (/^[0-9a-f]{64}$/.test(found) ? (found as Hash) : undefined));

/** A person's handle as it is stored. */
export const StoredHandle = text(parseHandle);

/** An elevation's id as it is stored. */
export const StoredElevationId = text(parseElevationId);

/** A Slack user as they are stored; whether the ids are of Slack's form, the item's key says. */
export const StoredSlackUser = z.strictObject({ team: z.string(), user: z.string() });

/** What an attribute says; undefined where there is none, or where JSON has nothing like it. */
export function nativeOf(attribute: AttributeValue | undefined): unknown {
  try {
    return attribute && convertToNative(attribute);
  } catch {
    return undefined; // a number that JSON does not have
  }
}

/** A text that has a parser of its own, which leaves it as it is. */
export function text<T extends string>(parse: (found: string) => T | undefined) {
  return z.custom<T>((found) => typeof found === 'string' && parse(found) !== undefined);
}

/**
 * What an item says, where it is what would be written for that; undefined for an item that differs in any attribute.
 *
 * NB. They are compared as DynamoDB writes them. As native values an empty map and a set would look alike, and a
 * member named __proto__ would not be seen at all.
 */
export function readExactly<T>(
  found: Attributes,
  schema: z.ZodMiniType<T>,
  itemOf: (said: T) => Item,
): T | undefined {
  try {
    const parsed = schema.safeParse(unmarshall(found));
    if (!parsed.success) return undefined;
    return isDeepStrictEqual(attributes(itemOf(parsed.data)), found) ? parsed.data : undefined;
  } catch {
    return undefined; // a number that JSON does not have, or a member that cannot be written
  }
}

/** An item that is not as it was written, where to go on without what it said would be wrong. */
export function damaged({ pk, sk }: { readonly pk: string; readonly sk: string }, advice: string): Error {
  return new Error(
    `The item ${pk} / ${sk} is not as Drawbridge wrote it: somebody has changed it. ${advice}`,
  );
}
