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
  if (by.length === 0 || count === undefined || approvers === undefined || requesters === undefined)
    return undefined;
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
  if (members.some((member) => member?.kind === 'idp')) return 'anyone';
  const handles = members.flatMap((member) => handlesOf(draft, member));
  return handles.includes(undefined) ? undefined : new Set(handles.filter((handle) => handle !== undefined));
}

function handlesOf(draft: Draft, member: Member | undefined): readonly (string | undefined)[] {
  if (member?.kind === 'person') return [member.handle];
  return (member && draft.groups.get(member.name)) ?? [undefined];
}
