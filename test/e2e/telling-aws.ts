import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { Credentials } from '../../sandbox/aws/aws.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { LogEntry } from '../../shared/domain/log-entry.ts';

/** The hub's root user, who may do all that no resource forbids. */
export function root(sandbox: Sandbox): Credentials {
  return sandbox.aws.userCredentials('arn:aws:iam::222222222222:root');
}

/** Credentials of a function's role. */
export function roleOf(
  sandbox: Sandbox,
  name: 'announce' | 'sweep' | 'slack' | 'elevations',
): Required<Credentials> {
  return sandbox.aws.functionCredentials(
    `arn:aws:iam::222222222222:role/drawbridge/drawbridge-${name}`,
    'by-hand',
  );
}

/** What a client of AWS needs, the sandbox's time included. */
export function settings(sandbox: Sandbox, credentials: Credentials) {
  return {
    ...{ region: 'us-east-1', endpoint: sandbox.endpoints.aws, credentials, maxAttempts: 1 },
    systemClockOffset: sandbox.now() - Date.now(),
  };
}

/** S3 with these keys. */
export function s3(sandbox: Sandbox, credentials: Credentials): S3Client {
  return new S3Client({ ...settings(sandbox, credentials), forcePathStyle: true });
}

/** Every entry of the audit log, by the names of the objects. */
export async function auditLog(sandbox: Sandbox): Promise<readonly LogEntry[]> {
  const client = s3(sandbox, root(sandbox));
  const Bucket = sandbox.auditBucket;
  const { Contents = [], IsTruncated } = await client.send(new ListObjectsV2Command({ Bucket }));
  if (IsTruncated === true) throw new Error('The log has more entries than one list shows.');
  const texts = Contents.map(async ({ Key }) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return JSON.parse((await Body?.transformToString()) ?? '') as LogEntry;
  });
  return Promise.all(texts);
}

/** An item as it is stored. */
export type Item = Record<string, AttributeValue>;

/** The item of an elevation. */
export async function storedElevation(sandbox: Sandbox, id: string): Promise<Item> {
  const Key = { pk: { S: `elevation#${id}` }, sk: { S: 'elevation' } };
  const { Item: item } = await emulator(sandbox).send(
    new GetItemCommand({ TableName: sandbox.tableName, Key, ConsistentRead: true }),
  );
  if (item === undefined) throw new Error(`There is no elevation ${id}.`);
  return item;
}

/** Puts an item as somebody does who has got hold of the role of a function that writes: the stream has a record of it. */
export async function putByHand(sandbox: Sandbox, item: Item): Promise<void> {
  const client = new DynamoDBClient(settings(sandbox, roleOf(sandbox, 'elevations')));
  await client.send(new PutItemCommand({ TableName: sandbox.tableName, Item: item }));
}

/** The table's emulator, past IAM and the stream. */
export function emulator(sandbox: Sandbox): DynamoDBClient {
  return new DynamoDBClient({
    ...{ region: 'us-east-1', endpoint: sandbox.endpoints.table },
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
  });
}

/** How a call of AWS ended: `done`, or the code of its refusal as it was sent. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    const { Code, name } = Object(error);
    return String(Code ?? name);
  }
}
