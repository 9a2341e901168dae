import { highlightsOf } from '../../shared/report/highlights.ts';
import { slackSummary } from '../../shared/report/slack-summary.ts';
import { blocksOf, formattedOf, shown } from '../slack/cards/shown.ts';
import { aReport } from './a-report.ts';
import { busyReport, hostileReports } from './busy-report.ts';

test('the summary says the week in words and numbers, and the three things that matter most', () => {
  const said = shown(slackSummary(aReport()));
  for (const { sentence } of highlightsOf(aReport()).slice(0, 3)) expect(said).toContain(sentence);
  expect(said).toContain('# Access report, 16 Nov 2026 to 22 Nov 2026');
  expect(said).toContain('5 people asked 16 times for a role');
  expect(said).toContain('Asked: 16');
  expect(said).toContain('11 more in the report.');
});

test('the notification says the worst', () => {
  expect(slackSummary(aReport()).text).toBe(
    'Access report, 16 Nov 2026 to 22 Nov 2026. 5 events on update-app did not come through Drawbridge.',
  );
});

test.each(
  [...hostileReports, ['10,000 elevations', busyReport(10_000)] as const].map(
    ([text, report]) => [text.slice(0, 40), report] as const,
  ),
)('Slack takes the summary of a report with %j, and formats nothing that somebody wrote', (_text, report) => {
  const summary = slackSummary(report);
  expect(blocksOf(summary).length).toBeLessThanOrEqual(50);
  for (const text of formattedOf(summary)) expect(text).not.toMatch(/[<>]/);
});
