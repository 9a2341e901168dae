import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { parseReport, reportJson } from '../../shared/report/json.ts';
import { filesOfManifest } from '../../shared/report/manifest.ts';
import { reportFiles } from '../../shared/report/report-files.ts';
import { reportJsonSchema } from '../../shared/report/schema.ts';
import { aReport } from './a-report.ts';
import { busyReport } from './busy-report.ts';

test('a report is the files that people, spreadsheets and programs read, with the manifest last', () => {
  expect([...reportFiles(aReport(), sha256)].map(({ name }) => name)).toEqual([
    'report.json',
    'elevations.csv',
    'permissions.csv',
    'out-of-band.csv',
    'changes.csv',
    'standing-access.csv',
    'report.html',
    'manifest.json',
  ]);
});

test('the same report gives the same bytes', () => {
  expect([...reportFiles(structuredClone(aReport()), sha256)]).toEqual([...reportFiles(aReport(), sha256)]);
});

test('the manifest has the SHA-256 of every other file', () => {
  const files = [...reportFiles(aReport(), sha256)];
  const manifest = files.at(-1)?.body ?? '';
  expect(filesOfManifest(manifest)).toEqual(
    files.slice(0, -1).map(({ name, body }) => ({ name, sha256: sha256(body) })),
  );
});

test.each([
  ['no JSON', '{'],
  ['another JSON', '{"format":1}'],
  [
    'one that leads out of the folder',
    JSON.stringify({ format: 1, files: [{ name: '../a.csv', sha256: sha256('') }] }),
  ],
])('%s is no manifest', (_what, text) => {
  expect(filesOfManifest(text)).toBeUndefined();
});

test('what is read back from report.json is the report', () => {
  expect(parseReport(reportJson(aReport()))).toEqual(aReport());
});

test('report.json has times as RFC 3339 and lengths of time as ISO 8601', () => {
  const json: unknown = JSON.parse(reportJson(aReport()));
  expect(json).toMatchObject({
    period: { from: '2026-11-16T00:00:00.000Z' },
    totals: { timeToApprove: { p50: 'PT270S', p95: 'PT4920.500S' } },
  });
});

test.each([
  ['no JSON', (json: string) => json.slice(1)],
  ['another format', (json: string) => json.replace('"format": 1', '"format": 2')],
  ['a day that is not', (json: string) => json.replace('2026-11-16T00', '2026-02-30T00')],
  ['a person that cannot be', (json: string) => json.replace('"person": "ruth"', '"person": "Ruth Example"')],
])('%s is no report', (_what, spoil) => {
  expect(parseReport(spoil(reportJson(aReport())))).toBeUndefined();
});

test('report.json fits its published schema, and the schema is the one that is published', () => {
  const published: unknown = JSON.parse(readFileSync('docs/report.schema.json', 'utf8'));
  expect(published).toEqual(reportJsonSchema());
  const schema = z.fromJSONSchema(published as Parameters<typeof z.fromJSONSchema>[0]);
  expect(schema.safeParse(JSON.parse(reportJson(aReport()))).error).toBeUndefined();
});

test('a report on 10,000 elevations has all of them in its tables, and a page that stays small', () => {
  const files = new Map([...reportFiles(busyReport(10_000), sha256)].map(({ name, body }) => [name, body]));
  expect(files.get('elevations.csv')?.split('\r\n')).toHaveLength(10_002);
  const page = files.get('report.html') ?? '';
  expect(page.length).toBeLessThan(3_000_000);
  expect(page).toContain('The first 200 of 10,000 rows');
});
