import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { exampleReport } from '../../sandbox/example/report.ts';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { parseReport } from '../../shared/report/json.ts';
import { reportFiles } from '../../shared/report/report-files.ts';

jest.setTimeout(60_000);

const FOLDER = new URL('../../docs/example-report', import.meta.url).pathname;

function checkedIn(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

// Where it differs on purpose: npm run example-report
test('the example report is what the week of the story comes to, byte for byte', async () => {
  const files = await exampleReport();
  expect(readdirSync(FOLDER).sort()).toEqual(files.map(({ name }) => name).sort());
  for (const { name, body } of files) expect({ name, body: checkedIn(name) }).toEqual({ name, body });
});

test('its report.json alone gives all of its files', () => {
  const report = parseReport(checkedIn('report.json'));
  if (report === undefined) throw new Error('docs/example-report/report.json is no report.');
  for (const { name, body } of reportFiles(report, sha256))
    expect({ name, body: checkedIn(name) }).toEqual({ name, body });
});

describe('the example tells', () => {
  const report = parseReport(checkedIn('report.json'));
  const updateApp = report?.roles.find(({ arn }) => arn.endsWith(':role/UpdateApp'));

  test('what UpdateApp grants and nobody used', () => {
    expect(
      updateApp?.permissions.filter(({ seen }) => seen.as === 'not-seen').map(({ action }) => action),
    ).toEqual(['s3:DeleteObject', 's3:GetBucketLocation', 's3:ListBucket', 's3:PutBucketPolicy']);
    expect(updateApp?.narrower?.proof).toEqual({ events: 8, matched: 8 });
  });

  test('how each elevation ended', () => {
    expect(report?.elevations.map(({ state }) => state)).toEqual([
      'returned',
      'denied',
      'ended',
      'revoked',
      'lapsed',
      'ended',
      'withdrawn',
    ]);
    expect(report?.totals).toMatchObject({ approvedNeverUsed: 1, selfApprovalAttempts: 1 });
  });

  test('who came round the side, and what was changed', () => {
    expect(report?.outOfBand.map(({ code, role }) => `${code} ${role}`)).toEqual([
      'role-changed update-app',
      'use-after-cut update-app',
      'foreign-assume-role update-app',
      'foreign-session legacy-update-app',
      'foreign-assume-role legacy-update-app',
    ]);
  });

  test('who has standing access, and that the trail was whole', () => {
    const standing = report?.roles.flatMap(({ role, standing: all }) => all.map((one) => ({ role, ...one })));
    expect(standing).toEqual([
      { role: 'legacy-update-app', principal: 'arn:aws:iam::111111111111:root', kind: 'aws' },
    ]);
    expect(report?.gaps).toEqual([]);
  });
});
