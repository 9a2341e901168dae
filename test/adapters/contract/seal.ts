import type { Seal } from '../../../shared/ports/seal.ts';

const TEXT = 'drawbridge elevation 1 „Größe“ 🏷️';

/** What every seal must do; `other` is one with another key. */
export function describeSeal(
  name: string,
  makeSeals: () => Promise<{ readonly seal: Seal; readonly other: Seal }>,
): void {
  describe(name, () => {
    let seal: Seal;
    let other: Seal;
    let mac: string;
    beforeAll(async () => {
      ({ seal, other } = await makeSeals());
      mac = await seal.seal(TEXT);
    }, 30_000);

    test('makes a MAC of 32 bytes in base64, the same for the same text', async () => {
      expect(mac).toMatch(/^[A-Za-z0-9+/]{43}=$/);
      expect(await seal.seal(TEXT)).toBe(mac);
    });

    test('knows its own MAC', async () => {
      expect(await seal.verify(TEXT, mac)).toBe(true);
    });

    test.each([
      ['a letter more', `${TEXT}x`],
      ['a letter less', TEXT.slice(0, -2)],
      ['nothing of it', 'x'],
    ])('does not take it for a text with %s', async (_what, text) => {
      expect(await seal.verify(text, mac)).toBe(false);
    });

    test('does not take the MAC of another key', async () => {
      expect(await other.verify(TEXT, mac)).toBe(false);
      expect(await other.seal(TEXT)).not.toBe(mac);
    });

    test.each<[string, (mac: string) => string]>([
      ['nothing', () => ''],
      ['words', () => 'not a MAC at all'],
      ['of another script', () => 'Größe'.repeat(9)],
      ['cut short', (whole) => Buffer.from(whole, 'base64').subarray(0, 31).toString('base64')],
      ['longer', (whole) => `${whole}AAAA`],
      ['all zeros', () => Buffer.alloc(32).toString('base64')],
      ['one bit off', oneBitOff],
      ['in hexadecimal', (whole) => Buffer.from(whole, 'base64').toString('hex')],
      ['in base64 for URLs', (whole) => Buffer.from(whole, 'base64').toString('base64url')],
      ['surrounded by white space', (whole) => ` ${whole}\n`],
      ['written twice', (whole) => whole + whole],
    ])('does not take a MAC that is %s', async (_what, edited) => {
      expect(edited(mac)).not.toBe(mac);
      expect(await seal.verify(TEXT, edited(mac))).toBe(false);
    });
  });
}

function oneBitOff(mac: string): string {
  const bytes = Buffer.from(mac, 'base64');
  bytes[31] = (bytes[31] ?? 0) ^ 1;
  return bytes.toString('base64');
}
