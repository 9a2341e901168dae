import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { gunzip } from '../../../shared/adapters/cloudtrail/gunzip.ts';
import { LogReader, readLog } from '../../../shared/adapters/cloudtrail/read-log.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { UnreadableFile } from '../../../shared/ports/trail-files.ts';
import { inPieces, record } from './records.ts';

/** The ids of the records in a text, read in pieces of bytes, and what the reading says. */
function idsIn(json: string | Buffer, sizes: readonly number[] = [Number.POSITIVE_INFINITY]) {
  const ids: string[] = [];
  const reader = new LogReader({ sha256, take: ({ id }) => ids.push(id) });
  const bytes = Buffer.from(json);
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    reader.push(bytes.subarray(at, at + size));
    at += size;
  }
  return { ids, ...reader.end() };
}

function reasonOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    if (error instanceof UnreadableFile) return error.reason;
    throw error;
  }
  return undefined;
}

const ONE = JSON.stringify(record({ eventID: 'one' }));
const TWO = JSON.stringify(record({ eventID: 'two' }), null, 2);
const BOTH = `{"Records":[${ONE},${TWO}]}`;

test.each([
  ['as CloudTrail writes it', BOTH],
  ['with white space between all signs', `\n{ "Records" :\t[ ${ONE}\r\n, ${TWO} ] }\n`],
  [
    'with other members before and after',
    `{"a":[1,{"Records":[]}],"b":"}","Records":[${ONE},${TWO}],"c":null}`,
  ],
  ['with a name that is escaped', `{"\\u0052ecords":[${ONE},${TWO}]}`],
])('the records are found in a file %s', (_, json) => {
  expect(idsIn(json)).toEqual({ ids: ['one', 'two'], records: 2, skipped: {} });
});

test('an empty file holds no records', () => {
  expect(idsIn('{"Records":[]}')).toEqual({ ids: [], records: 0, skipped: {} });
});

test('brackets, quotes and whole records in strings and parameters are no records', () => {
  const requestParameters = {
    text: `}],"Records":[${ONE}`,
    nested: [{ eventVersion: '1.08' }, JSON.parse(ONE)],
    'a key "with\\" signs}': '\\',
  };
  const json = JSON.stringify({ Records: [record({ eventID: 'outer', requestParameters })] });
  expect(idsIn(json)).toMatchObject({ ids: ['outer'], records: 1 });
});

const AnyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\\', '}', ']},{"', 'é', '😀', '\u2028'),
);
const AnyRecords = fc.array(
  fc
    .tuple(fc.uuid(), fc.dictionary(AnyText, fc.oneof(AnyText, fc.jsonValue())))
    .map(([eventID, requestParameters]) => record({ eventID, requestParameters })),
  { maxLength: 4 },
);

test('wherever the bytes are cut, the same records come out', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(AnyRecords, sizes, fc.constantFrom(undefined, 2), (records, cuts, indent) => {
      const json = JSON.stringify({ Records: records }, null, indent);
      const expected = records.map(({ eventID }) => eventID);
      expect(idsIn(json, cuts)).toEqual({ ids: expected, records: records.length, skipped: {} });
    }),
    { numRuns: 300 },
  );
});

test('a file that comes byte by byte is read like one that comes whole', () => {
  expect(idsIn(BOTH, [1])).toEqual(idsIn(BOTH));
});

test.each([
  ['truncated', 'nothing', ''],
  ['truncated', 'a file cut between records', `{"Records":[${ONE},`],
  ['truncated', 'a file cut in a record', `{"Records":[${ONE.slice(0, -20)}`],
  ['truncated', 'a file cut in a string', `{"Records":[${ONE.slice(0, 30)}`],
  ['truncated', 'a file without its last bracket', `{"Records":[${ONE}]`],
  ['not-json', 'a text', 'Hello'],
  ['not-json', 'a comma after the last record', `{"Records":[${ONE},]}`],
  ['not-json', 'no comma between records', `{"Records":[${ONE}${ONE}]}`],
  ['not-json', 'something after the end', `{"Records":[${ONE}]}{}`],
  ['not-json', 'another member that is no JSON', `{"a":nul,"Records":[]}`],
  ['not-json', 'a name without quotes', '{Records:[]}'],
  ['not-a-log-file', 'an array', `[${ONE}]`],
  ['not-a-log-file', 'an object without Records', '{"Events":[]}'],
  [
    'not-a-log-file',
    'a digest',
    '{"awsAccountId":"1","digestStartTime":"2026-11-24T09:00:00Z","logFiles":[]}',
  ],
  ['not-a-log-file', 'Records that are no array', '{"Records":{}}'],
  ['not-a-log-file', 'Records twice', `{"Records":[],"Records":[${ONE}]}`],
  ['bad-record', 'a record that is no object', '{"Records":[1]}'],
  ['bad-record', 'a record that is none of CloudTrail', '{"Records":[{}]}'],
  ['bad-record', 'a record with a mistake in it', `{"Records":[${ONE.replace(':', ';')}]}`],
])('%s: %s', (reason, _, json) => {
  expect(reasonOf(() => idsIn(json))).toBe(reason);
  expect(reasonOf(() => idsIn(json, [1]))).toBe(reason);
});

test('a record without an end is given up at 8 MB', () => {
  const endless = Buffer.alloc(9 * 1024 * 1024, 'a');
  const reader = new LogReader({ sha256, take: () => undefined });
  reader.push(Buffer.from('{"Records":[{"a":"'));
  expect(reasonOf(() => reader.push(endless))).toBe('bad-record');
});

test('a bad record is told by its place in the file and what is wrong with it', () => {
  const json = JSON.stringify({ Records: [record(), record({ eventTime: 'noon' })] });
  expect(() => idsIn(json)).toThrow(
    new UnreadableFile(
      'bad-record',
      "Its record 2 cannot be read. The record's eventTime is not what CloudTrail documents.",
    ),
  );
});

test('kinds that do not count are counted by their reason', () => {
  const Records = [
    record({ eventCategory: 'Insight' }),
    record(),
    record({ eventCategory: 'NetworkActivity' }),
    record({ eventCategory: 'NetworkActivity' }),
  ];
  expect(idsIn(JSON.stringify({ Records }))).toMatchObject({
    records: 4,
    skipped: { insight: 1, 'network-activity': 2 },
  });
});

/** How gzip is read: at once, or as a stream where a bound says so. */
const WAYS = [
  ['at once', undefined],
  ['as a stream, since the file is large', { packed: 10, unpacked: 1 << 24 }],
  ['as a stream, since the contents are large', { packed: 1 << 20, unpacked: 100 }],
] as const;

describe.each(WAYS)('gzip that is read %s', (_, atOnce) => {
  const unpacked = async (packed: Uint8Array, size = 7) => {
    const chunks: Buffer[] = [];
    await gunzip(inPieces(packed, size), (chunk) => chunks.push(Buffer.from(chunk)), atOnce);
    return Buffer.concat(chunks).toString();
  };
  const reason = async (packed: Uint8Array) => {
    try {
      return await unpacked(packed);
    } catch (error) {
      return error instanceof UnreadableFile ? error.reason : error;
    }
  };
  const PACKED = gzipSync(BOTH);

  test('comes out as it went in', async () => {
    expect(await unpacked(PACKED)).toBe(gunzipSync(PACKED).toString());
  });

  test('may have several members (RFC 1952, section 2.2)', async () => {
    expect(await unpacked(Buffer.concat([gzipSync('one'), gzipSync('two')]))).toBe('onetwo');
  });

  test('that is cut is truncated, wherever', async () => {
    for (const length of [0, 1, 5, 12, 100, PACKED.length - 5, PACKED.length - 1]) {
      expect(await reason(PACKED.subarray(0, length))).toBe('truncated');
    }
  });

  test.each([
    ['plain JSON', Buffer.from(BOTH)],
    ['damaged contents', Buffer.from(PACKED).fill(0x55, 40, 60)],
    ['a wrong checksum', Buffer.from(PACKED).fill(0, PACKED.length - 8, PACKED.length - 4)],
    ['something else behind it', Buffer.concat([PACKED, Buffer.from('<html>')])],
  ])('of %s is no gzip', async (__, packed) => {
    expect(await reason(packed)).toBe('not-gzip');
  });

  test('whose reader or source fails passes the error on', async () => {
    const failure = new Error('failed');
    await expect(
      gunzip(
        inPieces(PACKED, 7),
        () => {
          throw failure;
        },
        atOnce,
      ),
    ).rejects.toBe(failure);
    const broken = async function* () {
      yield PACKED.subarray(0, 50);
      throw failure;
    };
    await expect(gunzip(broken(), () => undefined, atOnce)).rejects.toBe(failure);
  });
});

test('a log file is read from its gzip', async () => {
  const ids: string[] = [];
  const read = await readLog(inPieces(gzipSync(BOTH), 100), { sha256, take: ({ id }) => ids.push(id) });
  expect({ ids, read }).toEqual({ ids: ['one', 'two'], read: { records: 2, skipped: {} } });
});
