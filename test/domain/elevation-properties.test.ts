import fc from 'fast-check';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { decide } from '../../shared/domain/decide.ts';
import { type Elevation, standingAt } from '../../shared/domain/elevation.ts';
import type { Hash } from '../../shared/domain/hash.ts';
import { replay } from '../../shared/domain/history.ts';
import { evolve } from '../../shared/domain/transition.ts';
import { frozen } from './edits.ts';
import { eventsOf, type Life, life, lifeNeeding } from './lives.ts';
import { codeOf, type Recorded, type Step } from './record.ts';

/** Checks every life; the seed of one that breaks the rule is printed. */
function always(check: (life: Life) => void, lives = life, run: fc.Parameters<[Life]> = {}): void {
  fc.assert(fc.property(lives, check), { numRuns: 500, ...run });
}

function isMade(step: Step, type: string): boolean {
  return eventsOf(step).some((event) => event.type === type);
}

function issuesOf({ elevation }: Recorded): readonly { readonly n: number }[] {
  return 'issues' in elevation ? elevation.issues : [];
}

/** No step at which the elevation already stands so makes an event of that type. */
function never(type: string, standings: readonly string[]): (life: Life) => void {
  return ({ steps }) => {
    for (const step of steps.filter((one) => isMade(one, type))) {
      expect(standings).not.toContain(standingAt(step.before.elevation, step.now).state);
    }
  };
}

test('theLivesAreRich: every state and most refusals are among the random lives', () => {
  const seen = new Set<string>();
  const look = ({ steps }: Life) => {
    for (const step of steps) {
      seen.add(standingAt(step.after.elevation, step.now).state);
      seen.add(codeOf(step));
    }
  };
  always(look, life, { seed: 1, numRuns: 2000 });
  const states = ['pending', 'denied', 'withdrawn', 'lapsed', 'approved', 'returned', 'revoked', 'ended'];
  const refusals = ['own-request', 'not-an-approver', 'not-the-requester', 'wrong-state', 'digest-mismatch'];
  const others = ['step-up-required', 'no-longer-allowed', 'issue-intended'];
  expect([...states, ...refusals, ...others].filter((one) => !seen.has(one))).toEqual([]);
});

test('noSelfApproval: no approval, denial or revocation is ever by the requester', () => {
  always(({ last: { history, elevation } }) => {
    const decisions = history.filter(({ event }) => ['approved', 'denied', 'revoked'].includes(event.type));
    for (const { event } of decisions) expect(event.by.person).not.toBe(elevation.request.person);
  });
});

test('onePersonCountsOnce: approvals are by different people, and as many as were asked for', () => {
  always(({ last: { elevation } }) => {
    const people = elevation.approvals.map(({ by }) => by.person);
    const needed = elevation.request.requirements.approval?.count ?? 0;
    expect(new Set(people).size).toBe(people.length);
    if ('window' in elevation) expect(people).toHaveLength(needed);
    else expect(people.length).toBeLessThan(needed);
  });
});

test('endedNeverIssues: after the window nothing is issued', () => {
  always(never('issue-intended', ['ended']), lifeNeeding([0]));
  always(({ steps }) => {
    for (const { after, now } of steps.filter((step) => isMade(step, 'issue-intended'))) {
      const { elevation } = after;
      if (!('window' in elevation)) throw new Error('Issued without a window.');
      expect(now).toBeGreaterThanOrEqual(elevation.window.from);
      expect(now).toBeLessThanOrEqual(elevation.window.until);
    }
  });
});

test('returnedNeverIssues: what was given back issues nothing', () => {
  always(never('issue-intended', ['returned']), lifeNeeding([0]));
});

test('revokedNeverIssues: what was revoked issues nothing', () => {
  always(never('issue-intended', ['revoked']), lifeNeeding([1]));
});

test('unapprovedNeverIssues: what waits, lapsed, or was denied or withdrawn issues nothing', () => {
  always(never('issue-intended', ['pending', 'lapsed', 'denied', 'withdrawn']));
});

test('lapsedNeverApproved: a request that nobody decided in time is approved and denied by nobody', () => {
  always(never('approved', ['lapsed']), lifeNeeding([1, 2]));
  always(never('denied', ['lapsed']), lifeNeeding([1, 2]));
});

test('deniedIsFinal: what was denied, withdrawn, returned or revoked stays so, whatever follows', () => {
  always(({ steps }) => {
    for (const { before, after } of steps) {
      if (before.elevation.state !== 'pending' && before.elevation.state !== 'approved')
        expect(after).toBe(before);
    }
  });
});

test('windowNeverGrows: it is set once, for the duration asked, and never moved', () => {
  always(({ steps }) => {
    for (const { before, after } of steps) {
      if (!('window' in after.elevation)) continue;
      const { window, request } = after.elevation;
      expect(window.until - window.from).toBe(request.duration * 60_000);
      expect(window.from % 1000).toBe(0);
      if ('window' in before.elevation) expect(window).toEqual(before.elevation.window);
    }
  });
});

test('issuesAreNumberedWithoutGaps: 1, 2, 3, …, each once', () => {
  always(
    ({ last }) => {
      const numbers = issuesOf(last).map(({ n }) => n);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    },
    lifeNeeding([0]),
  );
});

test('requestNeverChanges: neither it nor its digest is touched by anything that follows', () => {
  always(({ first, last }) => {
    expect(last.elevation.request).toEqual(first.elevation.request);
    expect(last.elevation.digest).toBe(first.elevation.digest);
  });
});

test('replayOfHistoryEqualsState: the history alone gives the state', () => {
  always(({ last }) => expect(replay(last.history, sha256)).toEqual(last.elevation));
});

test('everyEventOfDecideCanFollow: what a decision makes, the state takes', () => {
  always(({ steps }) => {
    for (const step of steps) {
      const folded = eventsOf(step).reduce<Elevation | undefined>(
        (elevation, event) => evolve(elevation, event, sha256),
        step.before.elevation,
      );
      expect(folded).toEqual(step.after.elevation);
    }
  });
});

test('repeatedDecisionAnswersAlike: the same decision by the same person again makes nothing and is no refusal', () => {
  always(({ steps }) => {
    for (const step of steps.filter((one) => eventsOf(one).length > 0 && one.command.type !== 'issue')) {
      const again = decide(step.after.elevation, step.command, { access: step.access, now: step.now });
      expect(again).toEqual({ value: [] });
    }
  });
});

test('refusalsChangeNothing: a refused command leaves the record as it was', () => {
  always(({ steps }) => {
    for (const { outcome, before, after } of steps) if ('refusal' in outcome) expect(after).toBe(before);
  });
});

test('decideIsPure: the same input gives the same output, and no input is touched', () => {
  const check = ({ steps }: Life) => {
    for (const { before, command, access, now, outcome } of steps) {
      const known = structuredClone(access);
      expect(decide(frozen(before.elevation), frozen(command), frozen({ access, now }))).toEqual(outcome);
      expect(access).toEqual(known);
    }
  };
  always(check, life, { numRuns: 100 });
});

test('everyEventTellsItsMoment: who did it and when are those of the command', () => {
  always(({ steps }) => {
    for (const step of steps) {
      for (const event of eventsOf(step)) expect(event).toMatchObject({ by: step.command.by, at: step.now });
    }
  });
});

test('approvalsBearTheDigest: an approval or denial that names another digest is refused', () => {
  const other = '0'.repeat(64) as Hash;
  always(({ last }) => {
    for (const { digest } of last.elevation.approvals) expect(digest).toBe(last.elevation.digest);
    for (const { event } of last.history) if ('digest' in event) expect(event.digest).not.toBe(other);
  });
});
