import { kept } from '../../../shared/adapters/secrets/kept.ts';
import { instant } from '../../../shared/domain/instant.ts';

const MINUTE = 60_000;

/** A source that counts its readings, and a clock that the test sets. */
function source() {
  let now = 0;
  let readings = 0;
  let isDown = false;
  const stale: unknown[] = [];
  const value = kept(
    async () => {
      readings += 1;
      if (isDown) throw new Error('The source is down.');
      return `value ${readings}`;
    },
    () => instant(now),
    (error) => stale.push(error),
  );
  return {
    ...{ value, stale },
    readings: () => readings,
    at: (time: number) => {
      now = time;
    },
    goDown: () => {
      isDown = true;
    },
    comeBack: () => {
      isDown = false;
    },
  };
}

test('those who ask at the same time share one reading', async () => {
  const { value, readings } = source();
  expect(await Promise.all([value(), value(), value()])).toEqual(['value 1', 'value 1', 'value 1']);
  expect(readings()).toBe(1);
});

test.each([
  [5 * MINUTE - 1, 'value 1'],
  [5 * MINUTE, 'value 2'],
])('%d ms after it was read, a value is %s', async (later, expected) => {
  const { value, at } = source();
  await value();
  at(later);
  expect(await value()).toBe(expected);
});

test('a value that cannot be read is thrown, and read again at the next call', async () => {
  const { value, goDown, comeBack, readings } = source();
  goDown();
  await expect(value()).rejects.toThrow('The source is down.');
  comeBack();
  expect(await value()).toBe('value 2');
  expect(readings()).toBe(2);
});

test('a value that cannot be read again goes on for less than an hour, and that is told', async () => {
  const { value, goDown, at, stale } = source();
  await value();
  goDown();
  at(60 * MINUTE - 1);
  expect(await value()).toBe('value 1');
  expect(stale).toEqual([new Error('The source is down.')]);
  at(61 * MINUTE);
  await expect(value()).rejects.toThrow('The source is down.');
});

test('a source that is down is asked twice a minute and no more often', async () => {
  const { value, goDown, at, readings } = source();
  await value();
  goDown();
  at(5 * MINUTE);
  await value();
  at(5 * MINUTE + 29_999);
  await value();
  expect(readings()).toBe(2);
  at(5 * MINUTE + 30_000);
  await value();
  expect(readings()).toBe(3);
});

test('a source that is back is used from the next reading on', async () => {
  const { value, goDown, comeBack, at } = source();
  await value();
  goDown();
  at(5 * MINUTE);
  await value();
  comeBack();
  at(6 * MINUTE);
  expect(await value()).toBe('value 3');
});
