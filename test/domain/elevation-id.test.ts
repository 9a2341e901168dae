import fc from 'fast-check';
import { elevationIdOf, parseElevationId } from '../../shared/domain/elevation-id.ts';

/** The 16 bytes of an id, counted by hand: each character stands for five bits. */
function bytesOf(id: string): Uint8Array {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bits = [...id].map((character) => alphabet.indexOf(character).toString(2).padStart(5, '0')).join('');
  const bytes = bits.slice(2).match(/.{8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 2));
}

test.each([
  ['zeros', new Uint8Array(16), '00000000000000000000000000'],
  ['ones', new Uint8Array(16).fill(255), '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'],
  ['a one at the end', new Uint8Array(16).fill(1, 15), '00000000000000000000000001'],
  ['a one at the beginning', new Uint8Array(16).fill(128, 0, 1), '40000000000000000000000000'],
])('sixteen bytes of %s have their id', (_title, bytes, id) => {
  expect(elevationIdOf(bytes)).toBe(id);
});

test('every sixteen bytes have an id of their own, which parses', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const id = elevationIdOf(bytes);
      expect(parseElevationId(id)).toBe(id);
      expect(bytesOf(id)).toEqual(bytes);
    }),
  );
});

test.each([0, 15, 17, 32])('%i bytes make no id', (length) => {
  expect(() => elevationIdOf(new Uint8Array(length))).toThrow(TypeError);
});

const ID = '7ZZZZZZZZZZZZZZZZZZZZZZZZA';

// Crockford's alphabet has no I, L, O and U: https://www.crockford.com/base32.html
test.each([
  ['in lower case', ID.toLowerCase()],
  ['one character short', ID.slice(1)],
  ['one character long', `${ID}0`],
  ['more than 128 bits', `8${ID.slice(1)}`],
  ['with an I', `${ID.slice(0, 25)}I`],
  ['with an L', `${ID.slice(0, 25)}L`],
  ['with an O', `${ID.slice(0, 25)}O`],
  ['with a U', `${ID.slice(0, 25)}U`],
  ['with a check symbol', `${ID.slice(0, 25)}*`],
  ['with a hyphen', `${ID.slice(0, 13)}-${ID.slice(14)}`],
  ['with a line end', `${ID}\n`],
  ['with a space before', ` ${ID}`],
  ['of other digits', `${ID.slice(0, 25)}٣`],
  ['with a plus', `${ID.slice(0, 25)}+`],
  ['with nothing in it', ''],
])('an id %s is refused', (_title, text) => {
  expect(parseElevationId(text)).toBeUndefined();
});
