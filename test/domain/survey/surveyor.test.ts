import fc from 'fast-check';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import type { Hash } from '../../../shared/domain/hash.ts';
import { instant } from '../../../shared/domain/instant.ts';
import { surveyor } from '../../../shared/domain/survey/surveyor.ts';
import { NamedTally, Room } from '../../../shared/domain/survey/tally.ts';
import type { Observation } from '../../../shared/domain/trail/observation.ts';
import { smallCatalogue } from '../../cli/run.ts';

const ROLE = 'arn:aws:iam::999999999999:role/Admin';

function observation(id: string, members: Partial<Observation> = {}): Observation {
  return {
    ...{ id, hash: id as Hash, at: instant(1_000_000), account: '999999999999', region: 'eu-central-1' },
    ...{ source: 's3.amazonaws.com', name: 'PutObject', actions: ['s3:PutObject'], mapping: 'mapped' },
    ...{ outcome: 'allowed', resources: [], via: 'api' },
    actor: { type: 'AssumedRole', principalId: `AROA:${id}`, roleArn: ROLE },
    ...members,
  };
}

function surveyed(observations: readonly Observation[], mostEvents = 1000) {
  const survey = surveyor({ catalogue: smallCatalogue, sha256, mostEvents });
  for (const one of observations) survey.take(one);
  return survey.result();
}

test('neither order nor repetition of events changes what is found', () => {
  const events = [
    observation('1'),
    observation('2', { outcome: 'denied', at: instant(90_000_000) }),
    observation('3', {
      name: 'AssumeRole',
      actor: { type: 'IAMUser', principalId: 'AIDA1', arn: 'arn:aws:iam::1:user/a' },
      assumed: { roleArn: ROLE, assumedRoleId: 'AROA:1' },
    }),
    observation('4', { mapping: 'unmapped', actions: [] }),
  ];
  const { repeated: _, ...expected } = surveyed(events);
  fc.assert(
    fc.property(fc.shuffledSubarray([...events, ...events], { minLength: 8 }), (some) => {
      const { repeated, ...found } = surveyed(some);
      expect(found).toEqual(expected);
      expect(repeated).toBe(4);
    }),
  );
});

/** David assumes the role, as his account sees it, or as the role's account does. */
function assumption(id: string, sharedId: string, isForeign = false): Observation {
  const actor = isForeign
    ? { type: 'AWSAccount', principalId: 'AIDA1', account: '1' }
    : { type: 'IAMUser', principalId: 'AIDA1', arn: 'arn:aws:iam::1:user/David' };
  const assumed = { roleArn: ROLE, assumedRoleId: 'AROA:1' };
  return observation(id, { name: 'AssumeRole', sharedId, actor, assumed });
}

test('of each borrower is told how often AWS saw MFA, in whatever order the copies of a call come', () => {
  const calls: readonly (readonly [Observation, boolean?])[] = [
    [assumption('1', 'a'), true],
    [assumption('2', 'a', true)],
    [assumption('3', 'b'), false],
    [assumption('4', 'b', true)],
    [assumption('5', 'c', true)],
    [{ ...assumption('6', 'd'), outcome: 'denied' }, true],
    [observation('7'), true],
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray([...calls, ...calls], { minLength: 14 }), (some) => {
      const survey = surveyor({ catalogue: smallCatalogue, sha256, mostEvents: 1000 });
      for (const [one, mfa] of some) survey.take(one, mfa);
      expect(survey.result().roles[0]?.borrowers).toMatchObject([
        { allowed: 3, denied: 1, mfa: { seen: 1, notSeen: 1, notTold: 1 } },
      ]);
    }),
  );
});

test('with more events than can be told apart it goes on, and says that some may count twice', () => {
  const events = ['1', '2', '3', '3'].map((id) => observation(id));
  expect(surveyed(events, 2)).toMatchObject({ events: 4, mayRepeat: true });
  expect(surveyed(events, 3)).toMatchObject({ events: 3, mayRepeat: false });
});

test('names are kept while there is room in all tallies together, and counted beyond', () => {
  const room = new Room(2);
  const [one, other] = [new NamedTally(room), new NamedTally(room)];
  for (const name of ['a', 'b', 'c', 'a']) one.add(name);
  other.add('d');
  expect(one.result()).toEqual({
    named: [
      { name: 'a', count: 2 },
      { name: 'b', count: 1 },
    ],
    more: 1,
  });
  expect(other.result()).toEqual({ named: [], more: 1 });
});
