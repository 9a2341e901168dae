import type { Sha256 } from '../domain/hash.ts';
import type { Report } from '../domain/report/report.ts';
import type { ReportFile } from '../ports/report-archive.ts';
import { reportPage } from './html/page.ts';
import { reportJson } from './json.ts';
import { manifestOf } from './manifest.ts';
import { csvTables } from './tables.ts';

/** A report as files: for programs, for spreadsheets and for people, and the manifest with their hashes last. */
export function reportFiles(report: Report, sha256: Sha256): readonly ReportFile[] {
  const tables = Object.entries(csvTables(report)).map(([name, body]) => ({
    ...{ name, body },
    mediaType: 'text/csv; charset=utf-8; header=present',
  }));
  const files: readonly ReportFile[] = [
    { name: 'report.json', mediaType: 'application/json', body: reportJson(report) },
    ...tables,
    { name: 'report.html', mediaType: 'text/html; charset=utf-8', body: reportPage(report, sha256) },
  ];
  return [...files, manifestOf(report.period, files, sha256)];
}
