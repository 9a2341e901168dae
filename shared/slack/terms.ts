import type { AllowRule, WeeklyHours } from '../domain/access.ts';
import { formatDuration } from '../domain/duration.ts';
import { requirementsOf } from '../domain/evaluation.ts';
import { requirementWords } from './cards/requirement-words.ts';

/** What a rule will require, a line each: said before anything is sent. */
export function termsOf(rule: AllowRule): readonly string[] {
  return [
    `Up to ${formatDuration(rule.longest)}, by rule ${rule.name}`,
    `Required: ${requirementWords(requirementsOf(rule)).join('; ')}`,
    ...(rule.mfa === undefined ? [] : ['Slack cannot prove MFA: you get the exact call to finish with']),
    ...(rule.ticket === undefined ? [] : [`A ticket of the form ${rule.ticket}`]),
    ...(rule.reasonMin > 0 ? [`A reason of at least ${rule.reasonMin} characters`] : []),
    ...(rule.hours === undefined ? [] : [`Only ${hoursInWords(rule.hours)}`]),
    ...(rule.scope === undefined ? [] : ['The rule narrows what the role may do']),
  ];
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function hoursInWords({ days, from, to, timeZone }: WeeklyHours): string {
  const named = days.map((day) => DAYS[day - 1]).join(', ');
  return `${named} from ${clockTime(from)} to ${clockTime(to)} (${timeZone})`;
}

function clockTime(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
