import { after } from '../../../shared/domain/instant.ts';
import type { RequestRate } from '../../../shared/ports/request-rate.ts';
import { NOW } from '../../domain/story.ts';
import { duration } from '../../domain/values.ts';
import { freshPerson } from './elevations.ts';

const LATER = after(NOW, duration('1m'));
const MINUTE = { from: NOW, until: LATER };
const NEXT_MINUTE = { from: LATER, until: after(LATER, duration('1m')) };

/** What every counter of requests must do. */
export function describeRequestRate(name: string, makeRate: () => Promise<RequestRate>): void {
  describe(name, () => {
    let rate: RequestRate;
    beforeAll(async () => {
      rate = await makeRate();
    }, 60_000);

    test('of fifty requests at once exactly the limit is counted', async () => {
      const person = freshPerson();
      const counted = await Promise.all(Array.from({ length: 50 }, () => rate.count(person, MINUTE, 20)));
      expect(counted.filter(Boolean)).toHaveLength(20);
      expect(await rate.count(person, MINUTE, 20)).toBe(false);
    });

    test('a refused request does not count', async () => {
      const person = freshPerson();
      for (const limit of [1, 1, 1]) await rate.count(person, MINUTE, limit);
      expect(await rate.count(person, MINUTE, 2)).toBe(true);
      expect(await rate.count(person, MINUTE, 2)).toBe(false);
    });

    test('another window and another person are counted on their own', async () => {
      const [person, other] = [freshPerson(), freshPerson()];
      expect(await rate.count(person, MINUTE, 1)).toBe(true);
      expect(await rate.count(person, MINUTE, 1)).toBe(false);
      expect(await rate.count(person, NEXT_MINUTE, 1)).toBe(true);
      expect(await rate.count(other, MINUTE, 1)).toBe(true);
    });
  });
}
