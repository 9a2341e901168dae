import type { Report, RoleReport } from '../domain/report/report.ts';
import { openGaps } from './blind-spots.ts';
import type { Highlight } from './highlight.ts';
import { counted, listed } from './words.ts';

/** Time and accounts for which the trail cannot vouch. */
export function damagedTrail({ gaps: all, roles, period }: Report): Highlight | undefined {
  const open = openGaps(all, period);
  const gaps = all.filter((gap) => !open.includes(gap));
  const unread = roles.filter(({ policiesUnknown }) => policiesUnknown !== undefined);
  if (gaps.length === 0 && unread.length === 0) return undefined;
  const accounts = [...new Set(gaps.map(({ account }) => account))].sort();
  const blind =
    gaps.length === 0 ? [] : [`the trail has ${counted(gaps.length, 'gap')} in ${listed(accounts)}`];
  const closed =
    unread.length === 0
      ? []
      : [`the policies of ${listed(unread.map(({ role }) => role))} could not be read`];
  return {
    weight: 'look',
    sentence: `Not everything can be seen: ${listed([...blind, ...closed])}. Nothing is called unused there.`,
    next: 'Let the trail of every account deliver log files and digests, and deploy infra/auditor-role.yml where it is missing.',
    section: 'gaps',
  };
}

/** Permissions that can change or give away things, and that nobody used. */
export function unusedPower({ roles }: Report): Highlight | undefined {
  const found = roles
    .map((role) => ({ role: role.role, ...powerLeft(role) }))
    .filter(({ writing, permitting }) => writing + permitting > 0);
  if (found.length === 0) return undefined;
  const permitting = found.reduce((sum, role) => sum + role.permitting, 0);
  const writing = found.reduce((sum, role) => sum + role.writing, 0);
  const kinds = [
    permitting > 0 ? `${counted(permitting, 'permission')} to manage permissions` : '',
    writing > 0 ? `${counted(writing, 'permission')} to write` : '',
  ].filter((words) => words !== '');
  return {
    weight: permitting > 0 ? 'look' : 'note',
    sentence: `Nobody used ${listed(kinds)} of ${listed(found.map(({ role }) => role))}.`,
    next: 'Take them away: paste the narrower policy into the role, or the narrower scope into the access file. Both are with the role.',
    section: 'roles',
  };
}

/** Permissions to read that nobody used. */
export function unusedRest({ roles }: Report): Highlight | undefined {
  const found = roles
    .map((role) => ({ role: role.role, rest: unused(role).length - sum(powerLeft(role)) }))
    .filter(({ rest }) => rest > 0);
  if (found.length === 0) return undefined;
  const count = found.reduce((total, { rest }) => total + rest, 0);
  return {
    weight: 'note',
    sentence: `Nobody used ${counted(count, 'permission')} to read, list or tag of ${listed(found.map(({ role }) => role))}.`,
    next: 'Take them away in the same way; to read can matter as much as to write.',
    section: 'roles',
  };
}

/** The granted permissions of a role that nobody used, though a use would have been seen. */
export function unused({ permissions }: RoleReport): RoleReport['permissions'] {
  return permissions.filter(
    ({ granted, seen }) => granted && (seen.as === 'not-seen' || seen.as === 'denied-only'),
  );
}

function powerLeft(role: RoleReport): { readonly writing: number; readonly permitting: number } {
  const left = unused(role);
  return {
    writing: left.filter(({ level }) => level === 'Write').length,
    permitting: left.filter(({ level }) => level === 'Permissions management').length,
  };
}

function sum({ writing, permitting }: ReturnType<typeof powerLeft>): number {
  return writing + permitting;
}
