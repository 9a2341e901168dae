import { s3LogStorage } from '../../../shared/adapters/s3/log-storage.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { canonicalJson } from '../../../shared/domain/canonical-json.ts';
import { entryAfter } from '../../../shared/domain/log-entry.ts';
import { EVENTS } from '../eventbridge/subject-events.ts';
import {
  type Answer,
  type Call,
  type ScriptedEndpoint,
  startEndpoint,
  towards,
} from '../secrets/scripted-endpoint.ts';

const BUCKET = 'drawbridge-test-audit-log';
const ENTRY = entryAfter(undefined, EVENTS.requested, sha256);
const KEY = `/${BUCKET}/entries/000000000001.json`;

const before = { ...process.env };
let endpoint: ScriptedEndpoint;
let objects: Map<string, string>;
beforeEach(async () => {
  endpoint = await startEndpoint();
  objects = new Map();
  process.env = { ...before, ...towards('S3', endpoint.url) };
  endpoint.answer(bucket);
});
afterEach(async () => {
  process.env = before;
  await endpoint.stop();
});

/** S3 as the User Guide says of conditional writes: 412 where the object exists. */
function bucket({ method, path, headers, body }: Call): Answer {
  const key = path.split('?')[0] ?? '';
  if (method === 'GET') {
    const text = objects.get(key);
    return text === undefined ? refusal(404, 'NoSuchKey') : { body: text };
  }
  if (headers['if-none-match'] === '*' && objects.has(key)) return refusal(412, 'PreconditionFailed');
  objects.set(key, body);
  return {};
}

function refusal(status: number, code: string): Answer {
  return { status, body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>` };
}

const puts = () => endpoint.calls.filter(({ method }) => method === 'PUT');

test('an entry is an object of canonical JSON under its number of twelve digits', async () => {
  await s3LogStorage(BUCKET).put(ENTRY);
  expect([...objects]).toEqual([[KEY, canonicalJson(ENTRY)]]);
});

test('an entry is put only where there is none, with a checksum, as Object Lock wants it', async () => {
  await s3LogStorage(BUCKET).put(ENTRY);
  expect(puts()[0]?.headers).toMatchObject({
    'if-none-match': '*',
    'content-type': 'application/json',
    'x-amz-checksum-sha256': Buffer.from(sha256(canonicalJson(ENTRY)), 'hex').toString('base64'),
  });
});

test('the same entry again changes nothing', async () => {
  const storage = s3LogStorage(BUCKET);
  await storage.put(ENTRY);
  await storage.put(ENTRY);
  expect(objects.get(KEY)).toBe(canonicalJson(ENTRY));
});

test('another entry in its place is reported and stays', async () => {
  const other = canonicalJson({ ...ENTRY, previous: ENTRY.hash });
  objects.set(KEY, other);
  await expect(s3LogStorage(BUCKET).put(ENTRY)).rejects.toThrow(/^Entry 1 of the audit log .* tampered with/);
  expect(objects.get(KEY)).toBe(other);
});

test('a put whose answer was lost is found to be done', async () => {
  let lost = false;
  endpoint.answer((call) => {
    const answer = bucket(call);
    if (lost || call.method !== 'PUT') return answer;
    lost = true;
    return 'hangs up';
  });
  await s3LogStorage(BUCKET).put(ENTRY);
  expect(puts()).toHaveLength(2);
  expect(objects.get(KEY)).toBe(canonicalJson(ENTRY));
});

// Conditional writes, User Guide: with 409 Conflict, "try the upload again".
test('a put that met another one is made again', async () => {
  let conflicts = 2;
  endpoint.answer((call) =>
    call.method === 'PUT' && conflicts-- > 0 ? refusal(409, 'ConditionalRequestConflict') : bucket(call),
  );
  await s3LogStorage(BUCKET).put(ENTRY);
  expect(objects.get(KEY)).toBe(canonicalJson(ENTRY));
});

test('a put that keeps meeting others fails in the end', async () => {
  endpoint.answer(() => refusal(409, 'ConditionalRequestConflict'));
  await expect(s3LogStorage(BUCKET).put(ENTRY)).rejects.toMatchObject({ name: 'ConditionalRequestConflict' });
  expect(puts()).toHaveLength(5);
});

test.each([
  ['may not be written', 403, 'AccessDenied'],
  ['is not there', 404, 'NoSuchBucket'],
])('a bucket that %s keeps nothing, and that is thrown', async (_what, status, code) => {
  endpoint.answer(() => refusal(status, code));
  await expect(s3LogStorage(BUCKET).put(ENTRY)).rejects.toMatchObject({ name: code });
});

test('an entry that exists and cannot be read is not taken for kept', async () => {
  objects.set(KEY, canonicalJson(ENTRY));
  endpoint.answer((call) => (call.method === 'GET' ? refusal(403, 'AccessDenied') : bucket(call)));
  await expect(s3LogStorage(BUCKET).put(ENTRY)).rejects.toMatchObject({ name: 'AccessDenied' });
});
