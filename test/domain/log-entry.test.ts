import fc from 'fast-check';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { entryAfter, firstBreak, type LogEntry } from '../../shared/domain/log-entry.ts';
import type { SubjectEvent } from '../../shared/domain/subject.ts';
import { asked, requestFor } from './record.ts';
import { hash } from './values.ts';

const [LINK] = asked(requestFor(1)).history;
if (LINK === undefined) throw new Error('A request has an event.');
const { event } = LINK;
const said = (n: number): SubjectEvent => ({
  subject: { kind: 'elevation', id: requestFor(1).id },
  n,
  event,
});

function log(length: number): LogEntry[] {
  const entries: LogEntry[] = [];
  for (let n = 1; n <= length; n++) entries.push(entryAfter(entries.at(-1), said(n), sha256));
  return entries;
}

test('entries are numbered from 1 without a gap, and each names the hash of the one before', () => {
  const entries = log(3);
  expect(entries.map(({ n }) => n)).toEqual([1, 2, 3]);
  expect(entries.map(({ previous }) => previous)).toEqual([null, entries[0]?.hash, entries[1]?.hash]);
  expect(firstBreak(entries, sha256)).toBeUndefined();
});

const ENTRIES = log(6);

test.each<[string, (entries: LogEntry[]) => LogEntry[]]>([
  ['left out', (entries) => entries.toSpliced(3, 1)],
  ['put twice', (entries) => entries.toSpliced(3, 0, ...entries.slice(2, 3))],
  [
    'exchanged with its neighbour',
    ([a, b, c, d, e, f]) => [a, b, c, e, d, f].filter((one) => one !== undefined),
  ],
  [
    'given another content',
    (entries) => entries.map((one) => (one.n === 4 ? { ...one, said: said(9) } : one)),
  ],
  [
    'given another hash',
    (entries) => entries.map((one) => (one.n === 4 ? { ...one, hash: hash('b') } : one)),
  ],
  ['given another place', (entries) => entries.map((one) => (one.n === 4 ? { ...one, n: 5 } : one))],
])('an entry that was %s breaks the chain there', (_, edit) => {
  expect(firstBreak(edit([...ENTRIES]), sha256)).toBe(4);
});

test('a history that was rewritten from some entry on ends in another hash', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), (from) => {
      const rewritten: LogEntry[] = [];
      for (const { n } of ENTRIES) {
        rewritten.push(entryAfter(rewritten.at(-1), n === from ? said(99) : said(n), sha256));
      }
      expect(rewritten.at(-1)?.hash).not.toBe(ENTRIES.at(-1)?.hash);
    }),
  );
});
