import { type AllowRule, type ApprovalRequirement, formatMember, type WeeklyHours } from '../access.ts';
import { formatDuration } from '../duration.ts';
import type { Scope } from '../scope.ts';

/** In the order of ISO 8601, which counts Monday as 1. */
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The rule as an entry of the access file's `rules`, in YAML. */
export function ruleText(rule: AllowRule): string {
  const lines = [
    `name: ${scalar(rule.name)}`,
    `allow: ${list(rule.who.map(formatMember))}`,
    `roles: ${list([...rule.roles])}`,
    `for: ${formatDuration(rule.longest)}`,
    `reason: { min: ${rule.reasonMin} }`,
    ...(rule.ticket === undefined ? [] : [`ticket: ${quoted(rule.ticket)}`]),
    ...(rule.hours === undefined ? [] : [`hours: ${hoursText(rule.hours)}`]),
    ...(rule.mfa === undefined
      ? []
      : [`mfa: { within: ${formatDuration(rule.mfa.within)}, each: ${rule.mfa.each} }`]),
    ...(rule.approval === undefined
      ? []
      : [`approval: ${approvalText(rule.approval, rule.mfa !== undefined)}`]),
    ...(rule.scope === undefined ? [] : ['scope:', ...scopeLines(rule.scope)]),
  ];
  return lines.map((line, at) => `${at === 0 ? '  - ' : '    '}${line}\n`).join('');
}

function hoursText({ days, from, to, timeZone }: WeeklyHours): string {
  const names = days.map((day) => DAYS[day - 1] ?? '');
  return `{ days: ${list(names)}, from: "${timeText(from)}", to: "${timeText(to)}", zone: ${quoted(timeZone)} }`;
}

function timeText(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** NB. Where nothing is said, the approver's MFA must be as recent as the requester's. */
function approvalText({ by, count, within, mfaWithin }: ApprovalRequirement, isMfaOfRule: boolean): string {
  const none = isMfaOfRule ? ', mfa: none' : '';
  const mfa = mfaWithin === undefined ? none : `, mfa: ${formatDuration(mfaWithin)}`;
  return `{ by: ${list(by.map(formatMember))}, count: ${count}, within: ${formatDuration(within)}${mfa} }`;
}

function scopeLines(scope: Scope): readonly string[] {
  return scope.flatMap(({ actions, resources }) => [
    `  - actions: [${actions.map(quoted).join(', ')}]`,
    `    resources: [${resources.map(quoted).join(', ')}]`,
  ]);
}

function list(texts: readonly string[]): string {
  return `[${texts.map(scalar).join(', ')}]`;
}

/** Names and members stand as they are, unless YAML takes them for something else. */
function scalar(text: string): string {
  const isPlain = /^[a-z][a-z0-9._-]*(:[a-z0-9._-]+)?$/.test(text);
  return isPlain && !['true', 'false', 'null'].includes(text) ? text : quoted(text);
}

/** JSON's strings are YAML's too. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
