import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { jest } from '@jest/globals';
import { credentials } from '../../sandbox/demo/answers.ts';
import { awsCalls } from '../../sandbox/demo/aws-calls.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { type Bundle, bundled } from '../cli/bundled.ts';
import { approved, byToken } from './elevation.ts';
import { later } from './telling.ts';
import { root, s3 } from './telling-aws.ts';

jest.setTimeout(60_000); // each test starts Node, on machines that may have other work

/** sandbox/world/story.yml */
const Bucket = 'drawbridge-sandbox-trail-222222222222-us-east-1';
const HOURS = 4;
const UPDATE_APP = 'arn:aws:iam::999999999999:role/UpdateApp';

let sandbox: Sandbox;
let bundle: Bundle;
let client: S3Client;

beforeAll(async () => {
  [sandbox, bundle] = await Promise.all([startSandbox({}), bundled()]);
  for (let hour = 0; hour < HOURS; hour++) {
    await davidWrites();
    await sandbox.deliverTrail();
    await later(sandbox, 60);
  }
  await sandbox.deliverTrail();
  client = s3(sandbox, root(sandbox));
}, 120_000);
afterAll(async () => {
  client.destroy();
  await Promise.all([sandbox.stop(), bundle.remove()]);
});

/** David borrows the role, writes the page, and tries a bucket that is none of his business. */
async function davidWrites(): Promise<void> {
  const id = await approved(sandbox);
  const david = await byToken(sandbox, 'david', 0);
  const issued = credentials(await david('POST', `/elevations/${id}/credentials`), sandbox.now());
  if (issued.value === undefined) throw new Error(`David got nothing: ${issued.said}`);
  const calls = awsCalls(sandbox.endpoints.aws, issued.value, sandbox.now);
  await calls.write('productionapp', 'index.html', '<h1>release 2</h1>');
  await calls.read('payroll', '2026-11.csv');
}

function ran(...args: readonly string[]) {
  const { accessKeyId, secretAccessKey } = root(sandbox);
  return bundle.ran(args, {
    ...{ AWS_ENDPOINT_URL: sandbox.endpoints.aws, AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  });
}

async function keys(): Promise<readonly string[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key }) => Key ?? '').toSorted();
}

/** What `aws s3 sync` leaves in a folder. */
async function copied(name: string): Promise<void> {
  for (const Key of await keys()) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const path = join(bundle.folder, name, Key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, (await Body?.transformToByteArray()) ?? '');
  }
}

test('a copy of the trail shows who borrows the role, and which rights were used and denied', async () => {
  await copied('logs');
  const { code, out, err } = await ran('audit', 'logs', '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { roles, files, dataEvents } = JSON.parse(out);
  expect({ files, dataEvents }).toMatchObject({
    files: { unreadableCount: 0 },
    dataEvents: ['AWS::S3::Object'],
  });
  const role = roles.find(({ arn }: { readonly arn: string }) => arn === UPDATE_APP);
  expect(role).toMatchObject({
    ...{ calls: 2 * HOURS, denied: HOURS, sessions: HOURS, assumed: { allowed: HOURS, denied: 0 } },
    actions: [
      expect.objectContaining({ action: 's3:GetObject', allowed: 0, denied: HOURS }),
      expect.objectContaining({ action: 's3:PutObject', allowed: HOURS, denied: 0 }),
    ],
  });
  for (const { name } of role.borrowers) expect(name).toMatch(/^dbr\+david/);
});

test('for people it is one page', async () => {
  const { code, out } = await ran('audit', 'logs');
  expect(code).toBe(0);
  expect(out).toContain('Put behind Drawbridge first');
  expect(out).toContain(UPDATE_APP);
});

test('the bucket in which files and digests were delivered over some hours is proved whole', async () => {
  const { code, out, err } = await ran('trail', 'verify', '--bucket', Bucket, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { whole, chains, logFiles, faults } = JSON.parse(out);
  expect({ whole, faults }).toEqual({ whole: true, faults: [] });
  const times = (part: string) =>
    keys().then((all) =>
      all.filter((key) => key.includes(part)).map((key) => /\d{8}T\d{4}/.exec(key)?.[0] ?? ''),
    );
  const lastDigest = (await times('/CloudTrail-Digest/')).toSorted().at(-1) ?? '';
  const ofEndedHours = (await times('/CloudTrail/')).filter((time) => time < lastDigest);
  expect(ofEndedHours.length).toBeGreaterThanOrEqual(2 * HOURS); // of the hub and of the page's account
  expect(logFiles).toMatchObject({ valid: ofEndedHours.length, unproved: 0 });
  const accounts = chains.map(({ account }: { readonly account: string }) => account);
  expect(accounts).toEqual(['111111111111', '222222222222', '999999999999']);
});
