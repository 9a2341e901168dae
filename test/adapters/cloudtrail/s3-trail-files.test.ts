import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { s3TrailFiles } from '../../../shared/adapters/cloudtrail/s3-trail-files.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { towards } from '../secrets/scripted-endpoint.ts';
import { record } from './records.ts';

const ROLE = 'arn:aws:iam::999999999999:role/UpdateApp';
const WATCHED = { roles: new Set([ROLE]), byName: new Map([['999999999999/UpdateApp', ROLE]]) };
const OURS = record({
  eventID: 'ours',
  userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { arn: ROLE } } },
});
const LOG = gzipSync(JSON.stringify({ Records: [record(), OURS] }));

const before = { ...process.env };
let server: Server;
let objects: ReadonlyMap<string, Buffer>;
beforeEach(async () => {
  server = createServer(({ url = '' }, response) => {
    const object = objects.get(url.split('?')[0] ?? '');
    if (object !== undefined) response.end(object);
    else if (url.startsWith('/closed/')) response.writeHead(403).end(refusal('AccessDenied'));
    else response.writeHead(404).end(refusal('NoSuchKey'));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  process.env = { ...before, ...towards('S3', `http://127.0.0.1:${port}`) };
  objects = new Map([['/trail/AWSLogs/a%20b.json.gz', LOG]]);
});
afterEach(async () => {
  process.env = before;
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

function refusal(code: string): string {
  return `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}

async function read(bucket: string, key: string) {
  const ids: string[] = [];
  const file = await s3TrailFiles(WATCHED, sha256).read({ bucket, key }, ({ id }) => ids.push(id));
  return { ids, file };
}

test('what can be ours is read from an object, and all that it holds is counted', async () => {
  expect(await read('trail', 'AWSLogs/a b.json.gz')).toEqual({
    ids: ['ours'],
    file: { records: 2, skipped: {} },
  });
});

test('an object that is gone is no file to read again', async () => {
  await expect(read('trail', 'none.json.gz')).rejects.toMatchObject({
    name: 'UnreadableFile',
    reason: 'gone',
  });
});

test('an object that is cut is truncated', async () => {
  objects = new Map([['/trail/cut.json.gz', LOG.subarray(0, -20)]]);
  await expect(read('trail', 'cut.json.gz')).rejects.toMatchObject({ reason: 'truncated' });
});

test('what S3 refuses may be allowed later, and is thrown as it is', async () => {
  await expect(read('closed', 'log.json.gz')).rejects.toMatchObject({ name: 'AccessDenied' });
});
