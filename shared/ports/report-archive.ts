import type { ReportId } from '../domain/report/order.ts';

/** One file of a report. */
export type ReportFile = { readonly name: string; readonly mediaType: string; readonly body: string };

/** Keeps the files of reports. A report that is made again takes the place of the one before, which is kept as an older version. */
export type ReportArchive = {
  /** Stores the files in their order, the manifest last: a report without its manifest is not there yet. */
  put(id: ReportId, files: Iterable<ReportFile>): Promise<void>;
  /** The body of a file; undefined where there is none. */
  read(id: ReportId, name: string): Promise<string | undefined>;
  /** The ids of all reports, the latest period first. */
  list(): Promise<readonly ReportId[]>;
  /** Links under which the files of a report can be read by whoever has them, for so many seconds. */
  linksTo(id: ReportId, names: readonly string[], seconds: number): Promise<Readonly<Record<string, string>>>;
};
