import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readLocal } from '../../../shared/adapters/cloudtrail/local-files.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { record } from './records.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const logOf = (eventID: string) => JSON.stringify({ Records: [record({ eventID })] });

function put(name: string, content: string | Buffer): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

async function allOf(...names: readonly string[]) {
  const ids: string[] = [];
  const files: (readonly [string, unknown])[] = [];
  const reading = { sha256, take: ({ id }: { readonly id: string }) => ids.push(id) };
  for await (const { path, ...came } of readLocal(
    names.map((name) => join(folder, name)),
    reading,
  )) {
    const what =
      'unreadable' in came ? came.unreadable.reason : 'skipped' in came ? came.skipped : came.read.records;
    files.push([relative(folder, path), what]);
  }
  return { ids, files };
}

test('log files are read from folders in folders, packed or not, in the order of their names', async () => {
  put('b/2.json.gz', gzipSync(logOf('packed')));
  put('b/1.json', logOf('plain'));
  put('a/deep/er/9.json.gz', logOf('plain under a packed name'));
  put('b/readme.txt', 'no log');
  expect(await allOf('.')).toEqual({
    ids: ['plain under a packed name', 'plain', 'packed'],
    files: [
      ['a/deep/er/9.json.gz', 1],
      ['b/1.json', 1],
      ['b/2.json.gz', 1],
    ],
  });
});

test('digests and Insights are told and not read', async () => {
  put('CloudTrail-Digest/us-east-1/1.json.gz', 'x');
  put('CloudTrail-Insight/us-east-1/1.json.gz', 'x');
  put('flat/1_CloudTrail-Digest_us-east-1_t_us-east-1_20261124T150131Z.json.gz', 'x');
  expect((await allOf('.')).files.map(([, what]) => what)).toEqual(['digest', 'insight', 'digest']);
});

test('a file that cannot be read is told with the reason, and the others are read', async () => {
  put('1.json.gz', gzipSync(logOf('one')).subarray(0, -9));
  put('2.json', '{"Events":[]}');
  put('3.json', logOf('three'));
  expect(await allOf('.', 'missing')).toEqual({
    ids: ['three'],
    files: [
      ['1.json.gz', 'truncated'],
      ['2.json', 'not-a-log-file'],
      ['3.json', 1],
      ['missing', 'gone'],
    ],
  });
});

test('a file that is named is read whatever its name', async () => {
  put('export.log', logOf('one'));
  expect(await allOf('export.log')).toEqual({ ids: ['one'], files: [['export.log', 1]] });
});
