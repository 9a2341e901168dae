import { formatSeconds } from '../../shared/domain/instant.ts';
import { hoursOf, type Span } from '../../shared/domain/trail/digest-hours.ts';
import { printable, styled, type Terminal } from '../terminal.ts';
import { counted, grouped } from '../words.ts';
import {
  type ChainVerified,
  isBroken,
  isWhole,
  type TrailFault,
  type TrailVerification,
} from './verification.ts';

type Look = Pick<Terminal, 'colours' | 'columns'>;

/** How many faults and hours are printed; `--json` has the rest. */
const MOST_LINES = 40;

/** A verification for people. */
export function verificationText(found: TrailVerification, look: Look): string {
  return [
    verdictLine(found, look),
    '',
    ...found.chains.flatMap((chain) => chainLines(chain, found.asked, look)),
    ...logLines(found, look),
    ...faultLines(found, look),
    ...(found.tooMany
      ? ['', 'More log files are listed than can be remembered: unlisted ones were not looked for.']
      : []),
    '',
  ].join('\n');
}

function verdictLine(found: TrailVerification, look: Look): string {
  if (found.chains.length === 0) {
    return 'No digest files are there. Nothing is known of the log files: switch on log file validation of the trail.';
  }
  if (isBroken(found)) return styled(look, 'red', 'The trail is not whole.');
  return isWhole(found)
    ? styled(look, 'green', 'The trail is whole: every file is as CloudTrail delivered it.')
    : styled(look, 'yellow', 'Nothing is proved wrong, and not everything is proved.');
}

function chainLines(chain: ChainVerified, asked: TrailVerification['asked'], look: Look): readonly string[] {
  const { account, region, trail, digests, proved, begins, gaps, afterwards } = chain;
  const counts = Object.entries(digests).filter(([kind, count]) => count > 0 || kind === 'valid');
  return [
    styled(
      look,
      'bold',
      `${account}  ${region}  ${printable(trail)}${afterwards ? ', made afterwards' : ''}`,
    ),
    `  digest files   ${counts.map(([kind, count]) => `${count} ${kind.replaceAll('-', ' ')}`).join(', ')}`,
    `  proved         ${proved === undefined ? 'nothing' : spanText(proved)}`,
    ...(begins === undefined || asked.from !== undefined
      ? []
      : ['  begins         after a digest file that is not here: older, or removed']),
    ...(digests.unsigned > 0
      ? ['  unsigned       the newest of a copy: its signature is in the metadata of the object (see --help)']
      : []),
    ...hourLines(gaps, look),
    '',
  ];
}

function hourLines(gaps: readonly Span[], look: Look): readonly string[] {
  const hours = hoursOf(gaps);
  if (hours.length === 0) return [];
  const rest = hours.length - MOST_LINES;
  return [
    styled(
      look,
      'red',
      `  not proved     ${counted(hours.length, 'hour')}, in which nothing can be called unused:`,
    ),
    ...hours.slice(0, MOST_LINES).map((hour) => `                 ${hour}`),
    ...(rest > 0 ? [`                 and ${rest} more (--json has all)`] : []),
  ];
}

function logLines({ logFiles }: TrailVerification, look: Look): readonly string[] {
  const { valid, unproved, ...wrong } = logFiles;
  const counts = Object.entries(wrong).filter(([, count]) => count > 0);
  return [
    [
      `${styled(look, 'bold', 'Log files')}        ${grouped(valid)} valid`,
      ...counts.map(([kind, count]) => styled(look, 'red', `${count} ${kind}`)),
      ...(unproved > 0 ? [`${unproved} not proved`] : []),
    ].join(', '),
  ];
}

function faultLines({ faults, faultCount }: TrailVerification, look: Look): readonly string[] {
  if (faultCount === 0) return [];
  const shown = faults
    .slice(0, MOST_LINES)
    .map((fault) => `  ${styled(look, 'red', '•')} ${printable(sentenceOf(fault))}`);
  const rest = faultCount - shown.length;
  return ['', styled(look, 'bold', 'What is wrong'), ...shown, ...(rest > 0 ? [`  and ${rest} more`] : [])];
}

const VERDICTS: Readonly<Record<Extract<TrailFault, { kind: 'digest' }>['verdict'], string>> = {
  moved: 'says that it was delivered to another place: it was moved, or put in the place of another',
  'signature-false': 'is not what CloudTrail signed: it was altered',
  'key-unknown':
    'is signed with a key that is not among those of its Region: it is forged, or the keys are of another time',
};

const STATES: Readonly<Record<Extract<TrailFault, { kind: 'log' }>['state'], string>> = {
  altered: 'is not what its digest file lists: it was altered',
  missing: 'is listed by a digest file and is not there: it was removed, or was not copied',
  unreadable: 'is no whole gzip file',
  unlisted: 'is listed by no digest file: CloudTrail did not deliver it',
};

/** A fault in a sentence. */
export function sentenceOf(fault: TrailFault): string {
  switch (fault.kind) {
    case 'digest':
      return `${fault.key} ${VERDICTS[fault.verdict]}.`;
    case 'digest-unreadable':
      return `${fault.key} cannot be read. ${fault.detail}`;
    case 'log':
      return `${fault.key} ${STATES[fault.state]}.`;
    case 'chain':
      return breakSentence(fault);
    default:
      return fault satisfies never;
  }
}

function breakSentence({ broken: { kind, at, previous } }: Extract<TrailFault, { kind: 'chain' }>): string {
  switch (kind) {
    case 'restarted':
      return `${at} begins a new chain after ${previous}: validation or logging was off between them, or a digest file was forged.`;
    case 'previous-missing':
      return `${previous} is named by the digest file after it, ${at}, and is not there: it was removed.`;
    case 'previous-differs':
      return `${previous} is not the file that the digest file after it, ${at}, names: one of them was altered.`;
    default:
      return kind satisfies never;
  }
}

function spanText({ from, until }: Span): string {
  return `${formatSeconds(from)} to ${formatSeconds(until)}`;
}
