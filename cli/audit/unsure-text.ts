import { formatSeconds } from '../../shared/domain/instant.ts';
import type { SurveyedAccount } from '../../shared/domain/survey/survey.ts';
import { printable, styled, type Terminal } from '../terminal.ts';
import { counted, labelled } from '../words.ts';
import type { Audit } from './audit.ts';

type Look = Pick<Terminal, 'colours' | 'columns'>;

const MOST_LINES = 10;

/** What the files leave open, so that nobody takes it for unused. */
export function unsureLines(audit: Audit, look: Look): readonly string[] {
  const all = [
    ...unreadable(audit),
    ...audit.policyFaults.slice(0, MOST_LINES),
    ...more(audit.policyFaults.length, 'role'),
    ...withoutPolicies(audit),
    ...silence(audit.survey.accounts),
    ...unseenMfa(audit),
    ...dataEvents(audit),
    ...unmapped(audit),
    ...skipped(audit),
    ...(audit.survey.mayRepeat
      ? ['There are more events than can be told apart: some may be counted twice.']
      : []),
  ];
  if (all.length === 0) return [];
  const lines = all.flatMap((sentence) => labelled('  • ', printable(sentence), look.columns));
  return ['', styled(look, 'bold', 'What these files cannot tell'), ...lines];
}

function unreadable({ files: { unreadable: some, unreadableCount } }: Audit): readonly string[] {
  return [
    ...some.slice(0, MOST_LINES).map(({ path, reason }) => `${path} cannot be read. ${reason}`),
    ...more(unreadableCount, 'file'),
  ];
}

function withoutPolicies({ first, unseen }: Audit): readonly string[] {
  return first.length > 0 && unseen.size === 0
    ? ['What the roles may do is not known, so what they used counts for their power: add --policies.']
    : [];
}

function silence(accounts: readonly SurveyedAccount[]): readonly string[] {
  return accounts
    .filter(({ silentHours }) => silentHours.length > 0)
    .slice(0, MOST_LINES)
    .map(({ account, silentHours: hours }) => {
      const [first] = hours;
      const from = first === undefined ? '' : ` (the first is ${formatSeconds(first)})`;
      return `Account ${account} has no event at all in ${counted(hours.length, 'hour')}${from}: nobody called, or files are missing. \`drawbridge trail verify\` tells which.`;
    });
}

function unseenMfa({ first }: Audit): readonly string[] {
  const isSeenAlways = first.every(({ role }) =>
    role.borrowers.every(({ mfa }) => mfa.notSeen + mfa.notTold === 0),
  );
  return isSeenAlways
    ? []
    : [
        "Whether somebody proved MFA is what AWS saw itself: an identity provider's does not show, and a session begun from a session does not pass it on.",
      ];
}

function dataEvents({ survey }: Audit): readonly string[] {
  return survey.events > 0 && !survey.dataEvents.includes('AWS::S3::Object')
    ? ['There is no data event of S3 in them: reading and writing of objects does not show.']
    : [];
}

function unmapped({ survey: { unmapped: calls } }: Audit): readonly string[] {
  if (calls.named.length === 0) return [];
  const names = calls.named.slice(0, MOST_LINES).map(({ name, count }) => `${name} ${count}×`);
  const rest = calls.named.length - names.length;
  return [`No IAM action is known for ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`];
}

function skipped({ files }: Audit): readonly string[] {
  const counts = Object.entries(files.skipped).map(([reason, count]) => `${count} ${reason}`);
  return counts.length === 0 ? [] : [`Left out, since they are no calls: ${counts.join(', ')}.`];
}

function more(count: number, what: string): readonly string[] {
  return count > MOST_LINES ? [`And ${count - MOST_LINES} more ${what}s like these.`] : [];
}
