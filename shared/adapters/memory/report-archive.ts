import type { ReportId } from '../../domain/report/order.ts';
import type { ReportArchive, ReportFile } from '../../ports/report-archive.ts';

/** Keeps reports in memory, for tests; held to the same suite as S3. Its links lead nowhere. */
export function memoryReportArchive(): ReportArchive {
  const reports = new Map<ReportId, Map<string, ReportFile>>();
  return {
    async put(id, files) {
      const added = [...files].map((file): [string, ReportFile] => [file.name, file]);
      reports.set(id, new Map([...(reports.get(id) ?? []), ...added])); // as in S3, where the others stay
    },
    async read(id, name) {
      return reports.get(id)?.get(name)?.body;
    },
    async list() {
      return [...reports.keys()].toSorted((one, other) => (one < other ? 1 : -1));
    },
    async linksTo(id, names, seconds) {
      return Object.fromEntries(
        names.map((name) => [name, `https://reports.invalid/${id}/${name}?seconds=${seconds}`]),
      );
    },
  };
}
