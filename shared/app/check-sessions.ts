import { minutes } from '../domain/duration.ts';
import { before, type Instant } from '../domain/instant.ts';
import type { Finding, FindingCode } from '../domain/trail/finding.ts';
import { completeAt } from '../domain/trail/lateness.ts';
import { findingsOf } from '../domain/trail/out-of-band.ts';
import type { Alarms } from '../ports/alarms.ts';
import type { Clock } from '../ports/clock.ts';
import { elevationsOf, type StoryReader, storiesOf } from './elevation-stories.ts';

/** What the check works with. */
export type SessionChecker = StoryReader & { readonly clock: Clock; readonly alarms: Alarms };

/** The check runs this often; each moment is looked at once, and once more where the schedule doubles a run. */
const EVERY = minutes(15);

/** What cannot be said of one event alone. */
const CHECKED: ReadonlySet<FindingCode> = new Set(['issue-not-in-trail', 'unexplained-session']);

/**
 * Alarms for what only the whole of a session shows: credentials that were issued and are in no trail, and calls by
 * sessions that came from none of ours. Looks at the moments that have just become complete; the report looks at all.
 */
export async function checkSessions(checker: SessionChecker): Promise<readonly Finding[]> {
  const now = checker.clock();
  const until = completeAt(now);
  const from = before(until, EVERY);
  const findings: Finding[] = [];
  for await (const story of storiesOf(checker, elevationsOf(checker, { from, until: now }), now)) {
    if ('damaged' in story) continue; // reading it has been logged as an error
    findings.push(...findingsOf(story, until).filter((finding) => isDue(finding, from, until)));
  }
  if (findings.length > 0) await checker.alarms.raise(findings);
  return findings;
}

function isDue({ code, at }: Finding, from: Instant, until: Instant): boolean {
  return CHECKED.has(code) && at >= from && at < until;
}
