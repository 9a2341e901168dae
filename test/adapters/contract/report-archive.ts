import { instant } from '../../../shared/domain/instant.ts';
import { type ReportId, reportIdOf } from '../../../shared/domain/report/order.ts';
import type { ReportArchive, ReportFile } from '../../../shared/ports/report-archive.ts';
import { NOW } from '../../domain/story.ts';

/** The report on so many days before the morning of the story. */
export function reportOf(daysBefore: number): ReportId {
  const until = instant(NOW - daysBefore * 86_400_000);
  return reportIdOf({ from: instant(until - 86_400_000), until });
}

/** A file whose body says what it is. */
export function reportFile(name: string, body = `the body of ${name}: „Größe“`): ReportFile {
  return { name, body, mediaType: name.endsWith('.json') ? 'application/json' : 'text/html; charset=utf-8' };
}

/** What every archive must do. */
export function describeReportArchive(name: string, archiveOf: () => ReportArchive): void {
  const files = ['report.html', 'manifest.json'].map((one) => reportFile(one));

  describe(`the archive of reports ${name}`, () => {
    test('reads what was put, and nothing else', async () => {
      const archive = archiveOf();
      await archive.put(reportOf(1), files);
      expect(await archive.read(reportOf(1), 'report.html')).toBe('the body of report.html: „Größe“');
      expect(await archive.read(reportOf(1), 'report.json')).toBeUndefined();
      expect(await archive.read(reportOf(2), 'report.html')).toBeUndefined();
    });

    test('a report that is made again takes the place of the one before', async () => {
      const archive = archiveOf();
      await archive.put(reportOf(1), files);
      await archive.put(reportOf(1), [reportFile('report.html', 'again')]);
      expect(await archive.read(reportOf(1), 'report.html')).toBe('again');
      expect(await archive.list()).toEqual([reportOf(1)]);
    });

    test('lists reports, the latest period first', async () => {
      const archive = archiveOf();
      for (const days of [2, 1, 40, 3]) await archive.put(reportOf(days), files);
      expect(await archive.list()).toEqual([1, 2, 3, 40].map(reportOf));
    });

    test('has a link for each file that is asked for, and they differ', async () => {
      const archive = archiveOf();
      await archive.put(reportOf(1), files);
      const links = await archive.linksTo(reportOf(1), ['report.html', 'manifest.json'], 300);
      expect(Object.keys(links)).toEqual(['report.html', 'manifest.json']);
      expect(new Set(Object.values(links)).size).toBe(2);
    });
  });
}
