import type { Report } from '../domain/report/report.ts';
import { openGaps } from './blind-spots.ts';
import { counted, grouped, listed, times, was, withinWords } from './words.ts';

/** The report in a paragraph of plain words, made from its numbers alone. */
export function summaryWords(report: Report): string {
  return [asking(report), using(report), needing(report), around(report)]
    .filter((sentence) => sentence !== undefined)
    .join(' ');
}

function asking({ totals }: Report): string {
  if (totals.asked === 0) return 'Nobody asked for a role.';
  const { asked, approved, denied, people, timeToApprove: waited } = totals;
  const outcome =
    denied === 0
      ? `${grouped(approved)} ${was(approved)} approved`
      : `${grouped(approved)} ${was(approved)} approved and ${grouped(denied)} denied`;
  const wait = waited && ` ${waitWords(waited)}`;
  return `${capital(counted(people, 'person', 'people'))} asked ${times(asked)} for a role: ${outcome}.${wait ?? ''}`;
}

function waitWords({ p50, count }: NonNullable<Report['totals']['timeToApprove']>): string {
  if (count === 1) return `The one that needed somebody’s approval got it ${withinWords(p50)}.`;
  return `Of the ${grouped(count)} that needed somebody’s approval, half got it ${withinWords(p50)}.`;
}

function using({ totals }: Report): string | undefined {
  const { sessions, sessionsNeverUsed, events } = totals;
  if (sessions === 0) return undefined;
  const unused = sessionsNeverUsed > 0 ? ` (${grouped(sessionsNeverUsed)} never used)` : '';
  const calls = events.allowed + events.denied + events.unknown;
  const denied = events.denied > 0 ? `, ${grouped(events.denied)} of them denied` : '';
  return `${capital(counted(sessions, 'set'))} of credentials ${was(sessions)} issued${unused}, and the trail shows ${counted(calls, 'call')} made with them${denied}.`;
}

function needing({ roles }: Report): string | undefined {
  const granted = roles.flatMap(({ permissions }) => permissions.filter((permission) => permission.granted));
  if (granted.length === 0) return undefined;
  const used = granted.filter(({ seen }) => seen.as === 'used').length;
  const unseen = granted.filter(({ seen }) => seen.as === 'not-observable').length;
  const blind = unseen > 0 ? `; of ${grouped(unseen)} nobody can tell` : '';
  return `Of ${counted(granted.length, 'permission')} that ${counted(roles.length, 'role')} ${roles.length === 1 ? 'grants' : 'grant'}, ${grouped(used)} ${was(used)} used${blind}.`;
}

function around({ outOfBand, gaps, period }: Report): string {
  const found =
    outOfBand.length === 0
      ? 'Nothing was seen to go round Drawbridge'
      : `${capital(counted(outOfBand.length, 'event'))} did not go as agreed`;
  const missing = gaps.filter((gap) => !openGaps([gap], period).includes(gap));
  const accounts = [...new Set(missing.map(({ account }) => account))].sort();
  const blind =
    accounts.length === 0
      ? ''
      : `; but the trail of ${listed(accounts)} has gaps, so that more may have happened`;
  return `${found}${blind}.`;
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
