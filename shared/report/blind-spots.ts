import type { Gap, Period, Report } from '../domain/report/report.ts';
import { counted, lengthWords, listed } from './words.ts';

const HOUR_MS = 3_600_000;

/** The digests of an hour come with the three hours after it, and take a while (shared/domain/report/trail-hours.ts). */
const DIGESTS_BY_MS = 5 * HOUR_MS;

/**
 * The gaps at the end of a period that need not be any: a report that is made right then is made before the digests of
 * its last hours can have come.
 */
export function openGaps(gaps: readonly Gap[], { until }: Period): readonly Gap[] {
  return gaps.filter(
    ({ kind, from, until: end }) =>
      kind === 'no-digest' &&
      from !== undefined &&
      end !== undefined &&
      from >= until - DIGESTS_BY_MS &&
      end >= until - 2 * HOUR_MS,
  );
}

/** What the report cannot see, and which of its claims that touches: a sentence for each. */
export function blindSpots(report: Report): readonly string[] {
  return [
    ...[noFiles(report), noDigests(report), noSelectors(report), changedTrails(report)],
    ...[noPolicies(report), damage(report)],
  ].filter((sentence) => sentence !== undefined);
}

function noFiles({ gaps }: Report): string | undefined {
  const missing = gaps.filter(({ kind }) => kind === 'no-files');
  if (missing.length === 0) return undefined;
  return `No log files came from ${accountsOf(missing)}. What was done there is not in this report: its calls, and whoever came round the side.${unused(missing)}`;
}

function noDigests({ gaps, period }: Report): string | undefined {
  const open = openGaps(gaps, period);
  const missing = gaps.filter((gap) => gap.kind === 'no-digest' && !open.includes(gap));
  if (missing.length === 0) return undefined;
  const long = Math.max(...missing.map(({ from, until }) => (until ?? period.until) - (from ?? period.from)));
  return `Digests are missing in ${accountsOf(missing)}, for ${lengthWords(long)} at a stretch. Calls of that time may be missing too.${unused(missing, ' if the role was lent then')}`;
}

function noSelectors({ gaps }: Report): string | undefined {
  const missing = gaps.filter(({ kind }) => kind === 'selectors-unknown');
  if (missing.length === 0) return undefined;
  return `What the trail of ${accountsOf(missing)} records could not be read. What was not seen there may have happened.${unused(missing)}`;
}

function changedTrails({ roles }: Report): string | undefined {
  const touched = roles.filter(({ permissions }) =>
    permissions.some(({ seen }) => seen.as === 'not-observable' && seen.reason === 'trail-changed'),
  );
  if (touched.length === 0) return undefined;
  const names = listed([...new Set(touched.map(({ role }) => role))].sort());
  return `A trail was changed in this time or since. What it did not record may have happened. No permission of ${names} is called unused.`;
}

function noPolicies({ roles }: Report): string | undefined {
  const unread = roles.filter(({ policiesUnknown }) => policiesUnknown !== undefined);
  if (unread.length === 0) return undefined;
  return `The policies of ${listed(unread.map(({ role }) => role))} could not be read. What is granted there, and who is trusted, is not known.`;
}

function damage({ damaged = [] }: Report): string | undefined {
  if (damaged.length === 0) return undefined;
  return `${counted(damaged.length, 'elevation has a damaged record', 'elevations have damaged records')}. What was done under ${damaged.length === 1 ? 'it' : 'them'} is not counted.`;
}

function unused(missing: readonly Gap[], where = ''): string {
  const roles = [...new Set(missing.flatMap((gap) => gap.roles))].sort();
  return roles.length === 0 ? '' : ` No permission of ${listed(roles)} is called unused${where}.`;
}

function accountsOf(gaps: readonly Gap[]): string {
  return listed([...new Set(gaps.map(({ account }) => account))].sort());
}
