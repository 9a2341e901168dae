import type { Sha256 } from '../domain/hash.ts';
import type { Report } from '../domain/report/report.ts';
import type { ReportFile } from '../ports/report-archive.ts';
import { reportPage } from './html/page.ts';
import { reportJson } from './json.ts';
import { type HashedFile, manifestOf } from './manifest.ts';
import { csvTables } from './tables.ts';

/**
 * A report as files: for programs, for spreadsheets and for people, and the manifest with their hashes last. NB. Each is
 * made when it is asked for, so that the texts of a large report need not be held together.
 */
export function* reportFiles(report: Report, sha256: Sha256): Iterable<ReportFile> {
  const entries: HashedFile[] = [];
  for (const file of bodies(report, sha256)) {
    entries.push({ name: file.name, mediaType: file.mediaType, sha256: sha256(file.body) });
    yield file;
  }
  yield manifestOf(report.period, entries);
}

function* bodies(report: Report, sha256: Sha256): Iterable<ReportFile> {
  yield { name: 'report.json', mediaType: 'application/json', body: reportJson(report) };
  for (const [name, body] of Object.entries(csvTables(report)))
    yield { name, mediaType: 'text/csv; charset=utf-8; header=present', body };
  yield { name: 'report.html', mediaType: 'text/html; charset=utf-8', body: reportPage(report, sha256) };
}
