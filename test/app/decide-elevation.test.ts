import type { Broker } from '../../shared/app/broker.ts';
import { decideElevation } from '../../shared/app/decide-elevation.ts';
import { minutes } from '../../shared/domain/duration.ts';
import { after } from '../../shared/domain/instant.ts';
import { needing } from '../domain/record.ts';
import { caller, groups, person, STORY } from '../domain/story.ts';
import { elevationId, handle } from '../domain/values.ts';
import { gathered } from '../gathered.ts';
import { approved, asked, codeOf, decided, stored, testBroker } from './broker.ts';

const [DAVID, RUTH, ROB] = [caller('david'), caller('ruth'), caller('rob')];
const NOWHERE = elevationId('7ZZZZZZZZZZZZZZZZZZZZZZZZZ');

test('an approval is stored with who gave it, when and for which digest', async () => {
  const broker = testBroker();
  const id = await asked(broker);
  await decided(broker, id, { type: 'approve', by: RUTH, comment: 'Go.' });
  const { state, approvals, digest } = await stored(broker, id);
  expect([state, approvals]).toEqual([
    'approved',
    [{ by: RUTH, at: broker.clock(), digest, comment: 'Go.' }],
  ]);
});

test('two approvers at once both count where two are needed', async () => {
  const broker = testBroker(needing(2));
  const id = await asked(broker);
  await Promise.all([RUTH, ROB].map((by) => decided(broker, id, { type: 'approve', by })));
  const { state, approvals } = await stored(broker, id);
  expect([state, approvals.map(({ by }) => by.person).sort()]).toEqual(['approved', ['rob', 'ruth']]);
});

test('one approver who presses twice at once counts once', async () => {
  const broker = testBroker(needing(2));
  const id = await asked(broker);
  const pressed = Array.from({ length: 5 }, () => decided(broker, id, { type: 'approve', by: RUTH }));
  expect(await Promise.all(pressed)).toEqual(Array(5).fill('pending'));
  expect((await stored(broker, id)).approvals).toHaveLength(1);
});

test('of approval and denial at once one wins, and the other is told which', async () => {
  const broker = testBroker();
  const id = await asked(broker);
  const outcomes = await Promise.all([
    decideElevation(broker, id, { type: 'approve', by: RUTH }),
    decideElevation(broker, id, { type: 'deny', by: ROB }),
  ]);
  const { state } = await stored(broker, id);
  expect(outcomes.map(codeOf).sort()).toEqual(['done', 'wrong-state']);
  expect(outcomes).toContainEqual({ refusal: expect.objectContaining({ code: 'wrong-state', state }) });
});

test('of withdrawal and approval at once one wins', async () => {
  const broker = testBroker();
  const id = await asked(broker);
  const all = [
    decided(broker, id, { type: 'withdraw', by: DAVID }),
    decided(broker, id, { type: 'approve', by: RUTH }),
  ];
  expect((await Promise.all(all)).sort()).toEqual(['withdrawn', 'wrong-state']);
});

test('more approvers at once than tries: nobody is lost unseen', async () => {
  const names = Array.from({ length: 30 }, (_, n) => `lead-${n}`);
  const access = {
    ...STORY,
    people: new Map([...STORY.people, ...names.map((name) => [handle(name), person(name)] as const)]),
    groups: new Map([...STORY.groups, ...groups({ 'release-managers': names })]),
  };
  const broker = testBroker(needing(30, access));
  const id = await asked(broker);
  const all = await Promise.all(
    names.map((name) => decided(broker, id, { type: 'approve', by: caller(name) })),
  );
  const { approvals } = await stored(broker, id);
  expect(all.filter((code) => code !== 'contended')).toHaveLength(approvals.length);
  expect(approvals.length).toBeGreaterThanOrEqual(8);
});

test('a decision that changes nothing writes nothing', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  const frozen = {
    ...broker,
    store: { ...broker.store, replace: () => Promise.reject(new Error('Written.')) },
  };
  expect(await decided(frozen, id, { type: 'approve', by: RUTH })).toBe('approved');
});

test('what somebody may not know of is not found, as what there is not', async () => {
  const broker: Broker = testBroker();
  const id = await asked(broker);
  for (const type of ['approve', 'deny', 'withdraw', 'return', 'revoke', 'issue'] as const) {
    const command = { type, by: caller('nina') };
    const [known, unknown] = [
      await decideElevation(broker, id, command),
      await decideElevation(broker, NOWHERE, command),
    ];
    expect(codeOf(known)).toBe('not-found');
    expect(known).toEqual(unknown);
  }
  expect((await stored(broker, id)).state).toBe('pending');
});

test('David cannot approve at whatever door he arrives', async () => {
  const broker = testBroker();
  const id = await asked(broker);
  for (const door of ['oidc', 'iam', 'slack'] as const) {
    expect(await decided(broker, id, { type: 'approve', by: { ...DAVID, door } })).toBe('own-request');
  }
});

describe('an attempt to approve an own request', () => {
  const attempts = ({ store, clock }: Broker) =>
    gathered(store.attemptsBetween({ from: clock(), until: after(clock(), minutes(1)) }));

  test('is refused and remembered, once a minute', async () => {
    const broker = testBroker();
    const id = await asked(broker);
    const command = { type: 'approve', by: DAVID } as const;
    expect([await decided(broker, id, command), await decided(broker, id, command)]).toEqual([
      'own-request',
      'own-request',
    ]);
    expect(await attempts(broker)).toEqual([{ elevation: id, by: DAVID, at: broker.clock() }]);
  });

  test('is refused also where it cannot be remembered', async () => {
    const { store, ...rest } = testBroker();
    const broker: Broker = {
      ...rest,
      store: {
        ...store,
        recordAttempt: async () => {
          throw new Error('The table does not answer.');
        },
      },
    };
    const id = await asked(broker);
    expect(await decided(broker, id, { type: 'approve', by: DAVID })).toBe('own-request');
    expect(rest.logged.some((line) => line.includes('attempt-not-recorded'))).toBe(true);
  });

  test('what others approve, or the requester denies, is none', async () => {
    const broker = testBroker();
    const id = await asked(broker);
    await decided(broker, id, { type: 'deny', by: DAVID });
    await decided(broker, id, { type: 'approve', by: RUTH });
    expect(await attempts(broker)).toEqual([]);
  });
});
