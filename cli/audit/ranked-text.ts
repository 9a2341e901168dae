import { formatSeconds } from '../../shared/domain/instant.ts';
import type { Mark, Ranked } from '../../shared/domain/survey/ranking.ts';
import {
  isDeniedOnly,
  type MfaSeen,
  type SurveyedBorrower,
  type SurveyedRole,
} from '../../shared/domain/survey/survey.ts';
import { LEVELS, type LevelledAction, type Unseen } from '../../shared/domain/survey/unseen.ts';
import { printable, styled, type Terminal } from '../terminal.ts';
import { counted, fitted, grouped, labelled } from '../words.ts';

type Look = Pick<Terminal, 'colours' | 'columns'>;

/** How many names a line gives before it counts the rest. */
const MOST_NAMES = 4;

const LABEL = 13;

/** A ranked role in full. */
export function rankedLines(
  { arn, score, power, rarity, people, role }: Ranked & { readonly role: SurveyedRole },
  place: number,
  unseen: Unseen | undefined,
  look: Look,
): readonly string[] {
  const line: Line = (label, text) => labelled(`     ${label.padEnd(LABEL)}`, printable(text), look.columns);
  return [
    '',
    styled(look, 'cyan', fitted(`${String(place).padStart(3)}. ${printable(arn)}`, look.columns)),
    ...line('score', `${score} of 9`),
    ...line('power', markText(power)),
    ...line('rare use', markText(rarity)),
    ...line('few people', markText(people)),
    ...line('use', useText(role)),
    ...(role.borrowers.length > 0 ? line('borrowed by', borrowersText(role)) : []),
    ...lines(line, 'used', levelTexts(role.actions.filter(({ allowed }) => allowed > 0))),
    ...deniedText(role).flatMap((text) => line('denied only', text)),
    ...(unseen === undefined ? [] : unseenLines(unseen, line)),
  ];
}

function markText({ mark, because }: Mark): string {
  return `${'●'.repeat(mark)}${'○'.repeat(3 - mark)}  ${because}`;
}

function useText({ calls, denied, sessions, first, last }: SurveyedRole): string {
  if (first === undefined || last === undefined) return 'no call by any session of it: perhaps it can go';
  const when = `${formatSeconds(first).slice(0, 10)} to ${formatSeconds(last).slice(0, 10)}`;
  return `${counted(calls, 'call')} (${denied} denied) in ${counted(sessions, 'session')}, ${when}`;
}

function borrowersText({ borrowers, moreBorrowers, assumed }: SurveyedRole): string {
  const letIn = borrowers.filter(({ allowed }) => allowed > 0);
  const rest = letIn.length - MOST_NAMES + moreBorrowers;
  const names = letIn.length === 0 ? ['nobody'] : letIn.slice(0, MOST_NAMES).map(borrowerText);
  const tries = assumed.denied > 0 ? `; ${counted(assumed.denied, 'attempt')} denied` : '';
  return `${names.join(', ')}${rest > 0 ? ` and ${grouped(rest)} more` : ''}${tries}`;
}

function borrowerText({ name, allowed, mfa }: SurveyedBorrower): string {
  return `${name.replace(/^arn:[\w-]+:(iam|sts)::/, '')} ${allowed}× (${mfaText(mfa)})`;
}

/** `MFA`, `no MFA` or `MFA not told`, each with how often where it was not always so. */
function mfaText({ seen, notSeen, notTold }: MfaSeen): string {
  const parts = [
    { text: 'MFA', count: seen },
    { text: 'no MFA', count: notSeen },
    { text: 'MFA not told', count: notTold },
  ].filter(({ count }) => count > 0);
  return parts.length === 1
    ? parts.map(({ text }) => text).join()
    : parts.map(({ text, count }) => `${text} ${grouped(count)}×`).join(', ');
}

function deniedText({ actions }: SurveyedRole): readonly string[] {
  const denied = actions.filter(isDeniedOnly);
  return denied.length === 0 ? [] : [namesText(denied.map(({ action }) => action))];
}

/** A label and the text after it, as lines. */
type Line = (label: string, text: string) => readonly string[];

/** The label stands at the first of the texts. */
function lines(line: Line, label: string, texts: readonly string[]): readonly string[] {
  return texts.flatMap((text, index) => line(index === 0 ? label : '', text));
}

function unseenLines(
  { granted, used, notSeen, notObservable, unexpanded }: Unseen,
  line: Line,
): readonly string[] {
  return [
    ...line('granted', `${counted(granted, 'action')}, ${grouped(used)} of them used`),
    ...lines(line, 'never seen', levelTexts(notSeen)),
    ...lines(line, 'cannot tell', levelTexts(notObservable)),
    ...(unexpanded.length > 0 ? line('and also', `whatever ${namesText(unexpanded)} stands for`) : []),
  ];
}

/** Actions by level, the strongest first: 2 Write (s3:PutObject, sqs:SendMessage). */
function levelTexts(actions: readonly LevelledAction[]): readonly string[] {
  return [...LEVELS, undefined].flatMap((level) => {
    const names = actions.filter((one) => one.level === level).map(({ action }) => action);
    return names.length === 0
      ? []
      : [`${grouped(names.length)} ${level ?? 'of unknown level'} ${whichText(names)}`];
  });
}

/** Of many, the services tell more than the first names. */
function whichText(names: readonly string[]): string {
  const services = new Set(names.map((name) => name.slice(0, name.indexOf(':'))));
  const isMany = names.length > MOST_NAMES * 10 && services.size > MOST_NAMES;
  return isMany ? `in ${grouped(services.size)} services` : `(${namesText(names)})`;
}

function namesText(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${rest > 0 ? ` and ${grouped(rest)} more` : ''}`;
}
