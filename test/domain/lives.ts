import fc from 'fast-check';
import type { Command } from '../../shared/domain/decide.ts';
import type { ElevationEvent } from '../../shared/domain/events.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { asked, needing, type Recorded, requestFor, type Step, step } from './record.ts';
import { caller, groups, NOW } from './story.ts';
import { hash } from './values.ts';

/** All that happens to an elevation. */
export type Life = { readonly first: Recorded; readonly steps: readonly Step[]; readonly last: Recorded };

const WITHOUT_RUTH = groups({ developers: ['david'], 'release-managers': ['rob'], operators: ['ada'] });

const PEOPLE = ['david', 'david', 'david', 'ruth', 'ruth', 'rob', 'rob', 'ada', 'nina'] as const;
const TYPES = [
  'approve',
  'approve',
  'deny',
  'withdraw',
  'return',
  'revoke',
  'issue',
  'issue',
  'issue',
] as const;
const WAITS = [0, 0, 1, 999, 5_000, 60_000, 900_000, 1_799_999, 3_599_001, 7_200_000] as const;

/** What somebody tries, and how long after what was tried before. */
const attempt = fc.record({
  wait: fc.constantFrom(...WAITS),
  type: fc.constantFrom(...TYPES),
  by: fc.constantFrom(...PEOPLE),
  mfa: fc.constantFrom('fresh', 'fresh', 'fresh', 'absent'),
  comment: fc.constantFrom(undefined, 'Fine.', ''),
  digest: fc.constantFrom(undefined, undefined, 'own', 'other'),
  ruthIsGone: fc.constantFrom(false, false, false, true),
});
type Attempt = typeof attempt extends fc.Arbitrary<infer T> ? T : never;

function commandOf({ type, comment, digest, ...who }: Attempt, record: Recorded, now: Instant): Command {
  const mfa = who.mfa === 'fresh' ? ({ kind: 'token', evidence: 'amr:hwk', at: now } as const) : undefined;
  const by = caller(who.by, { mfa: mfa ?? { kind: 'absent' } });
  const said = comment === undefined ? { by } : { by, comment };
  if (type === 'issue') return { type, by };
  if (digest === undefined || (type !== 'approve' && type !== 'deny')) return { type, ...said };
  return { type, ...said, digest: digest === 'own' ? record.elevation.digest : hash('0') };
}

/** Lives of requests that need so many approvals, whatever people try. */
export function lifeNeeding(counts: readonly number[]): fc.Arbitrary<Life> {
  return fc
    .record({
      count: fc.constantFrom(...counts),
      attempts: fc.array(attempt, { maxLength: 16, size: 'max' }),
    })
    .map(({ count, attempts }) => {
      const first = asked(requestFor(count));
      const access = needing(count);
      let [record, now] = [first, NOW];
      const steps = attempts.map((one) => {
        now = instant(now + one.wait);
        const file = one.ruthIsGone ? { ...access, groups: WITHOUT_RUTH } : access;
        const taken = step(record, commandOf(one, record, now), file, now);
        record = taken.after;
        return taken;
      });
      return { first, steps, last: record };
    });
}

/** Lives of requests that need no approval, one or two. */
export const life = lifeNeeding([0, 1, 1, 2]);

/** The events that a step made, none where it was refused. */
export function eventsOf({ outcome }: Step): readonly ElevationEvent[] {
  return 'value' in outcome ? outcome.value : [];
}
