import { gzipSync } from 'node:zlib';
import { DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import type { Credentials, SandboxQueue } from '../../sandbox/aws/aws.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { Issued } from './audit.ts';
import { queue } from './telling.ts';
import { emulator, type Item, settings } from './telling-aws.ts';

/** The bucket of log files that the hub makes. */
export const TRAIL_BUCKET = 'drawbridge-sandbox-trail-222222222222-us-east-1';

/** A role's session, begun by whoever has these keys. */
export async function assumed(
  sandbox: Sandbox,
  credentials: Credentials,
  input: Pick<AssumeRoleCommandInput, 'RoleArn' | 'RoleSessionName'> & Partial<AssumeRoleCommandInput>,
): Promise<Credentials> {
  const sts = new STSClient(settings(sandbox, credentials));
  return Issued.parse((await sts.send(new AssumeRoleCommand(input))).Credentials);
}

/** Every item of the table of usage, in the order of its keys. */
export async function usageItems(sandbox: Sandbox): Promise<readonly Item[]> {
  const { Items = [], LastEvaluatedKey } = await emulator(sandbox).send(
    new ScanCommand({ TableName: sandbox.usageTableName, ConsistentRead: true }),
  );
  if (LastEvaluatedKey !== undefined) throw new Error('The table has more items than one scan shows.');
  return Items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** An item's key as one text. */
export function keyOf({ pk, sk }: Item): string {
  return `${pk?.S} ${sk?.S}`;
}

/** Takes an item away, as if the trail had lost it. */
export async function forget(sandbox: Sandbox, { pk, sk }: Item): Promise<void> {
  const Key = { ...(pk && { pk }), ...(sk && { sk }) };
  await emulator(sandbox).send(new DeleteItemCommand({ TableName: sandbox.usageTableName, Key }));
}

/** The queue of notifications, and that of what cannot be read. */
export function trailQueues(sandbox: Sandbox): {
  readonly notifications: SandboxQueue;
  readonly deadLetters: SandboxQueue;
} {
  return { notifications: queue(sandbox, 'trail'), deadLetters: queue(sandbox, 'trail-dead-letters') };
}

/** A record as CloudTrail writes it. */
export type TrailEvent = Readonly<Record<string, unknown>>;

/** A record as a rule hands it on: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
export function busEventOf(record: TrailEvent): string {
  const source = `aws.${String(record['eventSource']).split('.')[0]}`;
  return JSON.stringify({
    ...{ version: '0', id: record['eventID'], source, region: record['awsRegion'] },
    ...{ 'detail-type': 'AWS API Call via CloudTrail', account: record['recipientAccountId'] },
    ...{ time: record['eventTime'], resources: [], detail: record },
  });
}

/**
 * Records as a log group's subscription hands them on, ten at a time:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
export function logsBatchesOf(records: readonly TrailEvent[]): readonly string[] {
  const batches = Array.from({ length: Math.ceil(records.length / 10) }, (_, n) =>
    records.slice(10 * n, 10 * n + 10),
  );
  return batches.map((batch) => {
    const data = gzipSync(
      JSON.stringify({
        ...{ messageType: 'DATA_MESSAGE', owner: '222222222222', logGroup: 'CloudTrail/logs' },
        ...{ logStream: '222222222222_CloudTrail_us-east-1', subscriptionFilters: ['drawbridge'] },
        logEvents: batch.map((record, n) => ({
          ...{ id: `${n}`, timestamp: Date.parse(`${record['eventTime']}`) },
          message: JSON.stringify(record),
        })),
      }),
    );
    return JSON.stringify({ awslogs: { data: data.toString('base64') } });
  });
}
