import type { Caller } from './caller.ts';
import { unmet } from './condition.ts';
import type { Context } from './context.ts';
import { type Approved, type Elevation, standingAt } from './elevation.ts';
import type { ElevationEvent } from './events.ts';
import { approvalCondition, carriedToday, mfaAtIssue } from './redecision.ts';
import { type Outcome, type Refusal, refuse } from './refusal.ts';
import { noLongerAllowed, stepUp, wrongState } from './refusals.ts';

/** Issues under one elevation, so that its record stays small. */
export const MOST_ISSUES = 120;

/** Issues under one elevation within a minute. */
export const MOST_ISSUES_A_MINUTE = 10;

const MINUTE_MILLISECONDS = 60_000;

/** Whether credentials may be issued now: everything is decided again, for each issue. */
export function decideIssue(
  elevation: Elevation,
  by: Caller,
  { access, now }: Context,
): Outcome<readonly ElevationEvent[]> {
  const { request } = elevation;
  if (by.person !== request.person) return refuse(NOT_THE_REQUESTER);
  const standing = standingAt(elevation, now);
  if (standing.state !== 'approved') return refuse(wrongState(standing.state, 'used'));
  const carried = carriedToday(access, request, by, now);
  if (carried.outcome !== 'carried') return refuse(noLongerAllowed(carried));
  const conditions = [...carried.conditions, ...approvalCondition(access, carried.rule, elevation)];
  if (unmet(conditions).length > 0) return refuse(noLongerAllowed({ ...carried, conditions }));
  const mfa = mfaAtIssue(carried.rule, elevation, by, now);
  const bounds = [request.requirements.mfa?.within, carried.rule.mfa?.within];
  if (unmet(mfa).length > 0) return refuse(stepUp(mfa, ...bounds));
  const flood = tooMany(standing, now);
  if (flood !== undefined) return refuse(flood);
  return { value: [{ type: 'issue-intended', by, at: now, n: standing.issues.length + 1 }] };
}

const NOT_THE_REQUESTER: Refusal = {
  code: 'not-the-requester',
  detail: 'Credentials are for the person who asked, and for nobody else.',
};

function tooMany({ issues }: Approved, now: number): Refusal | undefined {
  if (issues.length >= MOST_ISSUES) {
    return {
      code: 'too-many-issues',
      detail: `${MOST_ISSUES} sets of credentials were issued under this elevation: that is the most. Ask again.`,
    };
  }
  const recent = issues.filter(({ at }) => at > now - MINUTE_MILLISECONDS);
  const [oldest] = recent;
  if (oldest === undefined || recent.length < MOST_ISSUES_A_MINUTE) return undefined;
  const retryAfterSeconds = Math.max(1, Math.ceil((oldest.at + MINUTE_MILLISECONDS - now) / 1000));
  return {
    code: 'too-many-issues',
    retryAfterSeconds,
    detail: `Wait ${retryAfterSeconds} s: ${MOST_ISSUES_A_MINUTE} sets of credentials a minute is the most.`,
  };
}
