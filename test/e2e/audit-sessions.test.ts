import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { jest } from '@jest/globals';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { activityOf, calls, issued, linesOf, outOfBand, startAudited, UPDATE_APP } from './audit.ts';
import {
  assumed,
  busEventOf,
  forget,
  logsBatchesOf,
  TRAIL_BUCKET,
  type TrailEvent,
  trailQueues,
  usageItems,
} from './audit-aws.ts';
import { approved, byToken, told } from './elevation.ts';
import { type Item, root, s3, settings } from './telling-aws.ts';

jest.setTimeout(120_000); // they are many steps, on machines that may have other work

/** A role of Production to which sessions of UpdateApp may go on, under their source identity. */
const NEXT = 'arn:aws:iam::999999999999:role/ReleaseNotes';

let sandbox: Sandbox;
let log: readonly string[];
let id: string;
beforeAll(async () => {
  ({ sandbox, log } = await startAudited());
  await letGoOn();
  id = await approved(sandbox);
  const session = calls(sandbox, await issued(sandbox, id));
  await session.listBuckets();
  await session.write('productionapp', 'index.html', 'release 2');
  await session.read('payroll', '2026-11.csv');
  await goOn(await issued(sandbox, id));
  await sandbox.deliverTrail();
});
afterAll(() => sandbox.stop());

/** The root user of Production makes the other role, and lets UpdateApp assume it. */
async function letGoOn(): Promise<void> {
  const root = sandbox.aws.userCredentials('arn:aws:iam::999999999999:root');
  const iam = new IAMClient(settings(sandbox, root));
  const trust = [
    {
      Effect: 'Allow',
      Principal: { AWS: UPDATE_APP },
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
    },
  ];
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'ReleaseNotes',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: trust }),
    }),
  );
  const may = [
    {
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
      Resource: NEXT,
    },
  ];
  await iam.send(
    new PutRolePolicyCommand({
      ...{ RoleName: 'UpdateApp', PolicyName: 'GoOn' },
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: may }),
    }),
  );
}

/** From a session of UpdateApp to one of the other role, and a call there. */
async function goOn(credentials: Awaited<ReturnType<typeof issued>>): Promise<void> {
  const keys = await assumed(sandbox, credentials, { RoleArn: NEXT, RoleSessionName: 'notes' });
  await new STSClient(settings(sandbox, keys)).send(new GetCallerIdentityCommand({}));
}

/** What a person reads of each call: how it came about, what was called on what, and what came of it. */
async function toldOf(elevation: string, person?: string): Promise<readonly string[]> {
  const { events } = await activityOf(sandbox, elevation, person);
  return events
    .map(({ as, session, name, actions, outcome, resources }) =>
      [`${as} ${session}`, name, ...actions, outcome, ...resources].join(' | '),
    )
    .toSorted();
}

const DONE = [
  'chained 2 | GetCallerIdentity | sts:GetCallerIdentity | allowed',
  `issue 1 | AssumeRole | sts:AssumeRole | allowed | ${UPDATE_APP}`,
  `issue 2 | AssumeRole | sts:AssumeRole | allowed | ${UPDATE_APP}`,
  `session 1 | GetObject | s3:GetObject | denied | arn:aws:s3:::payroll/2026-11.csv`,
  'session 1 | ListBuckets | s3:ListAllMyBuckets | allowed',
  'session 1 | PutObject | s3:PutObject | allowed | arn:aws:s3:::productionapp/index.html',
  `session 2 | AssumeRole | sts:AssumeRole | allowed | ${NEXT}`,
];

test('what the sessions did is told under their elevation, the session that one went on to included', async () => {
  expect(await toldOf(id)).toEqual(DONE);
  expect((await activityOf(sandbox, id)).findings).toEqual([]);
});

test.each(['ruth', 'ada', 'omar'])('%s, who may read the elevation, is told the same', async (person) => {
  expect(await toldOf(id, person)).toEqual(DONE);
});

test('to somebody who may not read the elevation, there is none', async () => {
  const tess = await byToken(sandbox, 'tess', 0);
  expect(told(await tess('GET', `/elevations/${id}/activity`))).toMatchObject({
    status: 404,
    code: 'not-found',
  });
});

test('an issue is told before any log file has come: the hub hears of it by its bus', async () => {
  const another = await approved(sandbox);
  await issued(sandbox, another);
  await sandbox.settle();
  expect(await toldOf(another)).toEqual([DONE[1]]);
});

describe('the table', () => {
  /** What the trail saw; which hours are vouched for, only files say. */
  const observed = (items: readonly Item[]) => items.filter(({ pk }) => !pk?.S?.startsWith('delivery#'));

  beforeEach(() => sandbox.deliverTrail());

  test('is the same after every file has been told of again, twice, in the other order', async () => {
    const [before, alarms] = [await usageItems(sandbox), outOfBand(log).length];
    const taken = linesOf(log, 'log-file-taken').length;
    const { notifications } = trailQueues(sandbox);
    for (const key of [...(await logFiles())].reverse()) {
      notifications.send(notificationOf(key));
      notifications.send(notificationOf(key));
    }
    await sandbox.settle();
    expect(linesOf(log, 'log-file-taken')).toHaveLength(3 * taken);
    expect(before.length).toBeGreaterThan(DONE.length);
    expect(await usageItems(sandbox)).toEqual(before);
    expect(outOfBand(log)).toHaveLength(alarms);
  });

  test.each([
    ['by itself, as an event of a bus', (records: readonly TrailEvent[]) => records.map(busEventOf)],
    ['with others, in batches of CloudWatch Logs', logsBatchesOf],
  ])('is the same where every record comes %s, the newest first', async (_how, messagesOf) => {
    const before = observed(await usageItems(sandbox));
    for (const item of before) await forget(sandbox, item);
    expect(observed(await usageItems(sandbox))).toEqual([]);
    const { notifications } = trailQueues(sandbox);
    for (const message of messagesOf(sandbox.aws.records().toReversed())) notifications.send(message);
    await sandbox.settle();
    expect(observed(await usageItems(sandbox))).toEqual(before);
  });
});

async function logFiles(): Promise<readonly string[]> {
  const { Contents = [] } = await s3(sandbox, root(sandbox)).send(
    new ListObjectsV2Command({ Bucket: TRAIL_BUCKET }),
  );
  return Contents.map(({ Key = '' }) => Key);
}

/** As a bucket sends it to a queue: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
function notificationOf(key: string): string {
  const s3Part = { bucket: { name: TRAIL_BUCKET }, object: { key: encodeURIComponent(key) } };
  const record = { eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: s3Part };
  return JSON.stringify({ Records: [record] });
}
