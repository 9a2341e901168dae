import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { listedKeys } from '../../shared/adapters/digests/public-keys.ts';
import { s3Trail } from '../../shared/adapters/digests/s3-trail.ts';
import { ACCOUNT, digestKey, logKey, type MadeTrail, madeTrail, REGION } from './made-trail.ts';
import { run } from './run.ts';

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'test' };
let s3: Awaited<ReturnType<typeof startFauxqs>>;
let client: S3Client;
let cloudTrail: Server;
/** The Regions that were asked for their keys, one entry for each request. */
let asked: string[];
const askers: CloudTrailClient[] = [];
let trail: MadeTrail;

beforeAll(async () => {
  trail = madeTrail(4);
  s3 = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
  s3.createBucket(trail.bucket);
  const endpoint = `http://127.0.0.1:${s3.port}`;
  client = new S3Client({ endpoint, region: REGION, credentials, forcePathStyle: true });
  for (const [key, { body, metadata }] of trail.objects) {
    await client.send(
      new PutObjectCommand({ Bucket: trail.bucket, Key: key, Body: body, Metadata: { ...metadata } }),
    );
  }
  cloudTrail = createServer((request, response) => {
    asked.push(/\/([a-z0-9-]+)\/cloudtrail\//.exec(request.headers.authorization ?? '')?.[1] ?? '');
    request.resume();
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify(trail.keyList));
  });
  await new Promise<void>((listening) => {
    cloudTrail.listen(0, '127.0.0.1', listening);
  });
}, 30_000);
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  for (const one of [client, ...askers]) one.destroy();
  await s3.stop();
  cloudTrail.closeAllConnections();
  await new Promise((closed) => {
    cloudTrail.close(closed);
  });
});

async function verified(...options: readonly string[]) {
  const { port } = cloudTrail.address() as AddressInfo;
  const { code, out, err } = await run(['trail', 'verify', '--bucket', trail.bucket, '--json', ...options], {
    trail: {
      bucket: (at, part) => s3Trail({ client, ...at }, part),
      listedKeys: () =>
        listedKeys((region) => {
          const asker = new CloudTrailClient({ region, credentials, endpoint: `http://127.0.0.1:${port}` });
          askers.push(asker);
          return asker;
        }),
    },
  });
  expect(err).toBe('');
  return { code, ...JSON.parse(out) };
}

test('a trail in its bucket is proved to the newest digest file, with keys of its own Region', async () => {
  const { code, chains, logFiles } = await verified();
  expect({ code, logFiles }).toMatchObject({ code: 0, logFiles: { valid: 4, unproved: 0 } });
  expect(chains).toEqual([expect.objectContaining({ digests: expect.objectContaining({ valid: 4 }) })]);
  expect(asked).toEqual([REGION]);
});

test('only the accounts, Regions and times that were asked for are read', async () => {
  const { chains } = await verified(
    ...['--account', ACCOUNT, '--region', REGION],
    ...['--from', '2026-11-24T01:30:00Z', '--until', '2026-11-24T02:30:00Z'],
  );
  expect(chains).toEqual([
    expect.objectContaining({ digests: expect.objectContaining({ valid: 2 }), hoursNotProved: [] }),
  ]);
  expect(await verified('--region', 'us-east-1')).toMatchObject({ code: 3, chains: [] });
  expect(await verified('--account', '111111111111')).toMatchObject({ code: 3, chains: [] });
});

test('objects that were altered or removed in the bucket are named', async () => {
  const log = trail.objects.get(logKey(0));
  await client.send(
    new PutObjectCommand({ Bucket: trail.bucket, Key: logKey(1), Body: log?.body ?? Buffer.alloc(0) }),
  );
  const digest = trail.objects.get(digestKey(2))?.body ?? Buffer.alloc(0);
  await client.send(
    new PutObjectCommand({
      Bucket: trail.bucket,
      Key: digestKey(2),
      Body: digest,
      Metadata: { signature: 'ab' },
    }),
  );
  const { code, faults } = await verified();
  expect(code).toBe(1);
  expect(faults).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'log', state: 'altered', key: logKey(1) }),
      expect.objectContaining({ kind: 'digest', verdict: 'signature-false', key: digestKey(2) }),
    ]),
  );
});
