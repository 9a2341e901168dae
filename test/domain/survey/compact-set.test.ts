import fc from 'fast-check';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { compactSet } from '../../../shared/domain/survey/compact-set.ts';

test('it says the same as a set of the texts themselves', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 300 }), (texts) => {
      const compact = compactSet(1000, sha256);
      const plain = new Set<string>();
      for (const text of texts) {
        expect(compact.add(text)).toBe(!plain.has(text));
        plain.add(text);
      }
      expect(compact.size).toBe(plain.size);
    }),
  );
});

test('it remembers everything while its table grows', () => {
  const compact = compactSet(20_000, sha256);
  const texts = Array.from({ length: 20_000 }, (_, n) => `event-${n}`);
  expect(texts.filter((text) => compact.add(text))).toHaveLength(20_000);
  expect(texts.filter((text) => compact.add(text))).toEqual([]);
  expect(compact.overflowed).toBe(false);
});

test('what has no room is taken for new each time, and it says so', () => {
  const compact = compactSet(2, sha256);
  expect(['a', 'b', 'a', 'c', 'c', 'b'].map((text) => compact.add(text))).toEqual([
    true,
    true,
    false,
    true,
    true,
    false,
  ]);
  expect(compact.size).toBe(2);
  expect(compact.overflowed).toBe(true);
});
