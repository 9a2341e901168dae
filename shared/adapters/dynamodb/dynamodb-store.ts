import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Elevation } from '../../domain/elevation.ts';
import { type ElevationId, parseElevationId } from '../../domain/elevation-id.ts';
import type { Sha256 } from '../../domain/hash.ts';
import { formatInstant, type Instant } from '../../domain/instant.ts';
import type { ElevationStore, ListedBy, Page, SealedElevation } from '../../ports/elevation-store.ts';
import { attemptItemOf, attemptsIn } from './attempt-item.ts';
import { IN_TIME, type Retrying } from './batches.ts';
import { itemsInState } from './by-state.ts';
import {
  type Attributes,
  attributes,
  putIf,
  readItem,
  type Table,
  type WriteCondition,
} from './conditional-write.ts';
import { elevationOf, itemOf } from './elevation-item.ts';
import { cursorAfter, elevationKey, INDEXES, indexOf, startKeyOf } from './keys.ts';
import { sessionItemOf, sessionsIn } from './session-item.ts';
import { wholeRecords } from './whole-records.ts';

/**
 * Elevations in one DynamoDB table: one item each, and one conditional write a transition.
 *
 * NB. Finding one's own events under the failed condition is no success. The SDK repeats a write whose answer was
 * lost, and then finds its own; but so does a twin, the same command decided in the same millisecond, and two that
 * both took an intent to issue for theirs would issue twice under one number. Whoever is told of it decides again, and
 * a decision that was already made is answered as the first was.
 */
export function dynamoDbStore(table: Table, sha256: Sha256, retrying: Retrying = IN_TIME): ElevationStore {
  const write = async (sealed: SealedElevation, condition: WriteCondition) => {
    const standing = await putIf(table, itemOf(sealed), condition);
    if (standing === 'written') return 'written';
    return elevationOf(standing, sealed.elevation.request.id, sha256);
  };
  return {
    async create(sealed) {
      const stored = await write(sealed, 'absent');
      return stored === 'written' ? 'created' : stored;
    },
    async read(id) {
      const item = await readItem(table, elevationKey(id));
      return item && elevationOf(item, id, sha256);
    },
    async replace(seenVersion, next) {
      const stored = await write(next, { version: seenVersion });
      return stored === 'written' ? 'replaced' : stored;
    },
    async list(listed, { limit, cursor }) {
      const startKey = cursor === undefined ? undefined : startKeyOf(cursor, listed);
      if (cursor !== undefined && startKey === undefined) return undefined;
      return queryPage(table, listed, limit, startKey, sha256);
    },
    askedBetween: (state, between) => idsAsked(table, state, between),
    cursorAfter: ({ request }) =>
      cursorAfter({ ...elevationKey(request.id), requestedAt: formatInstant(request.requestedAt) }),
    async recordSession(session) {
      await putIf(table, sessionItemOf(session), 'absent'); // the same record again changes nothing
    },
    sessionsOf: (id) => sessionsIn(table, id),
    async recordAttempt(attempt) {
      await putIf(table, attemptItemOf(attempt), 'absent');
    },
    attemptsBetween: (between) => attemptsIn(table, between),
    readMany: (ids) => wholeRecords(table, ids, sha256, retrying),
  };
}

/** NB. Keys alone are asked for: an elevation is read by itself, and consistently, by whoever wants to know more. */
async function* idsAsked(
  table: Table,
  state: Elevation['state'],
  between: { readonly from: Instant; readonly until: Instant },
): AsyncIterable<ElevationId> {
  for await (const item of itemsInState(table, state, between, 'pk')) {
    const id = elevationIdIn(item);
    if (id !== undefined) yield id;
  }
}

function elevationIdIn({ pk }: Attributes): ElevationId | undefined {
  return parseElevationId(String(pk?.S).replace(/^elevation#/, ''));
}

async function queryPage(
  table: Table,
  listed: ListedBy,
  limit: number,
  startKey: Readonly<Record<string, string>> | undefined,
  sha256: Sha256,
): Promise<Page> {
  const { index, value } = indexOf(listed);
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: index,
      KeyConditionExpression: '#hash = :value',
      ExpressionAttributeNames: { '#hash': INDEXES[index].hash },
      ExpressionAttributeValues: attributes({ ':value': value }),
      ScanIndexForward: false,
      Limit: limit,
      ...(startKey === undefined ? {} : { ExclusiveStartKey: attributes(startKey) }),
    }),
  );
  const elevations = Items.map((item) => listedElevation(item, sha256)).filter(
    (elevation) => elevation !== undefined,
  );
  return LastEvaluatedKey === undefined
    ? { elevations }
    : { elevations, next: cursorAfter(unmarshall(LastEvaluatedKey)) };
}

/** NB. A list leaves out what is damaged: it must not keep the rest from being seen, and reading it alone tells. */
function listedElevation(found: Attributes, sha256: Sha256): SealedElevation | undefined {
  const id = elevationIdIn(found);
  if (id === undefined) return undefined;
  const stored = elevationOf(found, id, sha256);
  return 'damaged' in stored ? undefined : stored;
}
