import fc from 'fast-check';
import { covers } from '../../../shared/domain/policy/pattern-relation.ts';
import { MOST_PATTERNS, PatternCounts } from '../../../shared/domain/report/pattern-counts.ts';

const arn = fc
  .tuple(fc.constantFrom('s3', 'sqs'), fc.constantFrom('', '1', '2'), fc.integer({ min: 0, max: 600 }))
  .map(([service, account, n]) => `arn:aws:${service}:::${account}tenant-${n}-bucket/*`);

test('patterns are no more than the bound, and none is lost', () => {
  fc.assert(
    fc.property(fc.array(arn, { minLength: 250, maxLength: 700, size: 'max' }), (all) => {
      const kept = counted(all);
      expect(kept.length).toBeLessThanOrEqual(MOST_PATTERNS);
      expect(kept.reduce((sum, [, count]) => sum + count, 0)).toBe(all.length);
      for (const one of all) expect(kept.some(([wide]) => covers(wide, one))).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test('the order of patterns does not matter', () => {
  const arns = fc.array(arn, { minLength: 150, maxLength: 400, size: 'max' });
  fc.assert(
    fc.property(arns, fc.func(fc.integer()), (all, key) => {
      const shuffled = all.toSorted((one, other) => key(one) - key(other));
      expect(counted(shuffled)).toEqual(counted(all));
    }),
    { numRuns: 20 },
  );
});

test('up to the bound patterns stay as they are', () => {
  const all = Array.from({ length: MOST_PATTERNS }, (_, n) => `arn:aws:s3:::bucket-${n}/*`);
  expect(counted(all).map(([one]) => one)).toEqual(all.toSorted((one, other) => (one < other ? -1 : 1)));
});

test('beyond it buckets are told by the beginning of their names, and services are not mixed', () => {
  const all = Array.from(
    { length: MOST_PATTERNS + 1 },
    (_, n) => `arn:aws:s3:::tenant-${String(n).padStart(3, '0')}/*`,
  );
  expect(counted([...all, 'arn:aws:sqs:eu-west-1:999999999999:q']).map(([one]) => one)).toContain(
    'arn:aws:s3:::tenant-01*',
  );
});

function counted(all: readonly string[]) {
  const counts = new PatternCounts();
  for (const one of all) counts.add(one);
  return counts.entries();
}
