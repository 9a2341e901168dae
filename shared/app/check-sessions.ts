import { minutes } from '../domain/duration.ts';
import { before, type Instant, instant } from '../domain/instant.ts';
import type { Finding, FindingCode } from '../domain/trail/finding.ts';
import { completeAt } from '../domain/trail/lateness.ts';
import { findingsOf } from '../domain/trail/out-of-band.ts';
import type { Alarms } from '../ports/alarms.ts';
import type { CheckMark } from '../ports/check-mark.ts';
import type { Clock } from '../ports/clock.ts';
import { elevationsOf, type StoryReader, storiesOf } from './elevation-stories.ts';

/** What the check works with. */
export type SessionChecker = StoryReader & {
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly mark: CheckMark;
};

/** What the first check looks at: the check runs this often. */
const FIRST = minutes(15);

/** What was missed for longer is left to the report. */
const LONGEST_MISSED = minutes(24 * 60);

/** What cannot be said of one event alone. */
const CHECKED: ReadonlySet<FindingCode> = new Set(['issue-not-in-trail', 'unexplained-session']);

/**
 * Alarms for what only the whole of a session shows: credentials that were issued and are in no trail, and calls by
 * sessions that came from none of ours. Looks at the moments that have become complete since the last check that went
 * to its end; the report looks at all. NB. The mark is set last: a crash before that raises an alarm twice, and loses none.
 */
export async function checkSessions(checker: SessionChecker): Promise<readonly Finding[]> {
  const now = checker.clock();
  const until = completeAt(now);
  const checked = (await checker.mark.read()) ?? before(until, FIRST);
  const from = instant(Math.max(checked, before(until, LONGEST_MISSED)));
  if (from >= until) return [];
  const findings: Finding[] = [];
  for await (const story of storiesOf(checker, elevationsOf(checker, { from, until: now }), now)) {
    if ('damaged' in story) continue; // reading it has been logged as an error
    findings.push(...findingsOf(story, until).filter((finding) => isDue(finding, from, until)));
  }
  if (findings.length > 0) await checker.alarms.raise(findings);
  await checker.mark.write(until);
  return findings;
}

function isDue({ code, at }: Finding, from: Instant, until: Instant): boolean {
  return CHECKED.has(code) && at >= from && at < until;
}
