import type { Member } from '../../../domain/access.ts';
import type { Mistake } from '../complaint.ts';
import type { Draft, DraftRule } from '../draft.ts';

/** People whom a list of members names; `anyone` where a group of a token could name everybody. */
type Named = ReadonlySet<string> | 'anyone';

/** Under each rule that needs approvals at least one of its people can get them. */
export function approvalsPossible(draft: Draft): Mistake[] {
  return draft.rules.flatMap(({ allow, approval }, index): Mistake[] => {
    const sentence = approval && whyImpossible(draft, allow, approval);
    return sentence === undefined ? [] : [{ path: ['rules', index, 'approval'], sentence }];
  });
}

/** Where a value is not understood that is a mistake of its own, and nothing is known of who could approve. */
function whyImpossible(
  draft: Draft,
  allow: DraftRule['allow'],
  { by, count }: NonNullable<DraftRule['approval']>,
): string | undefined {
  const approvers = named(draft, by);
  const requesters = named(draft, allow);
  if (count === undefined || approvers === undefined || requesters === undefined) return undefined;
  if (approvers === 'anyone') return undefined;
  if (approvers.size < count) {
    return `Name at least ${count} people who may approve: there are ${approvers.size}, and each counts once.`;
  }
  const asking = requesters === 'anyone' ? [...draft.people.keys()] : [...requesters];
  if (asking.length === 0 || approvers.size > count) return undefined;
  if (asking.some((person) => !approvers.has(person))) return undefined;
  return `Name more people who may approve: nobody approves their own request, so no request could get ${count}.`;
}

function named(draft: Draft, members: readonly (Member | undefined)[]): Named | undefined {
  const people = new Set<string>();
  for (const member of members) {
    if (member?.kind === 'idp') return 'anyone';
    const handles = member?.kind === 'person' ? [member.handle] : draft.groups.get(member?.name ?? '');
    if (handles === undefined) return undefined;
    for (const handle of handles) {
      if (handle === undefined) return undefined;
      people.add(handle);
    }
  }
  return people;
}
