import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import type { SeenRequests } from '../../../shared/ports/seen-requests.ts';
import { freshUser, second } from './subjects.ts';

/** What everything that remembers requests must do. */
export function describeSeenRequests(name: string, make: () => Promise<SeenRequests>): void {
  describe(name, () => {
    let seen: SeenRequests;
    beforeAll(async () => {
      seen = await make();
    }, 60_000);
    const freshRequest = () => sha256(`request of ${freshUser().user}`);

    test('a request comes first once, and another one too', async () => {
      const [one, other] = [freshRequest(), freshRequest()];
      expect(await seen.isFirst(one, second(600))).toBe(true);
      expect(await seen.isFirst(one, second(600))).toBe(false);
      expect(await seen.isFirst(one, second(900))).toBe(false);
      expect(await seen.isFirst(other, second(600))).toBe(true);
    });

    test('of twenty at once one is the first', async () => {
      const request = freshRequest();
      const answers = await Promise.all(Array.from({ length: 20 }, () => seen.isFirst(request, second(600))));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });
  });
}
