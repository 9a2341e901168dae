import { minutes } from '../../../shared/domain/duration.ts';
import { after } from '../../../shared/domain/instant.ts';
import type { Observation } from '../../../shared/domain/trail/observation.ts';
import { at, hash } from '../values.ts';
import {
  COMPLETE,
  did,
  evidence,
  idOf,
  PERIOD,
  policies,
  reportOf,
  roleIn,
  seen,
  seenAs,
  story,
  UPDATE_APP_ARN,
} from './world.ts';

const ASKED = at('2026-11-24T09:00:00Z');
const when = (minute: number) => after(ASKED, minutes(minute));
const MANAGED = 'arn:aws:iam::999999999999:policy/Deploy';

/** Somebody who came through no elevation. */
const MALLORY = { type: 'AssumedRole', roleArn: UPDATE_APP_ARN, principalId: 'AROAUPDATEAPPEXAMPLE:mallory' };
const ADMIN = { type: 'IAMUser', arn: 'arn:aws:iam::999999999999:user/Admin' };

function edit(id: string, more: Partial<Observation> = {}): Observation {
  return seen(id, when(30), {
    ...{ source: 'iam.amazonaws.com', name: 'PutRolePolicy', actions: ['iam:PutRolePolicy'], actor: ADMIN },
    changed: { of: 'role', arn: UPDATE_APP_ARN, what: 'inline-policy', policy: 'more' },
    ...more,
  });
}

test('a session that came round the side is one finding, however much it did, and what it did is used', () => {
  const strays = [5, 3, 4].map((minute) => seen(`stray-${minute}`, when(minute), { actor: MALLORY }));
  const report = reportOf([], [evidence({ strays })]);
  expect(report.outOfBand).toEqual([
    expect.objectContaining({ code: 'foreign-session', at: when(3), role: 'update-app', eventId: 'stray-3' }),
  ]);
  expect(report.outOfBand[0]?.detail).toMatch(/2 more such calls until 2026-11-24T09:05:00Z/);
  expect(roleIn(report).permissions.find(({ action }) => action === 's3:GetObject')?.seen).toMatchObject({
    ...{ as: 'used', allowed: 3, people: 0 },
  });
});

describe('whoever takes the name of an elevation', () => {
  const ours = did(1, 'get', when(8));
  const imitator = (id: string, roleArn: string, more: Partial<Observation> = {}) => {
    const principalId = 'AROAMALLORYSEXAMPLE:mallory';
    return did(1, id, when(9), { actor: { ...ours.actor, roleArn, principalId }, ...more });
  };
  const elsewhere = 'arn:aws:iam::111111111111:role/Mallorys';

  test('is found, and makes it look neither busier nor used', () => {
    const usage = [imitator('one', elsewhere), imitator('two', elsewhere)];
    const report = reportOf([story(1, 'returned', { usage })]);
    expect(report.outOfBand).toMatchObject([{ code: 'unexplained-session', elevation: idOf(1) }]);
    expect(report.elevations).toMatchObject([
      { events: { allowed: 0, denied: 0, unknown: 0 }, sessionsNeverUsed: 1 },
    ]);
    expect(report.totals).toMatchObject({ approvedNeverUsed: 1, events: { allowed: 0 } });
  });

  test('is found also in a later period than the elevation’s', () => {
    const usage = [imitator('late', elsewhere, { at: after(PERIOD.until, minutes(60)) })];
    const later = { from: PERIOD.until, until: at('2026-12-07T00:00:00Z') };
    const report = reportOf([story(1, 'returned', { usage })], [], {
      ...{ period: later, completeUntil: later.until },
    });
    expect(report.outOfBand).toContainEqual(expect.objectContaining({ code: 'unexplained-session' }));
  });

  test('and uses its very role has used it, as nobody whom we know', () => {
    const report = reportOf([story(1, 'returned', { usage: [ours, imitator('one', UPDATE_APP_ARN)] })]);
    expect(seenAs(report, 's3:GetObject')).toBe('used');
    const used = roleIn(report).permissions.find(({ action }) => action === 's3:GetObject');
    expect(used?.seen).toMatchObject({ allowed: 2, people: 1 });
  });
});

test('use after the end of an elevation is out of band, under its role', () => {
  const late = story(1, 'returned', { usage: [did(1, 'late', when(70))] });
  expect(reportOf([late]).outOfBand).toContainEqual(
    expect.objectContaining({ code: 'use-after-end', elevation: idOf(1), role: 'update-app' }),
  );
});

test('an edit of a role by others is a change, and out of band', () => {
  const report = reportOf([], [evidence({ strays: [edit('edit')] })]);
  expect(report.changes).toEqual([
    {
      ...{ of: 'role', at: when(30), about: UPDATE_APP_ARN, what: 'inline-policy more' },
      ...{ by: ADMIN.arn, outcome: 'allowed', eventId: 'edit' },
    },
  ]);
  expect(report.outOfBand).toEqual([expect.objectContaining({ code: 'role-changed', eventId: 'edit' })]);
});

test('an edit of an attached managed policy is a change, said once for all roles that have it', () => {
  const change = edit('version', { changed: { of: 'policy', arn: MANAGED, what: 'policy-version' } });
  const attached = { ...policies([]), attached: [{ name: MANAGED, document: { statements: [] } }] };
  const one = evidence({ policies: { value: attached }, policyChanges: [change] });
  const report = reportOf([], [one, { ...one, arn: 'arn:aws:iam::999999999999:role/logs/ReadLogs' }]);
  expect(report.changes.map(({ of }) => of)).toEqual(['policy']);
  expect(report.outOfBand).toEqual([expect.objectContaining({ code: 'role-changed', about: MANAGED })]);
});

test('a call that is kept under its elevation and under the role it changes is one use', () => {
  const edits = did(1, 'edit', when(8), {
    actions: ['iam:GetRole'],
    changed: { of: 'role', arn: UPDATE_APP_ARN, what: 'trust' },
  });
  const report = reportOf([story(1, 'issued', { usage: [edits] })], [evidence({ strays: [edits] })]);
  expect(roleIn(report).permissions.find(({ action }) => action === 'iam:GetRole')?.seen).toMatchObject({
    allowed: 1,
  });
});

describe('a session that the issuer begins', () => {
  const first = story(1, 'issued');
  const strays = first.usage.filter(({ assumed }) => assumed !== undefined);

  test('for an elevation is kept under the role too, and nothing is wrong with it', () => {
    expect(reportOf([first], [evidence({ strays })]).outOfBand).toEqual([]);
  });

  test('in the name of an elevation that there is not is found', () => {
    expect(reportOf([], [evidence({ strays })]).outOfBand).toMatchObject([
      { code: 'false-name', about: UPDATE_APP_ARN, eventId: 'issue-1' },
    ]);
  });

  test('in the name of one whose record is damaged is not called false: nobody knows', () => {
    expect(reportOf([], [evidence({ strays })], {}, [idOf(1)]).outOfBand).toEqual([]);
    expect(reportOf([], [evidence({ strays })], {}, [idOf(2)]).outOfBand).toHaveLength(1);
  });
});

test('what happened outside of the period is in neither list', () => {
  const strays = [edit('before', { at: at('2026-11-22T23:59:59Z') }), edit('after', { at: PERIOD.until })];
  expect(reportOf([], [evidence({ strays })])).toMatchObject({ changes: [], outOfBand: [] });
});

test('findings and changes come newest first', () => {
  const strays = [1, 3, 2].map((minute) => edit(`edit-${minute}`, { at: when(minute) }));
  const { changes, outOfBand } = reportOf([], [evidence({ strays })]);
  expect(changes.map((line) => line.at)).toEqual([3, 2, 1].map(when));
  expect(outOfBand.map((line) => line.at)).toEqual([3, 2, 1].map(when));
});

test('a version of the access file is a change when an elevation of the period is the first to record it', () => {
  const old = story(1, 'waiting', { askedAt: at('2026-11-22T12:00:00Z') });
  const changed = story(2, 'waiting');
  const request = { ...changed.elevation.request, accessVersion: hash('b') };
  const report = reportOf([
    old,
    { ...changed, elevation: { ...changed.elevation, request } },
    story(3, 'waiting'),
  ]);
  expect(report.changes).toEqual([{ of: 'access-file', at: ASKED, version: hash('b') }]);
});

const LATER = { from: PERIOD.until, until: at('2026-12-07T00:00:00Z') };

test('an elevation of the report before is opened again where events have come since', () => {
  const first = story(1, 'returned', { usage: [did(1, 'get', when(8))] });
  const previous = reportOf([first]);
  const more = story(1, 'returned', { usage: [did(1, 'get', when(8)), did(1, 'late', when(9))] });
  const now = { period: LATER, previous, completeUntil: COMPLETE };
  expect(reportOf([more], [], now).reopened).toEqual([{ elevation: idOf(1), events: 3, before: 2 }]);
  expect(reportOf([first], [], now).reopened).toEqual([]);
});

test('what goes on after the end of the report before is not late', () => {
  const askedAt = at('2026-11-29T23:50:00Z');
  const begun = story(1, 'issued', { askedAt });
  const previous = reportOf([begun]);
  const usage = [did(1, 'get', after(askedAt, minutes(12)))];
  const now = { period: LATER, previous, completeUntil: COMPLETE };
  expect(reportOf([story(1, 'issued', { askedAt, usage })], [], now)).toMatchObject({
    ...{ reopened: [], totals: { events: { allowed: 1 } } },
  });
});

test('with a damaged record nothing is called unused, and it is named', () => {
  const { permissions, narrower } = roleIn(reportOf([story(1, 'issued')], [evidence()], {}, [idOf(2)]));
  expect(permissions.map(({ seen: how }) => how)).toContainEqual({
    as: 'not-observable',
    reason: 'record-damaged',
  });
  expect(narrower).toBeUndefined();
  expect(reportOf([], [], {}, [idOf(2)]).damaged).toEqual([idOf(2)]);
  expect(reportOf([]).damaged).toBeUndefined();
});

test('a role that has left the catalog is told as such, by the name it was lent under', () => {
  const one = story(1, 'issued', { usage: [did(1, 'get', when(8))] });
  const gone = 'arn:aws:iam::999999999999:role/Gone';
  const request = { ...one.elevation.request, roleArn: gone };
  const report = reportOf([{ ...one, elevation: { ...one.elevation, request } }]);
  expect(report.roles.find(({ arn }) => arn === gone)).toMatchObject({
    ...{ role: 'update-app', inCatalog: false, policiesUnknown: 'Nobody has read the role.', elevations: 1 },
  });
});

test('where the policies are not known nothing is called unused', () => {
  const one = story(1, 'issued', { usage: [did(1, 'get', when(8))] });
  const report = reportOf(
    [one],
    [evidence({ policies: { unknown: 'AccessDenied: the auditor role is missing.' } })],
  );
  expect(roleIn(report)).toMatchObject({
    policiesUnknown: 'AccessDenied: the auditor role is missing.',
    standing: [],
  });
  expect(roleIn(report).permissions).toEqual([
    expect.objectContaining({ action: 's3:GetObject', granted: true }),
  ]);
  expect(seenAs(report, 's3:PutObject')).toBe('absent');
});
