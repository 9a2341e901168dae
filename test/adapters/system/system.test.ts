import { systemClock } from '../../../shared/adapters/system/clock.ts';
import { randomBytes, sha256 } from '../../../shared/adapters/system/crypto.ts';
import { jsonLog } from '../../../shared/adapters/system/json-log.ts';
import { NOW } from '../../domain/story.ts';

test("the clock tells the machine's time in milliseconds", () => {
  const before = Date.now();
  const now = systemClock();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

// FIPS 180-4 examples (NIST, "SHA256.pdf": "abc" and the message of 448 bits), and the empty message.
test.each([
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
])('SHA-256 of "%s" is that of the standard', (text, hash) => {
  expect(sha256(text)).toBe(hash);
});

test('SHA-256 is taken over UTF-8', () => {
  // printf '\303\266' | sha256sum
  expect(sha256('ö')).toBe('6dbd11fd012e225b28a5d94a9b432bc491344f3e92158661be2ae5ae2b8b1ad8');
});

test.each([0, 1, 16, 32])('%d random bytes are so many, and others each time', (count) => {
  const [one, other] = [randomBytes(count), randomBytes(count)];
  expect([one.length, other.length]).toEqual([count, count]);
  if (count >= 16) expect(one).not.toEqual(other);
});

describe('the log', () => {
  const logged = (...entry: Parameters<ReturnType<typeof jsonLog>>): readonly string[] => {
    const lines: string[] = [];
    jsonLog(
      () => NOW,
      (line) => lines.push(line),
    )(...entry);
    return lines;
  };

  test('writes one line of JSON with time, level, event and facts', () => {
    expect(logged('warn', 'issue-refused', { elevation: '01ABC', n: 2 })).toEqual([
      '{"time":"2026-11-24T09:00:00.000Z","level":"warn","event":"issue-refused","elevation":"01ABC","n":2}\n',
    ]);
  });

  test('keeps a fact of several lines on one, so that nobody can write entries of their own', () => {
    const [line = ''] = logged('info', 'said', { text: 'a\n{"level":"error"}\r\n\u2028"' });
    expect(line.trimEnd()).not.toMatch(/[\r\n]/);
    expect(JSON.parse(line)).toMatchObject({ text: 'a\n{"level":"error"}\r\n\u2028"' });
  });

  test('lets no fact take the place of time, level or event', () => {
    const [line = ''] = logged('error', 'damaged', { time: 'never', level: 'info', event: 'nothing' });
    expect(JSON.parse(line)).toEqual({ time: '2026-11-24T09:00:00.000Z', level: 'error', event: 'damaged' });
  });
});
