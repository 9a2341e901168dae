import type { IssueComparison, IssuedHere, WhyNotIssued } from '../../shared/app/compare-issues.ts';
import { formatSeconds } from '../../shared/domain/instant.ts';
import { printable, styled, type Terminal } from '../terminal.ts';
import { counted } from '../words.ts';
import type { TrailChecked } from './check.ts';

type Look = Pick<Terminal, 'colours' | 'columns'>;
type NotIssued = IssueComparison['notIssued'][number];

/** How many sessions are printed of each kind; `--json` has the rest. */
const MOST_LINES = 40;

/** A check for people. */
export function checkText({ subject, found }: TrailChecked, look: Look): string {
  const { period, regions, issuerRoleArn } = subject;
  return [
    verdictLine(found, look),
    '',
    `  period      ${formatSeconds(period.from)} to ${formatSeconds(period.until)}`,
    `  issued      ${counted(found.issued, 'session')} by ${printable(subject.table)}`,
    `  recorded    ${counted(found.recorded, 'session')} of ${issuerRoleArn} in ${regions.join(', ')}`,
    ...section('Issued, and not recorded', found.notRecorded.map(missingSentence), look),
    ...section('Recorded, and not issued', found.notIssued.map(strangeSentence), look),
    ...section(
      'Too young to be missed: their events can be on the way',
      found.notYetRecorded.map(({ name, at }) => `${name}, issued at ${formatSeconds(at)}`),
      look,
    ),
    ...section(
      'Nothing is said of elevations whose record is damaged',
      found.damaged.map((id) => id),
      look,
    ),
    ...section('Not read', found.unreadable, look),
    '',
  ].join('\n');
}

function verdictLine(
  { notRecorded, notIssued, damaged, unreadable }: TrailChecked['found'],
  look: Look,
): string {
  if (notRecorded.length + notIssued.length > 0) {
    return styled(look, 'red', "What was issued, and AWS's own record of it, do not agree.");
  }
  return damaged.length + unreadable.length > 0
    ? styled(look, 'yellow', 'Nothing is proved wrong, and not everything could be compared.')
    : styled(
        look,
        'green',
        'Every session that was issued is recorded, and every one that is recorded was issued.',
      );
}

function section(title: string, sentences: readonly string[], look: Look): readonly string[] {
  if (sentences.length === 0) return [];
  const rest = sentences.length - MOST_LINES;
  return [
    '',
    styled(look, 'bold', title),
    ...sentences.slice(0, MOST_LINES).map((sentence) => `  • ${printable(sentence)}`),
    ...(rest > 0 ? [`  and ${rest} more (--json has all)`] : []),
  ];
}

const WHY: Readonly<Record<WhyNotIssued, string>> = {
  'false-name': 'has a name that Drawbridge does not give',
  'no-elevation': 'is named for an elevation that there is not',
  damaged: 'is named for an elevation whose record is damaged',
  'no-intent': 'was never meant by the elevation that it is named for',
  'other-role': 'is of another role than the elevation that it is named for',
  'issued-otherwise': 'has the name of a session that was issued, and is another',
};

/** What is wrong with a session that AWS did not record, in a sentence. */
export function missingSentence({ name, at }: IssuedHere): string {
  return `${name}, issued at ${formatSeconds(at)}, is not in AWS's record: its record here is forged, or STS was asked in another Region.`;
}

/** What is wrong with a session that Drawbridge did not issue, in a sentence. */
export function strangeSentence({ name, at, roleArn, why }: NotIssued): string {
  return `${name} of ${roleArn}, begun at ${formatSeconds(at)}, ${WHY[why]}: somebody else has the issuer's role.`;
}
