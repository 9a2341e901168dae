import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { digestKey, hex, logKey, type MadeTrail, madeTrail, putDigest } from './made-trail.ts';
import { type Ran, run } from './run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-trail-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Copies the trail to the folder as `aws s3 sync` does, with the metadata of its digest files beside them. */
async function copied(trail: MadeTrail, withHeads = true): Promise<void> {
  for (const [key, { body, metadata }] of trail.objects) {
    const path = join(folder, key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, body);
    if (withHeads && metadata['signature'] !== undefined) {
      await writeFile(`${path}.head.json`, JSON.stringify({ Metadata: metadata }));
    }
  }
  await writeFile(join(folder, 'keys.json'), JSON.stringify(trail.keyList));
}

function verify(...options: readonly string[]): Promise<Ran> {
  return run(['trail', 'verify', folder, '--keys', join(folder, 'keys.json'), ...options]);
}

async function found(...options: readonly string[]) {
  const { code, out } = await verify('--json', ...options);
  return { code, ...JSON.parse(out) };
}

/** Puts another content into a gzip object; its metadata stay. */
function altered(trail: MadeTrail, key: string, change: (content: string) => string): void {
  const object = trail.objects.get(key);
  if (object === undefined) throw new Error(`There is no ${key}.`);
  trail.objects.set(key, { ...object, body: gzipSync(change(gunzipSync(object.body).toString())) });
}

test('a trail that is as it was delivered is whole', async () => {
  await copied(madeTrail(4));
  const { code, whole, faults, chains, logFiles } = await found();
  expect({ code, whole, faults, logFiles }).toEqual({
    code: 0,
    whole: true,
    faults: [],
    logFiles: { valid: 4, altered: 0, missing: 0, unreadable: 0, unlisted: 0, unproved: 0 },
  });
  expect(chains).toEqual([
    expect.objectContaining({
      proved: { from: '2026-11-24T00:00:31Z', until: '2026-11-24T04:00:31Z' },
      digests: expect.objectContaining({ valid: 4 }),
      hoursNotProved: [],
    }),
  ]);
});

test('a copy without metadata is proved by the signatures in the digest files that follow, but for the newest', async () => {
  await copied(madeTrail(4), false);
  const { code, whole, chains, logFiles } = await found();
  expect({ code, whole }).toEqual({ code: 0, whole: false });
  expect(chains[0].digests).toMatchObject({ valid: 3, unsigned: 1 });
  expect(logFiles).toMatchObject({ valid: 3, unproved: 1 });
});

test.each([true, false])('an altered digest file is named, with metadata at hand: %s', async (withHeads) => {
  const trail = madeTrail(4);
  altered(trail, digestKey(1), (content) => content.replace('AAAAAAAAAAAAAAAA', 'BBBBBBBBBBBBBBBB'));
  await copied(trail, withHeads);
  const { code, faults, chains } = await found();
  expect(code).toBe(1);
  expect(faults).toEqual([
    expect.objectContaining({ kind: 'digest', verdict: 'signature-false', key: digestKey(1) }),
    expect.objectContaining({
      kind: 'chain',
      broken: { kind: 'previous-differs', at: digestKey(2), previous: digestKey(1) },
    }),
  ]);
  expect(chains[0].hoursNotProved).toEqual(['2026-11-24T01:00:00Z', '2026-11-24T02:00:00Z']);
});

test('a removed digest file is named, and its hours are not proved', async () => {
  const trail = madeTrail(4);
  trail.objects.delete(digestKey(2));
  await copied(trail);
  const { code, faults, chains } = await found();
  expect(code).toBe(1);
  expect(faults).toEqual([
    expect.objectContaining({
      broken: { kind: 'previous-missing', at: digestKey(3), previous: digestKey(2) },
    }),
  ]);
  expect(chains[0].hoursNotProved).toEqual(['2026-11-24T02:00:00Z', '2026-11-24T03:00:00Z']);
});

test('digest files that are missing at the ends show when the period is named', async () => {
  const trail = madeTrail(4);
  trail.objects.delete(digestKey(0));
  trail.objects.delete(digestKey(3));
  await copied(trail);
  expect(await found()).toMatchObject({ code: 0, chains: [{ beginsAfter: digestKey(0) }] });
  const { code, chains } = await found('--from', '2026-11-24T00:01:00Z', '--until', '2026-11-24T04:00:00Z');
  expect(code).toBe(1);
  expect(chains[0].hoursNotProved).toEqual([
    '2026-11-24T00:00:00Z',
    '2026-11-24T01:00:00Z',
    '2026-11-24T03:00:00Z',
  ]);
});

test('a chain that begins anew is named', async () => {
  await copied(madeTrail(4, { restartAt: 2 }));
  const { code, faults } = await found();
  expect(code).toBe(1);
  expect(faults).toEqual([
    expect.objectContaining({ broken: { kind: 'restarted', at: digestKey(2), previous: digestKey(1) } }),
  ]);
});

test('a digest file that was put in the place of another is named, though its signature is true', async () => {
  const trail = madeTrail(3);
  const other = trail.objects.get(digestKey(0));
  if (other !== undefined) trail.objects.set(digestKey(1), other);
  await copied(trail);
  const { code, faults } = await found();
  expect(code).toBe(1);
  expect(faults).toContainEqual(expect.objectContaining({ kind: 'digest', verdict: 'moved' }));
});

test('a digest file that is no gzip file is named, and not called missing', async () => {
  const trail = madeTrail(3);
  trail.objects.set(digestKey(1), { body: Buffer.from('{}'), metadata: {} });
  await copied(trail);
  const { code, faults } = await found();
  expect(code).toBe(1);
  expect(faults).toEqual([expect.objectContaining({ kind: 'digest-unreadable', key: digestKey(1) })]);
});

test('a signature by a key that CloudTrail does not list proves nothing', async () => {
  const trail = madeTrail(2);
  await copied({ ...trail, keyList: { PublicKeyList: [] } });
  const { code, faults, logFiles } = await found();
  expect(code).toBe(1);
  expect(faults.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['key-unknown', 'key-unknown']);
  expect(logFiles).toMatchObject({ valid: 0, unproved: 2 });
});

test.each([
  ['altered', (trail: MadeTrail) => altered(trail, logKey(1), (content) => `${content} `)],
  ['missing', (trail: MadeTrail) => trail.objects.delete(logKey(1))],
  [
    'unreadable',
    (trail: MadeTrail) => trail.objects.set(logKey(1), { body: Buffer.from('no'), metadata: {} }),
  ],
] as const)('a log file that is %s is named', async (state, change) => {
  const trail = madeTrail(3);
  change(trail);
  await copied(trail);
  const { code, faults, logFiles } = await found();
  expect(code).toBe(1);
  expect(faults).toEqual([expect.objectContaining({ kind: 'log', state, key: logKey(1) })]);
  expect(logFiles).toMatchObject({ valid: 2, [state]: 1 });
});

test('a log file that is packed anew with the same content is valid: the content is hashed, not the gzip file', async () => {
  const trail = madeTrail(2);
  const object = trail.objects.get(logKey(1));
  if (object !== undefined) {
    trail.objects.set(logKey(1), { ...object, body: gzipSync(gunzipSync(object.body), { level: 1 }) });
  }
  await copied(trail);
  expect(await found()).toMatchObject({ code: 0, logFiles: { valid: 2 } });
});

test('a log file that no digest file lists is named, unless it came after the last of them', async () => {
  const trail = madeTrail(3);
  trail.objects.set(logKey(1, 'FFFFFFFFFFFFFFFF'), { body: gzipSync('{"Records":[]}'), metadata: {} });
  trail.objects.set(logKey(5, 'FFFFFFFFFFFFFFFF'), { body: gzipSync('{"Records":[]}'), metadata: {} });
  await copied(trail);
  const { code, faults } = await found();
  expect(code).toBe(1);
  expect(faults).toEqual([
    expect.objectContaining({ state: 'unlisted', key: logKey(1, 'FFFFFFFFFFFFFFFF') }),
  ]);
});

test('digest files that are made afterwards form a chain of their own, and vouch for their log files', async () => {
  const trail = madeTrail(3);
  const late = logKey(1, 'CCCCCCCCCCCCCCCC');
  trail.objects.set(late, { body: gzipSync('{"Records":[]}'), metadata: {} });
  const backfill = digestKey(1).replace('.json.gz', '_backfill.json.gz');
  putDigest(trail.objects, 1, undefined, [{ key: late, hash: hex('{"Records":[]}') }], backfill);
  await copied(trail);
  const { code, chains, logFiles } = await found();
  expect({ code, logFiles }).toMatchObject({ code: 0, logFiles: { valid: 4, unlisted: 0 } });
  expect(chains).toEqual([
    expect.objectContaining({ afterwards: false, digests: expect.objectContaining({ valid: 3 }) }),
    expect.objectContaining({ afterwards: true, digests: expect.objectContaining({ valid: 1 }) }),
  ]);
});

test('where there is no digest file nothing is proved, and the exit code says so', async () => {
  const trail = madeTrail(2);
  for (const key of trail.digests) trail.objects.delete(key);
  await copied(trail);
  const { code, out } = await verify();
  expect(code).toBe(3);
  expect(out).toContain('switch on log file validation');
});

test('the text names what is wrong and the hours that are not proved', async () => {
  const trail = madeTrail(4);
  trail.objects.delete(digestKey(2));
  trail.objects.delete(logKey(0));
  await copied(trail);
  const { code, out, err } = await verify();
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(out).toContain('The trail is not whole.');
  expect(out).toContain('2026-11-24T02:00:00Z');
  expect(out).toContain(`${digestKey(2)} is named by the digest file after it`);
  expect(out).toContain(`${logKey(0)} is listed by a digest file and is not there`);
});

test.each([
  [['trail', 'verify'], 'Name either a folder'],
  [['trail', 'verify', 'x', '--bucket', 'y'], 'Name either a folder'],
  [
    ['trail', 'verify', 'x', '--from', '2026-11-02', '--until', '2026-11-01'],
    '--from must be before --until',
  ],
  [['trail', 'verify', 'x', '--from', 'yesterday'], 'Write 2026-11-24'],
  [['trail', 'verify', 'x', '--account', '12'], '12 digits'],
])('%j is wrong use, said on stderr', async (args, sentence) => {
  const { code, out, err } = await run(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
});

test('a file of keys that is none, and a folder that is not there, are said to be', async () => {
  await copied(madeTrail(1));
  await writeFile(join(folder, 'keys.json'), '[]');
  const none = await verify();
  expect(none.code).toBe(3);
  expect(none.err).toContain('keys.json holds no list of public keys. Write it with:');
  const gone = await run(['trail', 'verify', join(folder, 'gone'), '--keys', join(folder, 'also-gone')]);
  expect(gone.code).toBe(3);
  expect(gone.err).toBe(`drawbridge: There is no ${join(folder, 'also-gone')}.\n`);
});
