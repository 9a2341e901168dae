import { minutes } from '../../../shared/domain/duration.ts';
import { after } from '../../../shared/domain/instant.ts';
import { at } from '../values.ts';
import {
  did,
  evidence,
  PERIOD,
  policies,
  reportOf,
  roleIn,
  seenAs,
  story,
  UPDATE_APP_STATEMENTS,
} from './world.ts';

const ASKED = at('2026-11-24T09:00:00Z');
const when = (minute: number) => after(ASKED, minutes(minute));
const BUCKET = 'arn:aws:s3:::productionapp';

/** David lists the bucket, reads and writes objects, tries what he may not, and gives the role back. */
const DAVID = story(1, 'returned', {
  usage: [
    did(1, 'list', when(7), { name: 'ListObjectsV2', actions: ['s3:ListBucket'], resources: [BUCKET] }),
    did(1, 'get', when(8), { resources: [`${BUCKET}/index.html`] }),
    did(1, 'put', when(9), {
      name: 'PutObject',
      actions: ['s3:PutObject'],
      resources: [`${BUCKET}/index.html`],
    }),
    did(1, 'put-2', when(10), {
      name: 'PutObject',
      actions: ['s3:PutObject'],
      resources: [`${BUCKET}/css/app.css`],
    }),
    did(1, 'instances', when(11), {
      ...{ source: 'ec2.amazonaws.com', name: 'DescribeInstances', actions: ['ec2:DescribeInstances'] },
      ...{ outcome: 'denied', resources: [] },
    }),
    did(1, 'strange', when(12), {
      ...{ source: 'new.amazonaws.com', name: 'Dance', actions: [], mapping: 'unmapped', outcome: 'unknown' },
    }),
  ],
});

const REPORT = reportOf([DAVID]);
const ROLE = roleIn(REPORT);

test('the permissions of UpdateApp that David did not use are named', () => {
  expect(ROLE.narrower?.left).toEqual(['s3:DeleteObject', 's3:GetBucketLocation', 's3:ListAllMyBuckets']);
  expect(ROLE.permissions.map(({ action, granted, seen }) => [action, granted, seen.as])).toEqual([
    ['ec2:DescribeInstances', false, 'denied-only'],
    ['s3:DeleteObject', true, 'not-seen'],
    ['s3:GetBucketLocation', true, 'not-seen'],
    ['s3:GetObject', true, 'used'],
    ['s3:ListAllMyBuckets', true, 'not-seen'],
    ['s3:ListBucket', true, 'used'],
    ['s3:PutObject', true, 'used'],
  ]);
});

test('what was used is told with its times, people and resources', () => {
  expect(ROLE.permissions.find(({ action }) => action === 's3:PutObject')).toEqual({
    ...{ action: 's3:PutObject', level: 'Write', granted: true, conditional: false },
    seen: {
      ...{ as: 'used', first: when(9), last: when(10), people: 1 },
      ...{ allowed: 2, denied: 0, unknown: 0, resources: [`${BUCKET}/*`] },
    },
  });
});

test('the narrower policy is what David needed, and every event was matched against it', () => {
  expect(ROLE.narrower?.policy.Statement).toEqual([
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: [`${BUCKET}/*`] },
    { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [BUCKET] },
  ]);
  expect(ROLE.narrower).toMatchObject({
    ...{ proof: { events: 4, matched: 4 }, actionsBefore: 6, actionsAfter: 3, kept: [] },
  });
  expect(ROLE.narrower?.scope).toContain('s3:PutObject');
});

test('the elevation is told in a line, with its decision and its events', () => {
  expect(REPORT.elevations).toEqual([
    expect.objectContaining({
      ...{ person: 'david', role: 'update-app', state: 'returned', ticket: 'OPS-12', approvedBy: ['ruth'] },
      ...{ mfa: 'amr:hwk', sessions: 1, sessionsNeverUsed: 0, lastUse: when(12), usageEvents: 7 },
      events: { allowed: 4, denied: 1, unknown: 1 },
    }),
  ]);
  expect(ROLE).toMatchObject({ elevations: 1, people: 1, lent: minutes(21) * 60_000, inCatalog: true });
});

test('the numbers add up', () => {
  expect(REPORT.totals).toEqual({
    ...{
      asked: 1,
      approved: 1,
      denied: 0,
      lapsed: 0,
      withdrawn: 0,
      returned: 1,
      revoked: 0,
      cut: 0,
      waiting: 0,
    },
    timeToApprove: { p50: 300_000, p95: 300_000, count: 1 },
    decidedBy: [{ person: 'ruth', approved: 1, denied: 0 }],
    ...{ selfApprovalAttempts: 0, breakGlass: { used: 0, reviewed: 0 } },
    ...{ approvedNeverUsed: 0, sessions: 1, sessionsNeverUsed: 0, people: 1 },
    events: { allowed: 4, denied: 1, unknown: 1 },
  });
});

test('nothing came round the side, and nothing of the trail is missing', () => {
  expect([REPORT.outOfBand, REPORT.gaps, ROLE.standing, REPORT.reopened]).toEqual([[], [], [], []]);
  expect(REPORT.unmapped).toEqual([{ source: 'new.amazonaws.com', name: 'Dance', count: 1 }]);
});

test('before: Development is trusted too, and whoever is there can come all day', () => {
  const before = policies(UPDATE_APP_STATEMENTS, ['arn:aws:iam::111111111111:root']);
  const report = reportOf([DAVID], [evidence({ policies: { value: before } })]);
  expect(roleIn(report).standing).toEqual([{ principal: 'arn:aws:iam::111111111111:root', kind: 'aws' }]);
});

test('a role of the catalog that was never lent has an entry, and no narrower policy is proposed for it', () => {
  const report = reportOf([]);
  expect(roleIn(report)).toMatchObject({ elevations: 0, people: 0, lent: 0 });
  expect(roleIn(report).narrower).toBeUndefined();
  expect(seenAs(report, 's3:PutObject')).toBe('not-seen');
});

test('an elevation of another week is none of this report', () => {
  const old = story(2, 'returned', { askedAt: at('2026-11-22T09:00:00Z') });
  expect(reportOf([old])).toMatchObject({ elevations: [], totals: { asked: 0, sessions: 0 } });
  expect(PERIOD.from).toBe(at('2026-11-23T00:00:00Z'));
});

test('a call that needs one action twice, on two objects of a bucket, is one use of it', () => {
  const copy = did(1, 'copy', when(8), {
    actions: ['s3:GetObject', 's3:GetObject'],
    resources: [`${BUCKET}/a`, `${BUCKET}/b`],
  });
  const { permissions } = roleIn(reportOf([story(1, 'returned', { usage: [copy] })]));
  expect(permissions.find(({ action }) => action === 's3:GetObject')?.seen).toMatchObject({
    as: 'used',
    allowed: 1,
    resources: [`${BUCKET}/*`],
  });
});
