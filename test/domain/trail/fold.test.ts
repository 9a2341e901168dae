import fc from 'fast-check';
import { folded } from '../../../shared/domain/trail/fold.ts';
import type { Observation } from '../../../shared/domain/trail/observation.ts';
import { hash } from '../values.ts';
import { second, seen } from './observations.ts';

const ROLE_ACCOUNT = '999999999999';

const observation: fc.Arbitrary<Observation> = fc
  .record(
    {
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      sharedId: fc.constantFrom('s', 't'),
      account: fc.constantFrom(ROLE_ACCOUNT, '111111111111', '222222222222'),
      digit: fc.constantFrom('1', '2', '3'),
      at: fc.nat({ max: 3 }).map(second),
      addendum: fc.record(
        { reason: fc.constant('UPDATED_DATA'), correctsId: fc.constantFrom('a', 'b', 'f') },
        { requiredKeys: ['reason'] },
      ),
    },
    { requiredKeys: ['id', 'account', 'digit', 'at'] },
  )
  // The content of a record determines its hash.
  .map(({ digit, ...rest }) => seen({ ...rest, hash: hashOf(JSON.stringify([digit, rest])) }));

const many = fc.array(observation, { maxLength: 12 });

test('folding_is_independent_of_order_and_of_repetition', () => {
  fc.assert(
    fc.property(many, fc.infiniteStream(fc.nat()), (all, random) => {
      const keyed = [...all, ...all].map((one) => [random.next().value, one] as const);
      const shuffled = keyed.sort(([one], [other]) => one - other).map(([, one]) => one);
      expect(folded(shuffled, ROLE_ACCOUNT)).toEqual(folded(all, ROLE_ACCOUNT));
    }),
  );
});

test('folding_twice_is_folding_once', () => {
  fc.assert(
    fc.property(many, (all) => {
      const once = folded(all, ROLE_ACCOUNT);
      expect(folded(once, ROLE_ACCOUNT)).toEqual(once);
    }),
  );
});

test('folding_keeps_exactly_one_record_of_each_call', () => {
  fc.assert(
    fc.property(many, (all) => {
      const kept = folded(all, ROLE_ACCOUNT);
      const calls = callsOf(all);
      expect(kept).toHaveLength(calls.length);
      for (const call of calls) expect(kept.filter((one) => call.includes(one))).toHaveLength(1);
    }),
  );
});

test('no_record_that_was_left_out_was_to_be_preferred', () => {
  fc.assert(
    fc.property(many, (all) => {
      const hashes = folded(all, ROLE_ACCOUNT).map((one) => one.hash);
      for (const call of callsOf(all)) expect(hashes).toContain([...call].sort(naivePreference)[0]?.hash);
    }),
  );
});

test('of the copies of one call the role’s account’s is kept', () => {
  const hub = seen({ id: 'a', sharedId: 's', account: '222222222222', hash: hash('9') });
  const target = seen({ id: 'b', sharedId: 's', account: ROLE_ACCOUNT });
  expect(folded([hub, target], ROLE_ACCOUNT)).toEqual([target]);
  expect(folded([hub, target], '222222222222')).toEqual([hub]);
});

test('the newest correction replaces what it corrects', () => {
  const first = seen({ id: 'a', outcome: 'allowed' });
  const correction = { reason: 'UPDATED_DATA', correctsId: 'a' };
  const second1 = seen({ id: 'b', hash: hash('2'), at: second(61), outcome: 'denied', addendum: correction });
  const second2 = seen({ id: 'c', hash: hash('3'), at: second(62), addendum: correction });
  expect(folded([second2, first, second1], ROLE_ACCOUNT)).toEqual([second2]);
});

test('calls that have nothing in common stay, in the order of time', () => {
  const calls = [3, 1, 2].map((n) => seen({ id: `e${n}`, at: second(n) }));
  expect(folded(calls, ROLE_ACCOUNT).map(({ id }) => id)).toEqual(['e1', 'e2', 'e3']);
});

test('a long chain of corrections is one call', () => {
  const chain = Array.from({ length: 20_000 }, (_, n) =>
    seen({ id: `e${n + 1}`, addendum: { reason: 'UPDATED_DATA', correctsId: `e${n}` } }),
  );
  expect(folded(chain, ROLE_ACCOUNT)).toHaveLength(1);
});

/** The oracle: records are of one call as soon as they share an id, again and again until nothing changes. */
function callsOf(all: readonly Observation[]): readonly (readonly Observation[])[] {
  let calls = all.map((one) => [one]);
  for (;;) {
    const pair = calls
      .flatMap((one, i) => calls.slice(i + 1).map((other) => [one, other] as const))
      .find(([one, other]) => one.some((a) => other.some((b) => shareAnId(a, b))));
    if (pair === undefined) return calls;
    calls = [...calls.filter((call) => !pair.includes(call)), pair.flat()];
  }
}

function shareAnId(a: Observation, b: Observation): boolean {
  const ids = (one: Observation) => [one.id, one.addendum?.correctsId].filter((id) => id !== undefined);
  const shared = a.sharedId !== undefined && a.sharedId === b.sharedId;
  return shared || ids(a).some((id) => ids(b).includes(id));
}

function naivePreference(one: Observation, other: Observation): number {
  const rank = (it: Observation) => [
    it.account === ROLE_ACCOUNT ? 0 : 1,
    it.addendum ? 0 : 1,
    String(9e15 - it.at),
  ];
  if (rank(one).join() !== rank(other).join()) return rank(one).join() < rank(other).join() ? -1 : 1;
  return `${one.id} ${one.hash}` > `${other.id} ${other.hash}` ? -1 : 1;
}

/** Different texts, different hashes: enough for records that are made of few values. */
function hashOf(text: string): Observation['hash'] {
  let number = 7n;
  for (const character of text) number = (number * 131n + BigInt(character.charCodeAt(0))) % 2n ** 256n;
  return number.toString(16).padStart(64, '0') as Observation['hash'];
}
