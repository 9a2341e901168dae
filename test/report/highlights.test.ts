import type { Report } from '../../shared/domain/report/report.ts';
import { highlightsOf } from '../../shared/report/highlights.ts';
import { aReport, at, permission, role, roleReport } from './a-report.ts';

/** A week in which nothing stands out. */
function quiet(differing: Partial<Report> = {}): Report {
  const totals = { ...aReport().totals, approvedNeverUsed: 0, sessionsNeverUsed: 0, selfApprovalAttempts: 0 };
  const { damaged: _damaged, ...report } = aReport();
  return {
    ...report,
    totals: { ...totals, breakGlass: { used: 0, reviewed: 0 } },
    ...{ roles: [], outOfBand: [], changes: [], gaps: [], unmapped: [], reopened: [] },
    ...differing,
  };
}

const sentencesOf = (report: Report) => highlightsOf(report).map(({ sentence }) => sentence);

test('in a quiet week nothing stands out', () => {
  expect(highlightsOf(quiet())).toEqual([]);
});

test('where everything happened, what came round the side comes first and late events last', () => {
  expect(sentencesOf(aReport())).toEqual([
    '5 events on update-app did not come through Drawbridge.',
    'The record of 00000000000000000000000077 is not as sealed: somebody wrote to the table by hand.',
    '3 principals besides Drawbridge can assume break-glass-admin and update-app at any time, without conditions.',
    'update-app went on being used: 1 call after it was given back or revoked and 1 call after its time was up.',
    '1 set of credentials for arn:aws:iam::999999999999:policy/App was issued, and the trail shows no AssumeRole for it.',
    '1 change to the trust or the policies of update-app.',
    'Not everything can be seen: the trail has 3 gaps in 333333333333, 444444444444 and 999999999999 and the policies of break-glass-admin could not be read. Nothing is called unused there.',
    '1 of 2 emergencies still waits for a review.',
    '2 attempts to approve one’s own request were refused.',
    'Nobody used 3 permissions to manage permissions and 3 permissions to write of old-pipeline, read-billing and update-app.',
    '2 principals besides Drawbridge can assume read-billing under conditions.',
    '1 of 12 approved elevations and 5 of 48 sets of credentials were never used.',
    'Nobody used 4 permissions to read, list or tag of old-pipeline, read-billing and update-app.',
    'Events of 1 elevation came after the report before.',
  ]);
});

test.each([
  ['act', { outOfBand: aReport().outOfBand }],
  [
    'act',
    { roles: [roleReport('app', { permissions: [], standing: [{ principal: '*', kind: 'anybody' }] })] },
  ],
  ['look', { gaps: [{ account: '333333333333', kind: 'no-files', roles: [] }] }],
  ['look', { roles: [roleReport('app')] }],
  [
    'note',
    {
      roles: [roleReport('app', { permissions: [permission('s3:PutObject', 'Write', { as: 'not-seen' })] })],
    },
  ],
] as const)('it is said how much a thing matters: %s', (weight, differing) => {
  expect(highlightsOf(quiet(differing))[0]?.weight).toBe(weight);
});

test('a trail that was changed matters most where nothing else did, and is named', () => {
  const about = 'arn:aws:cloudtrail:us-east-1:222222222222:trail/main';
  const found = { code: 'trail-changed', about, detail: '' } as const;
  const outOfBand = ['16T09', '16T10'].map((time) => ({ ...found, at: at(`2026-11-${time}:00:00.000Z`) }));
  expect(highlightsOf(quiet({ outOfBand }))).toMatchObject([
    {
      weight: 'act',
      sentence: `2 changes to ${about}, or attempts at one: what the trail missed is not in this report.`,
    },
  ]);
});

test('what nobody can see is never called unused', () => {
  const unseen = permission('iam:PassRole', 'Write', { as: 'not-observable', reason: 'permission-only' });
  expect(sentencesOf(quiet({ roles: [roleReport('app', { permissions: [unseen] })] }))).toEqual([]);
});

test('of many roles the first are named and the others counted', () => {
  const roles = Array.from({ length: 9 }, (_, n) => roleReport(`role-${n}`, { role: role(`role-${n}`) }));
  expect(sentencesOf(quiet({ roles }))[0]).toContain('of role-0, role-1, role-2 and 6 more.');
});
