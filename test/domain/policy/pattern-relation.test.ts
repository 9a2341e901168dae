import fc from 'fast-check';
import { matchesResource } from '../../../shared/domain/policy/pattern.ts';
import { covers, overlap } from '../../../shared/domain/policy/pattern-relation.ts';

const pattern = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 4 }).map((all) => all.join(''));
const TEXTS = ['', 'a', 'b', 'c'].flatMap((a) =>
  ['', 'a', 'b'].flatMap((b) =>
    ['', 'a', 'b'].flatMap((c) => ['', 'a', 'bb', 'abab'].map((d) => a + b + c + d)),
  ),
);

test('what a pattern covers it matches, whatever the text', () => {
  fc.assert(
    fc.property(pattern, pattern, (outer, inner) => {
      fc.pre(covers(outer, inner));
      for (const text of TEXTS)
        if (matchesResource(inner, text)) expect(matchesResource(outer, text)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('a pattern covers itself, and every text of it', () => {
  fc.assert(
    fc.property(pattern, (one) => {
      expect(covers(one, one)).toBe(true);
      for (const text of TEXTS) expect(covers(one, text)).toBe(matchesResource(one, text));
    }),
  );
});

test('two patterns overlap where they share a text, and only there', () => {
  fc.assert(
    fc.property(pattern, pattern, (one, other) => {
      const shared = texts(8).some((text) => matchesResource(one, text) && matchesResource(other, text));
      expect(overlap(one, other)).toBe(shared);
    }),
    { numRuns: 200 },
  );
});

/** All texts of two letters up to a length: two patterns of four symbols that share a text share one of at most eight. */
function texts(longest: number): readonly string[] {
  let [last, all] = [[''], ['']];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((text) => [`${text}a`, `${text}b`]);
    all = all.concat(last);
  }
  return all;
}
