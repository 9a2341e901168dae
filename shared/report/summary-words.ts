import type { Report } from '../domain/report/report.ts';
import { counted, grouped, lengthWords, listed } from './words.ts';

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
  const wait = waited && `, half of those that needed somebody’s approval within ${lengthWords(waited.p50)}`;
  return `${capital(counted(people, 'person', 'people'))} asked ${counted(asked, 'time')} for a role: ${outcome}${wait ?? ''}.`;
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

function around({ outOfBand, gaps }: Report): string {
  const found =
    outOfBand.length === 0
      ? 'Nothing was seen to go round Drawbridge'
      : `${capital(counted(outOfBand.length, 'event'))} did not go as agreed`;
  const accounts = [...new Set(gaps.map(({ account }) => account))].sort();
  const blind =
    accounts.length === 0
      ? ''
      : `; but the trail of ${listed(accounts)} has gaps, so that more may have happened`;
  return `${found}${blind}.`;
}

function was(count: number): string {
  return count === 1 ? 'was' : 'were';
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
