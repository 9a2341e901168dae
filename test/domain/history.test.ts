import fc from 'fast-check';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { digestOf } from '../../shared/domain/digest.ts';
import type { ElevationEvent, History } from '../../shared/domain/events.ts';
import { extended, newestHash, replay } from '../../shared/domain/history.ts';
import { evolve } from '../../shared/domain/transition.ts';
import { another, leafAt, leavesOf, withLeaf } from './edits.ts';
import { life } from './lives.ts';
import { after, asked, requestFor } from './record.ts';
import { caller, NOW } from './story.ts';
import { hash } from './values.ts';

const RUNS = { numRuns: 500 };
const [DAVID, RUTH, ROB] = [caller('david'), caller('ruth'), caller('rob')];

/** The same events, with hashes made anew: what a forger would write who knows how histories are hashed. */
function rehashed(history: History): History {
  const events = history.map(({ event }) => event);
  return extended([], events, sha256);
}

/** Whether nobody takes the history for the true one: it does not replay, or its newest hash is another. */
function isDetected(edited: History, truth: History): boolean {
  try {
    return replay(edited, sha256) === undefined || newestHash(edited) !== newestHash(truth);
  } catch {
    return true; // an edit that leaves no event at all
  }
}

test('hashChainDetectsAnyEdit: one leaf of one event or hash changed', () => {
  fc.assert(
    fc.property(life, fc.nat(), ({ last: { history } }, at) => {
      const leaves = leavesOf(history);
      const path = leaves[at % leaves.length] ?? [];
      const edited = withLeaf(history, path, another(leafAt(history, path)));
      expect(replay(edited, sha256)).toBeUndefined();
    }),
    RUNS,
  );
});

test('hashChainDetectsAnyEdit: one leaf changed and every hash made anew', () => {
  fc.assert(
    fc.property(life, fc.nat(), ({ last: { history } }, at) => {
      const leaves = leavesOf(history).filter(([, part]) => part === 'event');
      const path = leaves[at % leaves.length] ?? [];
      const edited = rehashed(withLeaf(history, path, another(leafAt(history, path))));
      expect(newestHash(edited)).not.toBe(newestHash(history));
    }),
    RUNS,
  );
});

test('hashChainDetectsAnyEdit: a member added to an event', () => {
  fc.assert(
    fc.property(life, fc.nat(), ({ last: { history } }, at) => {
      const edited = withLeaf(history, [at % history.length, 'event', 'comment'], 'Never said.');
      expect(replay(edited, sha256)).toBeUndefined();
      expect(newestHash(rehashed(edited))).not.toBe(newestHash(history));
    }),
    RUNS,
  );
});

test('hashChainDetectsAnyEdit: links left out, repeated or in another order', () => {
  fc.assert(
    fc.property(life, fc.nat(), fc.nat(), ({ last: { history } }, one, other) => {
      const [from, to] = [one % history.length, other % history.length];
      const moved = history.toSpliced(from, 1);
      const [link] = history.slice(from, from + 1);
      if (link === undefined) return;
      expect(isDetected(moved, history)).toBe(true);
      expect(isDetected(rehashed(moved), history)).toBe(true);
      expect(isDetected(history.toSpliced(to, 0, link), history)).toBe(true);
      if (from !== to) expect(isDetected(moved.toSpliced(to, 0, link), history)).toBe(true);
    }),
    RUNS,
  );
});

test('approvalsNeverTransfer: an approval counts for no request that differs in any field', () => {
  const request = requestFor(1, {
    scope: [{ actions: ['s3:GetObject'], resources: ['*'] }],
    narrowedBy: 'requester',
  });
  const approved = after(asked(request), NOW, { type: 'approve', by: RUTH });
  const [, approval] = approved.history.map(({ event }) => event);
  for (const path of leavesOf(request)) {
    const other = withLeaf(request, path, another(leafAt(request, path)));
    const made = {
      type: 'requested',
      by: { ...DAVID, person: other.person },
      at: NOW,
      request: other,
    } as const;
    expect(digestOf(other, sha256)).not.toBe(approved.elevation.digest);
    expect(approval && replay(extended([], [made, approval], sha256), sha256)).toBeUndefined();
  }
  expect(new Set(leavesOf(request).map(([field]) => field))).toEqual(new Set(Object.keys(request)));
});

test('denialsNeverTransfer: nor does a denial end a request that differs', () => {
  const denied = after(asked(requestFor(1)), NOW, { type: 'deny', by: RUTH });
  const [, denial] = denied.history.map(({ event }) => event);
  const other = asked(requestFor(1, { reason: 'Something else altogether' }));
  expect(denial && evolve(other.elevation, denial, sha256)).toBeUndefined();
});

const pending = asked(requestFor(2));
const half = after(pending, NOW, { type: 'approve', by: RUTH });
const open = after(half, NOW, { type: 'approve', by: ROB });
const issued = after(open, NOW, { type: 'issue', by: DAVID });
const { digest } = pending.elevation;
const told = { at: NOW, digest };

test.each<[string, typeof pending, ElevationEvent]>([
  ['an approval by the requester', pending, { type: 'approved', by: DAVID, ...told }],
  [
    'an approval by the requester at another door',
    pending,
    { type: 'approved', by: { ...DAVID, door: 'iam' }, ...told },
  ],
  ['a second approval by the same person', half, { type: 'approved', by: RUTH, ...told }],
  ['an approval of another digest', half, { type: 'approved', by: ROB, at: NOW, digest: hash('0') }],
  ['a denial by the requester', pending, { type: 'denied', by: DAVID, ...told }],
  ['a denial of another digest', pending, { type: 'denied', by: ROB, at: NOW, digest: hash('0') }],
  ['a withdrawal by somebody else', pending, { type: 'withdrawn', by: RUTH, at: NOW }],
  ['an issue of what waits', half, { type: 'issue-intended', by: DAVID, at: NOW, n: 1 }],
  ['a return of what waits', pending, { type: 'returned', by: DAVID, at: NOW }],
  ['a revocation of what waits', pending, { type: 'revoked', by: RUTH, at: NOW }],
  ['an issue to somebody else', open, { type: 'issue-intended', by: RUTH, at: NOW, n: 1 }],
  ['an issue that leaves a number out', open, { type: 'issue-intended', by: DAVID, at: NOW, n: 2 }],
  ['an issue of number 0', open, { type: 'issue-intended', by: DAVID, at: NOW, n: 0 }],
  ['an issue of the same number again', issued, { type: 'issue-intended', by: DAVID, at: NOW, n: 1 }],
  ['a return by somebody else', open, { type: 'returned', by: RUTH, at: NOW }],
  ['a revocation by the requester', open, { type: 'revoked', by: DAVID, at: NOW }],
  ['an approval of what is open', open, { type: 'approved', by: caller('ada'), ...told }],
  ['a denial of what is open', open, { type: 'denied', by: RUTH, ...told }],
  ['a withdrawal of what is open', open, { type: 'withdrawn', by: DAVID, at: NOW }],
  ['a second request', pending, { type: 'requested', by: DAVID, at: NOW, request: requestFor(0) }],
])('%s cannot follow', (_title, { elevation }, event) => {
  expect(evolve(elevation, event, sha256)).toBeUndefined();
});

test('a request in the name of somebody else cannot begin a history', () => {
  const event = { type: 'requested', by: RUTH, at: NOW, request: requestFor(0) } as const;
  expect(evolve(undefined, event, sha256)).toBeUndefined();
});

test('what is no event follows on nothing', () => {
  const unknown = { type: 'extended', by: DAVID, at: NOW } as unknown as ElevationEvent;
  for (const { elevation } of [pending, half, open, issued]) {
    expect(evolve(elevation, unknown, sha256)).toBeUndefined();
  }
  expect(evolve(undefined, unknown, sha256)).toBeUndefined();
});

test('nothing but a request begins a history', () => {
  expect(evolve(undefined, { type: 'revoked', by: RUTH, at: NOW }, sha256)).toBeUndefined();
  expect(replay([], sha256)).toBeUndefined();
  expect(() => newestHash([])).toThrow(TypeError);
});

test.each([
  ['denied', after(pending, NOW, { type: 'deny', by: RUTH })],
  ['withdrawn', after(pending, NOW, { type: 'withdraw', by: DAVID })],
  ['returned', after(open, NOW, { type: 'return', by: DAVID })],
  ['revoked', after(open, NOW, { type: 'revoke', by: RUTH })],
])('nothing follows on %s', (state, { elevation }) => {
  const events: readonly ElevationEvent[] = [
    { type: 'approved', by: ROB, ...told },
    { type: 'denied', by: ROB, ...told },
    { type: 'withdrawn', by: DAVID, at: NOW },
    { type: 'returned', by: DAVID, at: NOW },
    { type: 'revoked', by: ROB, at: NOW },
    { type: 'issue-intended', by: DAVID, at: NOW, n: 1 },
  ];
  expect(elevation.state).toBe(state);
  for (const event of events) expect(evolve(elevation, event, sha256)).toBeUndefined();
});
