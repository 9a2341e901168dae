import type { Attributes } from '../../../shared/adapters/dynamodb/conditional-write.ts';
import {
  deliveryIn,
  deliveryItem,
  usageItem,
  usageReader,
} from '../../../shared/adapters/dynamodb/usage-item.ts';
import type { Place } from '../../../shared/domain/trail/place.ts';
import type { Delivery } from '../../../shared/ports/usage-store.ts';
import { at, elevationId, hash } from '../../domain/values.ts';
import { GET_OBJECT, WHOLE } from '../contract/usage.ts';

const ELEVATION: Place = { kind: 'elevation', id: elevationId('01ARZ3NDEKTSV4RRFFQ69G5FAV') };
const ROLE: Place = { kind: 'role', arn: 'arn:aws:iam::999999999999:role/UpdateApp' };
const AT = at('2026-11-24T09:00:00.250Z');
const OBSERVATION = { ...GET_OBJECT, at: AT, id: 'e1', hash: hash('a') };

test.each([
  [ELEVATION, 'elevation#01ARZ3NDEKTSV4RRFFQ69G5FAV'],
  [ROLE, 'role#arn:aws:iam::999999999999:role/UpdateApp'],
  [
    { kind: 'policy', arn: 'arn:aws:iam::999999999999:policy/P' } as const,
    'policy#arn:aws:iam::999999999999:policy/P',
  ],
])('an observation is stored under its place, time, event id and content: %j', (under, pk) => {
  expect(usageItem({ under, observation: OBSERVATION }, undefined)).toMatchObject({
    pk: { S: pk },
    sk: { S: `2026-11-24T09:00:00.250Z#e1#${'a'.repeat(64)}` },
  });
});

test('an item says when it may go, counted from the event, in whole seconds; without a number of days it stays', () => {
  const kept = { under: ROLE, observation: OBSERVATION };
  expect(usageItem(kept, 10)['expiresAt']).toEqual({ N: String(Date.parse('2026-12-04T09:00:00Z') / 1000) });
  expect(usageItem(kept, undefined)).not.toHaveProperty('expiresAt');
});

test('what was written is read, member for member', () => {
  const observationIn = usageReader(ROLE);
  const other = { ...WHOLE, actor: { ...WHOLE.actor, principalId: 'AROAOTHER:another' } };
  for (const one of [WHOLE, other, WHOLE, { ...WHOLE, id: 'a#b' }]) {
    const observation = { ...one, at: AT };
    expect(observationIn(usageItem({ under: ROLE, observation }, 10))).toStrictEqual(observation);
  }
});

test('of any number of callers each is read as it is', () => {
  const observationIn = usageReader(ROLE);
  const observations = Array.from({ length: 250 }, (_, n) => ({
    ...{ ...OBSERVATION, id: `e${n}` },
    actor: { type: 'AssumedRole', principalId: `AROAEXAMPLE:${n % 125}` },
  }));
  const items = observations.map((observation) => usageItem({ under: ROLE, observation }, 10));
  expect(items.map((item) => observationIn(item))).toStrictEqual(observations);
});

const ITEM = usageItem({ under: ROLE, observation: { ...WHOLE, at: AT } }, 10);
const TEXT = ITEM['observation']?.S ?? '';
const withText = (text: string): Attributes => ({ ...ITEM, observation: { S: text } });
const underKey = (changed: (sk: string) => string): Attributes => ({
  ...ITEM,
  sk: { S: changed(ITEM['sk']?.S ?? '') },
});

describe('an item that is not as it was written is an error that says which, and what to do', () => {
  test.each<[string, Attributes]>([
    ['without what it says', { pk: ITEM['pk'] ?? { S: '' }, sk: ITEM['sk'] ?? { S: '' } }],
    ['of another kind', { ...ITEM, observation: { N: '1' } }],
    ['cut off', withText(TEXT.slice(0, -1))],
    ['with a member more', withText(TEXT.replace('{', '{"more":1,'))],
    ['with a member less', withText(TEXT.replace('"via":"console"', '"ip":"192.0.2.1"'))],
    ['with another outcome than there is', withText(TEXT.replace('"denied"', '"perhaps"'))],
    ['with a number for a text', withText(TEXT.replace('"us-east-1"', '1'))],
    ['without who called', withText(TEXT.split('\n')[0] ?? '')],
    ['with a line more', withText(`${TEXT}\n{}`)],
    ['with a caller of no type', withText(TEXT.replace(/"type":[^}]*}$/, '"more":1}'))],
    ['under a hash that is none', underKey((sk) => sk.replace(/a$/, ''))],
    ['under a hash in capitals', underKey((sk) => sk.toUpperCase())],
    ['under no time', underKey((sk) => sk.replace('2026', 'soon'))],
    ['under a day that there is not', underKey((sk) => sk.replace('-11-24', '-11-31'))],
    ['under a time of another form', underKey((sk) => sk.replace('.250Z', 'Z'))],
    ['under nothing', underKey(() => '')],
  ])('%s', (_what, item) => {
    expect(() => usageReader(ROLE)(item)).toThrow(
      /The item role#.* is not as Drawbridge wrote it.*log files/s,
    );
  });
});

describe('the arrival of files', () => {
  const delivery: Delivery = { account: '999999999999', region: 'us-east-1', kind: 'digest', at: AT };

  test('is an item for its hour, which may go as long after', () => {
    expect(deliveryItem(delivery, 10)).toEqual({
      pk: { S: 'delivery#999999999999' },
      sk: { S: '2026-11-24T09:00:00.000Z#us-east-1#digest' },
      expiresAt: { N: String(Date.parse('2026-12-04T09:00:00Z') / 1000) },
    });
  });

  test('is read as the beginning of the hour', () => {
    const read = deliveryIn(deliveryItem(delivery, 10), '999999999999');
    expect(read).toEqual({ ...delivery, at: at('2026-11-24T09:00:00Z') });
  });

  test.each([
    '2026-11-24T09:00:00.000Z#us-east-1#letter',
    '2026-11-24T09:00:00.000Z#us-east-1',
    '2026-11-24T09:00:00.000Z#us-east-1#log#more',
    'yesterday#us-east-1#log',
    '',
  ])('under a key that does not say so is an error: %j', (sk) => {
    const item = { pk: { S: 'delivery#999999999999' }, sk: { S: sk } };
    expect(() => deliveryIn(item, '999999999999')).toThrow(/not as Drawbridge wrote it/);
  });
});
