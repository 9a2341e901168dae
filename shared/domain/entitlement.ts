import { type Access, type AllowRule, isAmong, type Member, parseMember } from './access.ts';
import type { Caller } from './caller.ts';
import type { Request } from './elevation.ts';
import type { Handle } from './names.ts';

/** Somebody with the groups that their token lists or, for a decision of the past, listed then. */
export type Somebody = Pick<Caller, 'person' | 'tokenGroups'>;

/** The allow rule of the recorded name as the file has it now; undefined where it is gone or denies. */
export function ruleOfToday(access: Access, request: Request): AllowRule | undefined {
  return access.rules.find((rule): rule is AllowRule => rule.kind === 'allow' && rule.name === request.rule);
}

/**
 * Whether an approval by them counts: a person of the file, named by the recorded requirement and by today's, and not
 * the requester.
 */
export function mayApprove(access: Access, request: Request, somebody: Somebody): boolean {
  const today = ruleOfToday(access, request)?.approval?.by ?? [];
  return (
    somebody.person !== request.person &&
    access.people.has(somebody.person) &&
    isNamed(access, today, somebody) &&
    isNamed(access, recordedApprovers(request), somebody)
  );
}

/** The people of the file who may approve the request, at most so many, in the order of the file. */
export function approversOf(access: Access, request: Request, most: number): readonly Handle[] {
  const approvers: Handle[] = [];
  for (const person of access.people.keys()) {
    if (approvers.length === most) break;
    if (mayApprove(access, request, { person, tokenGroups: [] })) approvers.push(person);
  }
  return approvers;
}

/**
 * Whether they may deny or read it as an approver, and end it: named by the recorded requirement or by today's. It takes less
 * to say no than to say yes.
 */
export function mayStop(access: Access, request: Request, somebody: Somebody): boolean {
  const today = ruleOfToday(access, request)?.approval?.by ?? [];
  return (
    somebody.person !== request.person &&
    access.people.has(somebody.person) &&
    (isNamed(access, today, somebody) || isNamed(access, recordedApprovers(request), somebody))
  );
}

/** Whether they may end an approved elevation of somebody else: who may stop it, and admins. */
export function mayRevoke(access: Access, request: Request, somebody: Somebody): boolean {
  return (
    somebody.person !== request.person && (isAdmin(access, somebody) || mayStop(access, request, somebody))
  );
}

/** Whether they may know of the elevation at all. */
export function mayRead(access: Access, request: Request, somebody: Somebody): boolean {
  return (
    somebody.person === request.person || mayReadAll(access, somebody) || mayStop(access, request, somebody)
  );
}

/** Whether they may know of every elevation. */
export function mayReadAll(access: Access, somebody: Somebody): boolean {
  return isAdmin(access, somebody) || isAmong(access, access.auditors, somebody.person);
}

function isAdmin(access: Access, somebody: Somebody): boolean {
  return isAmong(access, access.admins, somebody.person);
}

function isNamed(access: Access, named: readonly Member[], somebody: Somebody): boolean {
  return isAmong(access, named, somebody.person, somebody.tokenGroups);
}

function recordedApprovers(request: Request): Member[] {
  return (request.requirements.approval?.by ?? []).map(parseMember).filter((member) => member !== undefined);
}
