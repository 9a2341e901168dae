import { sha256 } from '../../shared/adapters/system/crypto.ts';
import type { Gap, Report } from '../../shared/domain/report/report.ts';
import { blindSpots } from '../../shared/report/blind-spots.ts';
import { highlightsOf } from '../../shared/report/highlights.ts';
import { reportPage } from '../../shared/report/html/page.ts';
import { aReport, at, idOf, permission, role, roleReport } from './a-report.ts';

const SEEN = { gaps: [], damaged: [], roles: [roleReport('app')] } satisfies Partial<Report>;

function gap(kind: Gap['kind'], between?: readonly [from: string, until: string]): Gap {
  const [from, until] = between?.map((time) => at(`2026-11-${time}:00:00.000Z`)) ?? [];
  return {
    ...{ account: '999999999999', kind, roles: [role('update-app')] },
    ...(from === undefined || until === undefined ? {} : { from, until }),
  };
}

test('where everything was seen there is no blind spot', () => {
  expect(blindSpots(aReport(SEEN))).toEqual([]);
});

test.each([
  [
    'no log files',
    { gaps: [gap('no-files')] },
    'No log files came from 999999999999. What was done there is not in this report: its calls, and whoever came round the side. No permission of update-app is called unused.',
  ],
  [
    'no digests',
    { gaps: [gap('no-digest', ['17T02', '17T05']), gap('no-digest', ['18T02', '18T03'])] },
    'Digests are missing in 999999999999, for 3 h at a stretch. Calls of that time may be missing too. No permission of update-app is called unused if the role was lent then.',
  ],
  [
    'no selectors',
    { gaps: [gap('selectors-unknown')] },
    'What the trail of 999999999999 records could not be read. What was not seen there may have happened. No permission of update-app is called unused.',
  ],
  [
    'a changed trail',
    {
      roles: [
        roleReport('app', {
          permissions: [
            permission('s3:GetObject', 'Read', { as: 'not-observable', reason: 'trail-changed' }),
          ],
        }),
      ],
    },
    'A trail was changed in this time or since. What it did not record may have happened. No permission of app is called unused.',
  ],
  [
    'no policies',
    { roles: [roleReport('app', { policiesUnknown: 'It failed.' })] },
    'The policies of app could not be read. What is granted there, and who is trusted, is not known.',
  ],
  [
    'a damaged record',
    { damaged: [idOf(7)] },
    '1 elevation has a damaged record. What was done under it is not counted.',
  ],
])('the page says first which claims are touched by %s', (_what, differing: Partial<Report>, sentence) => {
  const report = aReport({ ...SEEN, ...differing });
  expect(blindSpots(report)).toEqual([sentence]);
  const page = reportPage(report, sha256);
  expect(page.indexOf(sentence)).toBeGreaterThan(0);
  expect(page.indexOf(sentence)).toBeLessThan(page.indexOf('id="summary"'));
});

// The period ends at 2026-11-23T00Z.
test.each([
  ['the last hour', ['22T23', '23T00']],
  ['the last three hours', ['22T21', '23T00']],
  ['hours just before the last, in a report that was made within the last', ['22T20', '22T22']],
] as const)('%s without digests are open, and no reason for alarm', (_what, between) => {
  const report = aReport({ ...SEEN, gaps: [gap('no-digest', between)] });
  expect(blindSpots(report)).toEqual([]);
  expect(highlightsOf(report).filter(({ section }) => section === 'gaps')).toEqual([]);
  expect(reportPage(report, sha256)).toContain('so these hours are still open');
});

test.each([
  ['hours that ended long before', ['22T18', '22T21']],
  ['hours that began long before', ['22T18', '23T00']],
] as const)('%s are a gap', (_what, between) => {
  const report = aReport({ ...SEEN, gaps: [gap('no-digest', between)] });
  expect(blindSpots(report)).toHaveLength(1);
  expect(highlightsOf(report).filter(({ section }) => section === 'gaps')).toHaveLength(1);
});
