import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { type Bundle, bundled } from './bundled.ts';
import { assumeRole, call, session, user } from './made-records.ts';
import { madeTrail } from './made-trail.ts';

jest.setTimeout(60_000); // each test starts Node, on machines that may have other work

let bundle: Bundle;
let folder: string;

beforeAll(async () => {
  bundle = await bundled();
  folder = bundle.folder;
}, 120_000);
afterAll(() => bundle.remove());

const ran = (...args: readonly string[]) => bundle.ran(args);

test('the bundle is one executable file of a size that can be mailed', async () => {
  const { size, mode } = await stat(bundle.command);
  expect(size).toBeLessThan(2_000_000);
  expect(mode & 0o111).toBe(0o111);
});

test('it audits with the whole catalogue in it', async () => {
  await mkdir(join(folder, 'logs'));
  const records = [assumeRole('Admin', 'a', user('ruth')), call({ userIdentity: session('Admin', 'a') })];
  await writeFile(join(folder, 'logs/a.json.gz'), gzipSync(JSON.stringify({ Records: records })));
  const { code, out, err } = await ran('audit', 'logs');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('1 Write (s3:PutObject)');
  expect(out).not.toContain('\u001b');
});

test('it verifies a copy of a trail', async () => {
  const trail = madeTrail(2);
  for (const [key, { body }] of trail.objects) {
    await mkdir(join(folder, 'trail', key, '..'), { recursive: true });
    await writeFile(join(folder, 'trail', key), body);
  }
  await writeFile(join(folder, 'keys.json'), JSON.stringify(trail.keyList));
  const { code, out, err } = await ran('trail', 'verify', 'trail', '--keys', 'keys.json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('Nothing is proved wrong, and not everything is proved.');
});

test.each([
  [['--help'], 0],
  [['audit', '--help'], 0],
  [['trail', 'verify', '--help'], 0],
  [['trail', 'check', '--help'], 0],
  [['--version'], 0],
  [['audit'], 2],
  [['unknown'], 2],
  [['audit', 'not-there'], 3],
] as const)('%j ends with %d', async (args, expected) => {
  const { code, out, err } = await ran(...args);
  expect(code).toBe(expected);
  expect(expected === 0 ? err : out).toBe('');
});

test('help shows examples and every exit code', async () => {
  const { out } = await ran('audit', '--help');
  expect(out).toContain('drawbridge audit ./logs --policies policies.json');
  expect(out.split('Exit codes:')[1]?.match(/^ {2}\d/gm)).toEqual(['  0', '  1', '  2', '  3', '  4']);
});
