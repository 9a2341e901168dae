import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Json } from '../../domain/canonical-json.ts';
import type { Key } from './keys.ts';

/** The table, and the client that reaches it. */
export type Table = { readonly client: DynamoDBClient; readonly name: string };

/** An item as it is written, in native maps and lists, so that a person can read the table. */
export type Item = Key & { readonly [attribute: string]: Json | undefined };

/** An item as it is read, in DynamoDB's own notation: what is in it is not known yet. */
export type Attributes = Record<string, AttributeValue>;

/** The item with this key, read consistently; undefined where there is none. */
export async function readItem(table: Table, key: Key): Promise<Attributes | undefined> {
  const { Item: found } = await table.client.send(
    new GetItemCommand({ TableName: table.name, Key: attributes(key), ConsistentRead: true }),
  );
  return found;
}

/** What must hold for a write: that there is no item yet, or that its version is the one that was seen. */
export type WriteCondition = 'absent' | { readonly version: number };

/**
 * One write on a condition. Where the condition fails the item that stands there is the answer: DynamoDB sends it
 * along, and where an emulator does not, it is read.
 */
export async function putIf(
  table: Table,
  item: Item,
  condition: WriteCondition,
): Promise<'written' | Attributes> {
  try {
    await table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: attributes(item),
        ...conditionOf(condition),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return 'written';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const standing = error.Item ?? (await readItem(table, { pk: item.pk, sk: item.sk }));
    if (standing === undefined)
      throw new Error(`There is no item ${item.pk} to replace; none is ever deleted.`);
    return standing;
  }
}

function conditionOf(condition: WriteCondition) {
  if (condition === 'absent') return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: 'version = :seen',
    ExpressionAttributeValues: attributes({ ':seen': condition.version }),
  };
}

/** Values in DynamoDB's own notation; absent members are left out. */
export function attributes(values: Readonly<Record<string, Json | undefined>>): Attributes {
  return marshall(values, { removeUndefinedValues: true });
}
