import fc from 'fast-check';
import { grantsOf } from '../../../shared/domain/policy/grants.ts';
import { policyAllows } from '../../../shared/domain/policy/narrower.ts';
import { matchesResource } from '../../../shared/domain/policy/pattern.ts';
import type { ElevationStory, RoleEvidence } from '../../../shared/domain/report/story.ts';
import type { Observation } from '../../../shared/domain/trail/observation.ts';
import { KNOWN, RESOURCES, roleEvidence, stories } from './arbitraries.ts';
import { CATALOGUE, PERIOD, readLogs, reportOf, roleIn, UPDATE_APP_ARN } from './world.ts';

const RUNS = { numRuns: 60 };

function eventsIn(all: readonly ElevationStory[], evidence: RoleEvidence): readonly Observation[] {
  return [...all.flatMap(({ usage }) => usage), ...evidence.strays].filter(
    ({ at, actor }) => at >= PERIOD.from && at < PERIOD.until && actor.roleArn === UPDATE_APP_ARN,
  );
}

/** Whether the role's policies grant the action on the resource; `*` where the event tells none. */
function isGranted(evidence: RoleEvidence, action: string, resource: string): boolean {
  if (!('value' in evidence.policies)) return false;
  const grant = grantsOf(evidence.policies.value, CATALOGUE).permissions.find((one) => one.action === action);
  return grant?.resources.some((pattern) => matchesResource(pattern, resource)) === true;
}

/** Each allowed call of an action on a resource that the role's policies grant: what no policy may take away. */
function needs(all: readonly ElevationStory[], evidence: RoleEvidence) {
  const allowed = eventsIn(all, evidence).filter(({ outcome }) => outcome === 'allowed');
  const pairs = allowed.flatMap(({ actions, resources }) =>
    actions.flatMap((action) => {
      const takes = KNOWN.find((known) => known.action === action)?.hasResources !== false;
      return (takes && resources.length > 0 ? resources : ['*']).map((resource) => ({ action, resource }));
    }),
  );
  return pairs.filter(({ action, resource }) => isGranted(evidence, action, resource));
}

function reported(all: readonly ElevationStory[], evidence: RoleEvidence) {
  return roleIn(reportOf(all, [evidence, readLogs()]));
}

test('nothing_used_is_called_unused: an action with an allowed call is used, whoever called', () => {
  fc.assert(
    fc.property(stories, roleEvidence, (all, evidence) => {
      const { permissions } = reported(all, evidence);
      for (const { outcome, actions } of eventsIn(all, evidence)) {
        if (outcome !== 'allowed') continue;
        for (const action of actions) {
          expect(permissions.find((one) => one.action === action)?.seen.as).toBe('used');
        }
      }
    }),
    RUNS,
  );
});

test('a_denied_call_is_no_use: without the denied calls the same is used, and the same policy is proposed', () => {
  fc.assert(
    fc.property(stories, roleEvidence, (all, evidence) => {
      const isNotDenied = ({ outcome }: Observation) => outcome !== 'denied';
      const without = all.map((one) => ({ ...one, usage: one.usage.filter(isNotDenied) }));
      const [withThem, withoutThem] = [
        reported(all, evidence),
        reported(without, { ...evidence, strays: evidence.strays.filter(isNotDenied) }),
      ];
      expect(withThem.narrower).toEqual(withoutThem.narrower);
      expect(usedIn(withThem)).toEqual(usedIn(withoutThem));
    }),
    RUNS,
  );
});

function usedIn({ permissions }: ReturnType<typeof roleIn>) {
  return permissions.filter(({ seen }) => seen.as === 'used').map(({ action }) => action);
}

test('narrower_breaks_nothing: every allowed call that the role grants is allowed by the narrower policy', () => {
  let proposed = 0;
  fc.assert(
    fc.property(stories, roleEvidence, (all, evidence) => {
      const { narrower } = reported(all, evidence);
      if (narrower === undefined) return;
      proposed++;
      for (const { action, resource } of needs(all, evidence)) {
        expect([action, resource, policyAllows(narrower.policy, action, resource)]).toEqual([
          action,
          resource,
          true,
        ]);
      }
      expect(narrower.proof.matched).toBe(narrower.proof.events);
    }),
    RUNS,
  );
  expect(proposed).toBeGreaterThan(10);
});

test('narrower_never_grants_more: what the policy allows, the role grants', () => {
  const others = [
    '*',
    'arn:aws:s3:::production',
    'arn:aws:s3:::productionapp/x.html',
    'arn:aws:iam::999999999999:role/x',
  ];
  fc.assert(
    fc.property(stories, roleEvidence, (all, evidence) => {
      const { narrower } = reported(all, evidence);
      if (narrower === undefined) return;
      for (const { action } of KNOWN) {
        for (const resource of [...RESOURCES, ...others]) {
          if (policyAllows(narrower.policy, action, resource)) {
            expect([action, resource, isGranted(evidence, action, resource)]).toEqual([
              action,
              resource,
              true,
            ]);
          }
        }
      }
    }),
    RUNS,
  );
});

test('each granted action is left out, kept, or used: nothing is forgotten', () => {
  fc.assert(
    fc.property(stories, roleEvidence, (all, evidence) => {
      const { narrower, permissions } = reported(all, evidence);
      if (narrower === undefined) return;
      const granted = permissions.filter((one) => one.granted).map(({ action }) => action);
      const inPolicy = new Set(narrower.policy.Statement.flatMap(({ Action }) => Action));
      expect([...inPolicy, ...narrower.left].sort()).toEqual(granted);
      expect([granted.length, inPolicy.size]).toEqual([narrower.actionsBefore, narrower.actionsAfter]);
      for (const action of narrower.kept) expect(inPolicy).toContain(action);
    }),
    RUNS,
  );
});

test('what_is_not_seen_could_have_been: no action is unused where a digest of an hour of lending is missing', () => {
  fc.assert(
    fc.property(stories, roleEvidence, (all, evidence) => {
      const digests = new Set(
        evidence.deliveries.filter(({ kind }) => kind === 'digest').map(({ at }) => hour(at)),
      );
      const lived = all.flatMap(({ sessions }) =>
        sessions.flatMap(({ issuedAt, expiresAt }) => [hour(issuedAt), hour(expiresAt - 1)]),
      );
      const needed = lived.filter((one) => one >= hour(PERIOD.from) && one < hour(PERIOD.until));
      const isWhole = needed.every((one) => [0, 1, 2].every((later) => digests.has(one + later)));
      const { permissions, narrower } = reported(all, evidence);
      if (isWhole) return;
      expect(permissions.filter(({ granted, seen }) => granted && seen.as === 'not-seen')).toEqual([]);
      expect(narrower).toBeUndefined();
    }),
    RUNS,
  );
});

function hour(at: number): number {
  return Math.floor(at / 3_600_000);
}

test('order_does_not_matter: the same input in any order, and delivered twice, gives the same bytes', () => {
  fc.assert(
    fc.property(stories, roleEvidence, fc.func(fc.integer()), (all, evidence, key) => {
      const mixed = <T>(some: readonly T[]) => some.toSorted((one, other) => key(one) - key(other));
      const again = all.map((one) => ({ ...one, usage: mixed([...one.usage, ...one.usage]) }));
      const other = {
        ...evidence,
        strays: mixed([...evidence.strays, ...evidence.strays]),
        deliveries: mixed(evidence.deliveries),
      };
      const text = JSON.stringify(reportOf(all, [evidence, readLogs()]));
      expect(JSON.stringify(reportOf(mixed(again), mixed([readLogs(), other])))).toBe(text);
    }),
    RUNS,
  );
});
