import type { Member } from '../../../domain/access.ts';
import type { Mistake } from '../complaint.ts';
import type { Draft, WrittenAllowRule } from '../draft.ts';

/** People whom a list of members names; `anyone` where a group of a token could name everybody. */
type Named = ReadonlySet<string> | 'anyone';

/** Under each rule that needs approvals at least one of its people can get them. */
export function approvalsPossible(draft: Draft): Mistake[] {
  return draft.rules.flatMap((rule, index): Mistake[] => {
    if (rule === undefined || 'deny' in rule || rule.approval === undefined) return [];
    const sentence = whyImpossible(draft, rule, rule.approval);
    return sentence === undefined ? [] : [{ path: ['rules', index, 'approval'], sentence }];
  });
}

function whyImpossible(
  draft: Draft,
  { allow }: WrittenAllowRule,
  { by, count }: NonNullable<WrittenAllowRule['approval']>,
): string | undefined {
  const approvers = named(draft, by);
  const requesters = named(draft, allow);
  // Where a group is unknown or broken that is a mistake of its own, and nothing is known of its people.
  if (approvers === undefined || requesters === undefined || approvers === 'anyone') return undefined;
  if (approvers.size < count) {
    return `Name at least ${count} people who may approve: there are ${approvers.size}, and each counts once.`;
  }
  const asking = requesters === 'anyone' ? [...draft.people.keys()] : [...requesters];
  const isPossible =
    asking.length === 0 || approvers.size > count || asking.some((person) => !approvers.has(person));
  if (isPossible) return undefined;
  return `Name more people who may approve: nobody approves their own request, so no request could get ${count}.`;
}

function named(draft: Draft, members: readonly Member[]): Named | undefined {
  const people = new Set<string>();
  for (const member of members) {
    if (member.kind === 'idp') return 'anyone';
    const handles = member.kind === 'person' ? [member.handle] : draft.groups.get(member.name);
    if (handles === undefined) return undefined;
    for (const handle of handles) people.add(handle);
  }
  return people;
}
