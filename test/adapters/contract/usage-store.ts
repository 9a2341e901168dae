import { formatInstant, instant } from '../../../shared/domain/instant.ts';
import type { Observation } from '../../../shared/domain/trail/observation.ts';
import type { Place } from '../../../shared/domain/trail/place.ts';
import type { Delivery, UsageStore } from '../../../shared/ports/usage-store.ts';
import { NOW } from '../../domain/story.ts';
import { at, hash } from '../../domain/values.ts';
import { gathered } from '../../gathered.ts';
import { freshPlace, GET_OBJECT, WHOLE } from './usage.ts';

/** What everything that keeps usage must do. */
export function describeUsageStore(name: string, make: () => Promise<UsageStore>): void {
  describe(name, () => {
    let store: UsageStore;
    beforeAll(async () => {
      store = await make();
    }, 60_000);
    describeObservations(() => store);
    describeDeliveries(() => store);
  });
}

/** Everything under a place. */
export async function allUnder(
  store: UsageStore,
  place: Place,
  between?: Parameters<UsageStore['under']>[1],
): Promise<readonly Observation[]> {
  return gathered(store.under(place, between));
}

function describeObservations(store: () => UsageStore): void {
  const role: Place = { kind: 'role', arn: 'arn:aws:iam::999999999999:role/apps/Deploy' };
  const policy: Place = { kind: 'policy', arn: 'arn:aws:iam::999999999999:policy/Deploy' };

  test.each([
    ['an elevation', freshPlace()],
    ['a role', role],
    ['a managed policy', policy],
    ['the account of a trail', { kind: 'trail', account: '999999999999' } as const],
  ])('what is kept under %s is found there, member for member, and nowhere else', async (_what, under) => {
    const whole = { ...WHOLE, at: instant(NOW + 1) };
    await store().keep([
      { under, observation: GET_OBJECT },
      { under, observation: whole },
    ]);
    expect(await allUnder(store(), under)).toStrictEqual([GET_OBJECT, whole]);
    expect(await allUnder(store(), freshPlace())).toEqual([]);
  });

  test('a change of a trail is found as it was kept', async () => {
    const under: Place = { kind: 'trail', account: '777777777777' };
    const arn = 'arn:aws:cloudtrail:us-east-1:777777777777:trail/main';
    const observation: Observation = { ...GET_OBJECT, changed: { of: 'trail', arn, what: 'trail' } };
    await store().keep([{ under, observation }]);
    expect(await allUnder(store(), under)).toStrictEqual([observation]);
  });

  test('one observation is kept under each place that it is about', async () => {
    const [one, other] = [freshPlace(), freshPlace()];
    await store().keep([one, other].map((under) => ({ under, observation: GET_OBJECT })));
    expect([await allUnder(store(), one), await allUnder(store(), other)]).toEqual([
      [GET_OBJECT],
      [GET_OBJECT],
    ]);
  });

  test('they come in the order of time, whatever the order of keeping', async () => {
    const under = freshPlace();
    const times = [5, 1_000_000, 3, 60_000, 4, 0];
    for (const ms of times)
      await store().keep([{ under, observation: { ...GET_OBJECT, at: instant(NOW + ms) } }]);
    const found = await allUnder(store(), under);
    expect(found.map((one) => one.at - NOW)).toEqual([0, 3, 4, 5, 60_000, 1_000_000]);
  });

  test('a time between begins with its first instant and ends before its last', async () => {
    const under = freshPlace();
    const observations = [0, 1, 2, 3, 4].map((ms) => ({ ...GET_OBJECT, at: instant(NOW + ms) }));
    await store().keep(observations.map((observation) => ({ under, observation })));
    const between = { from: instant(NOW + 1), until: instant(NOW + 3) };
    expect((await allUnder(store(), under, between)).map((one) => one.at - NOW)).toEqual([1, 2]);
  });

  test('a record that was kept is kept, and another is not: another place, time, id or content', async () => {
    const kept = { under: freshPlace(), observation: GET_OBJECT };
    await store().keep([kept]);
    const others = [
      { ...kept, under: freshPlace() },
      ...[{ at: instant(NOW + 1) }, { id: 'another' }, { hash: hash('b') }].map((change) => ({
        ...kept,
        observation: { ...GET_OBJECT, ...change },
      })),
    ];
    expect(await store().isKept(kept)).toBe(true);
    expect(await Promise.all(others.map((other) => store().isKept(other)))).toEqual(others.map(() => false));
  });

  test('one event id with two contents is two observations', async () => {
    const under = freshPlace();
    const corrected = { ...GET_OBJECT, hash: hash('b'), outcome: 'denied' as const };
    await store().keep([
      { under, observation: corrected },
      { under, observation: GET_OBJECT },
    ]);
    expect(await allUnder(store(), under)).toEqual([GET_OBJECT, corrected]);
  });

  test('the same again changes nothing, within a batch and in later ones', async () => {
    const kept = { under: freshPlace(), observation: GET_OBJECT };
    await store().keep([kept, kept, kept]);
    await store().keep([kept]);
    expect(await allUnder(store(), kept.under)).toEqual([GET_OBJECT]);
  });

  test('hundreds at once are all kept, more than a page of 1 MB holds, and none is no mistake', async () => {
    const under = freshPlace();
    const resources = [`arn:aws:s3:::productionapp/${'a'.repeat(4000)}`];
    const observations = Array.from({ length: 333 }, (_, n) => ({ ...GET_OBJECT, id: `e${n}`, resources }));
    await store().keep(observations.map((observation) => ({ under, observation })));
    await store().keep([]);
    expect(await allUnder(store(), under)).toHaveLength(333);
  });
}

function describeDeliveries(store: () => UsageStore): void {
  type Arrived = Extract<Delivery, { readonly kind: 'log' | 'digest' }>;
  const delivery = (time: string, more: Partial<Arrived> = {}): Arrived => ({
    ...{ account: '999999999999', region: 'us-east-1', kind: 'log', at: at(time) },
    ...more,
  });
  const hoursOf = async (account: string, from: string, until: string) => {
    const found = await store().deliveriesOf(account, { from: at(from), until: at(until) });
    return found.map((one) => `${formatInstant(one.at).slice(0, 16)} ${one.region} ${one.kind}`);
  };

  test('files that could not be read are told one by one, and so are those that were read in the end', async () => {
    const { kind: _, ...where } = delivery('2026-11-20T09:05:00Z', { account: '100000000009' });
    const [one, other] = ['one.json.gz', 'other.json.gz'] as const;
    const noted: readonly Delivery[] = [
      { ...where, kind: 'mended', file: one },
      { ...where, kind: 'unread', file: one },
      { ...where, kind: 'unread', file: other },
    ];
    await store().noteDeliveries([...noted, ...noted]);
    const hour = { from: at('2026-11-20T09:00:00Z'), until: at('2026-11-20T10:00:00Z') };
    expect(await store().deliveriesOf('100000000009', hour)).toEqual(
      noted.map((delivery) => ({ ...delivery, at: hour.from })),
    );
  });

  test('files that have arrived are told once for each hour, Region and kind, by the beginning of the hour', async () => {
    const account = '100000000001';
    await store().noteDeliveries([
      delivery('2026-11-20T10:59:00Z', { account }),
      delivery('2026-11-20T09:05:00Z', { account }),
      delivery('2026-11-20T09:55:00Z', { account }),
      delivery('2026-11-20T09:55:00Z', { account, region: 'eu-central-1' }),
      delivery('2026-11-20T09:00:00Z', { account, kind: 'digest' }),
      delivery('2026-11-20T09:30:00Z'),
    ]);
    await store().noteDeliveries([delivery('2026-11-20T09:10:00Z', { account })]);
    expect(await hoursOf(account, '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z')).toEqual([
      '2026-11-20T09:00 eu-central-1 log',
      '2026-11-20T09:00 us-east-1 digest',
      '2026-11-20T09:00 us-east-1 log',
      '2026-11-20T10:00 us-east-1 log',
    ]);
  });

  test('a time between takes the hour in which it begins, and not the one that begins when it ends', async () => {
    const account = '100000000002';
    const hours = ['08', '09', '10', '11'].map((hour) => delivery(`2026-11-20T${hour}:30:00Z`, { account }));
    await store().noteDeliveries(hours);
    expect(await hoursOf(account, '2026-11-20T09:45:00Z', '2026-11-20T11:00:00Z')).toEqual([
      '2026-11-20T09:00 us-east-1 log',
      '2026-11-20T10:00 us-east-1 log',
    ]);
  });

  test('of an account without files nothing is told', async () => {
    expect(await hoursOf('100000000003', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z')).toEqual([]);
  });
}
