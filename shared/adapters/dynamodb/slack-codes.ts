import { isDeepStrictEqual } from 'node:util';
import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Hash } from '../../domain/hash.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Handle } from '../../domain/names.ts';
import type { SlackUser } from '../../domain/slack.ts';
import { type Attributes, attributes, type Item, putIf, type Table } from './conditional-write.ts';
import { slackCodeKey } from './keys.ts';
import { readExactly, StoredHandle, StoredSlackUser, StoredTime } from './stored-values.ts';

/** Keeps the hash of a code; the same again changes nothing. Throws where the code is somebody else's. */
export async function keepCode(table: Table, code: Hash, user: SlackUser, until: Instant): Promise<void> {
  const item = codeItem(code, { of: user, validUntil: until });
  const standing = await putIf(table, item, 'absent');
  if (standing === 'written' || isDeepStrictEqual(standing, attributes(item))) return;
  throw new Error('Another Slack user was given this code. Nothing is kept; make another code.');
}

/**
 * Whose code it is, for the first person who uses it, and for them again: one conditional write.
 *
 * NB. An item past its time can stand for days before DynamoDB deletes it, so the time is compared.
 */
export async function useCode(
  table: Table,
  code: Hash,
  person: Handle,
  now: Instant,
): Promise<SlackUser | undefined> {
  try {
    const { Attributes: used = {} } = await table.client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: attributes(slackCodeKey(code)),
        UpdateExpression: 'SET usedBy = :person',
        ConditionExpression: 'validUntil >= :now AND (attribute_not_exists(usedBy) OR usedBy = :person)',
        ExpressionAttributeValues: attributes({ ':person': person, ':now': now }),
        ReturnValues: 'ALL_NEW',
      }),
    );
    return userIn(used, code);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

type Code = { readonly of: SlackUser; readonly validUntil: Instant; readonly usedBy?: Handle };

function codeItem(code: Hash, { of, validUntil, usedBy }: Code): Item {
  return { ...slackCodeKey(code), of, validUntil, usedBy, expiresAt: Math.ceil(validUntil / 1000) };
}

function userIn(found: Attributes, code: Hash): SlackUser | undefined {
  return readExactly<Code>(found, StoredCode, (said) => codeItem(code, said))?.of;
}

const StoredCode = z.object({
  of: StoredSlackUser,
  validUntil: StoredTime,
  usedBy: z.exactOptional(StoredHandle),
});
