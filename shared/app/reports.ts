import type { Access } from '../domain/access.ts';
import type { Caller } from '../domain/caller.ts';
import { mayReadAll } from '../domain/entitlement.ts';
import { type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
import { faultOfPeriod, type ReportId, reportIdOf } from '../domain/report/order.ts';
import type { Period } from '../domain/report/report.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReportArchive } from '../ports/report-archive.ts';
import type { ReportQueue } from '../ports/report-queue.ts';

/** What showing reports works with. */
export type ReportDesk = {
  readonly access: Access;
  readonly clock: Clock;
  readonly archive: Pick<ReportArchive, 'list' | 'read' | 'linksTo'>;
  readonly queue: ReportQueue;
  /** The files that a manifest names; undefined where a text is no manifest. */
  readonly filesOf: (manifest: string) => readonly ManifestEntry[] | undefined;
};

/** A file of a report, with the hash by which it is known. */
export type ManifestEntry = { readonly name: string; readonly sha256: string };

/** A report's files, each with a link under which it can be read for a while. */
export type ReportFiles = readonly (ManifestEntry & { readonly link: string })[];

const NOT_AN_AUDITOR: Refusal = {
  code: 'not-an-auditor',
  detail: 'Reports tell of everybody, so auditors and admins of the access file alone may have them.',
};

const NO_REPORT: Refusal = {
  code: 'not-found',
  detail: 'There is no such report, or not yet: one that was asked for is there within minutes.',
};

/** Names the other files with their hashes; a report without it is not finished. */
const MANIFEST = 'manifest.json';

/** How long links to files can be used. */
const LINK_SECONDS = 300;

/** Hands over the wish for a report; the same wish twice makes the same report twice. */
export async function requestReport(
  { access, clock, queue }: ReportDesk,
  caller: Caller,
  period: Period,
): Promise<Outcome<ReportId>> {
  if (!mayReadAll(access, caller)) return refuse(NOT_AN_AUDITOR);
  const fault = faultOfPeriod(period, clock());
  if (fault !== undefined) {
    const faults = [{ pointer: '/until', detail: fault }];
    return refuse({ code: 'invalid', faults, detail: 'The request has faults; `errors` names each.' });
  }
  await queue.add(period);
  return { value: reportIdOf(period) };
}

/** The reports that there are. */
export async function listReports(
  { access, archive }: ReportDesk,
  caller: Caller,
): Promise<Outcome<readonly ReportId[]>> {
  return mayReadAll(access, caller) ? { value: await archive.list() } : refuse(NOT_AN_AUDITOR);
}

/** The files of a report. */
export async function readReport(
  { access, archive, filesOf }: ReportDesk,
  caller: Caller,
  id: ReportId | undefined,
): Promise<Outcome<ReportFiles>> {
  if (!mayReadAll(access, caller)) return refuse(NOT_AN_AUDITOR);
  const manifest = id && (await archive.read(id, MANIFEST));
  if (id === undefined || manifest === undefined) return refuse(NO_REPORT);
  const files = filesOf(manifest);
  if (files === undefined)
    throw new Error(`The manifest of the report ${id} is none. Make the report again.`);
  const links = await archive.linksTo(
    id,
    files.map(({ name }) => name),
    LINK_SECONDS,
  );
  return { value: files.map((file) => ({ ...file, link: links[file.name] ?? '' })) };
}
