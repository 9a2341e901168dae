import { formatSeconds, type Instant } from '../../shared/domain/instant.ts';
import type { Survey, SurveyedRole } from '../../shared/domain/survey/survey.ts';
import { table } from '../table.ts';
import { printable, styled, type Terminal } from '../terminal.ts';
import { counted, fitted, grouped } from '../words.ts';
import type { Audit } from './audit.ts';
import { rankedLines } from './ranked-text.ts';
import { unsureLines } from './unsure-text.ts';

type Look = Pick<Terminal, 'colours' | 'columns'>;

/** How many roles that are left out of the ranking are listed; `--json` has all. */
const MOST_OTHERS = 20;

/** An audit for people; the first `top` roles are shown in full. */
export function auditText(audit: Audit, top: number, look: Look): string {
  const { survey, first } = audit;
  const shown = first.slice(0, top);
  return [
    ...headLines(audit, look),
    '',
    styled(look, 'bold', 'Put behind Drawbridge first'),
    ...(shown.length === 0 ? ['  No role that people use is in these files.'] : []),
    ...shown.flatMap((ranked, index) => rankedLines(ranked, index + 1, audit.unseen.get(ranked.arn), look)),
    ...(first.length > top ? [`  and ${first.length - top} more (--top ${first.length} shows them)`] : []),
    ...othersLines(survey, look),
    ...unsureLines(audit, look),
    '',
  ].join('\n');
}

function headLines({ survey, files }: Audit, look: Look): readonly string[] {
  const { period, accounts, regions, events, repeated, roles } = survey;
  const numbers = [
    counted(events, 'event'),
    counted(files.read, 'file'),
    counted(accounts.length, 'account'),
    counted(regions.length, 'Region'),
    counted(roles.length, 'role'),
  ];
  return [
    styled(look, 'bold', fitted(numbers.join('  ·  '), look.columns)),
    period === undefined
      ? 'There is no event in them.'
      : `${minutes(period.from)} to ${minutes(period.until)} UTC`,
    ...(repeated > 0
      ? [`${counted(repeated, 'record')} of calls that had been counted already: left out`]
      : []),
  ];
}

function othersLines({ roles }: Survey, look: Look): readonly string[] {
  const others = roles
    .filter(({ kind }) => kind === 'workload' || kind === 'service-linked')
    .toSorted((one, other) => other.calls - one.calls);
  if (others.length === 0) return [];
  const rows = others.slice(0, MOST_OTHERS).map(otherRow);
  const rest = others.length - rows.length;
  return [
    '',
    styled(look, 'bold', 'Roles of services and workloads, which nobody borrows'),
    ...table(
      [['role', 'for', 'calls', 'denied', 'last'], ...rows],
      ['start', 'start', 'end', 'end', 'start'],
      look.columns,
    ),
    ...(rest > 0 ? [`  and ${rest} more (--json has all)`] : []),
  ];
}

function otherRow({ arn, kind, borrowers, calls, denied, last }: SurveyedRole): readonly string[] {
  const [borrower] = borrowers;
  return [
    printable(arn.replace(/^arn:[\w-]+:iam::/, '')),
    kind === 'service-linked' ? 'AWS itself' : printable(borrower?.name ?? 'instances or services'),
    grouped(calls),
    grouped(denied),
    last === undefined ? 'no call' : formatSeconds(last).slice(0, 10),
  ];
}

function minutes(at: Instant): string {
  return formatSeconds(at).slice(0, 16).replace('T', ' ');
}
