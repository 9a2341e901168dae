import type { Member } from '../../../domain/access.ts';
import type { Mistake, Path } from '../complaint.ts';
import type { Draft, WrittenRule } from '../draft.ts';

/** Every group, person, role and issuer that is named exists in the file. */
export function knownNames(draft: Draft): Mistake[] {
  return [
    ...[...draft.groups].flatMap(([name, handles = []]) => unknownPeople(draft, handles, ['groups', name])),
    ...[...draft.people].flatMap(([handle]) => unknownIssuers(draft, handle)),
    ...draft.rules.flatMap((rule, index) => (rule === undefined ? [] : unknownInRule(draft, rule, index))),
    ...unknownMembers(draft, draft.admins, ['admins']),
    ...unknownMembers(draft, draft.auditors, ['auditors']),
  ];
}

function unknownInRule(draft: Draft, rule: WrittenRule, index: number): Mistake[] {
  const at = ['rules', index];
  const members =
    'deny' in rule
      ? unknownMembers(draft, rule.deny, [...at, 'deny'])
      : [
          ...unknownMembers(draft, rule.allow, [...at, 'allow']),
          ...unknownMembers(draft, rule.approval?.by ?? [], [...at, 'approval', 'by']),
        ];
  const roles = rule.roles.flatMap((name, place): Mistake[] =>
    name === '*' || draft.roles.has(name) ? [] : [unknown([...at, 'roles', place], 'role', name, 'roles')],
  );
  return [...members, ...roles];
}

function unknownMembers(draft: Draft, members: readonly Member[], at: Path): Mistake[] {
  return members.flatMap((member, index): Mistake[] => {
    switch (member.kind) {
      case 'group':
        return draft.groups.has(member.name) ? [] : [unknown([...at, index], 'group', member.name, 'groups')];
      case 'person':
        return unknownPerson(draft, member.handle, [...at, index]);
      case 'idp':
        return [];
      default:
        return member satisfies never;
    }
  });
}

function unknownPeople(draft: Draft, handles: readonly string[], at: Path): Mistake[] {
  return handles.flatMap((handle, index) => unknownPerson(draft, handle, [...at, index]));
}

function unknownPerson(draft: Draft, handle: string, path: Path): Mistake[] {
  return draft.people.has(handle) ? [] : [unknown(path, 'person', handle, 'people')];
}

function unknown(path: Path, kind: string, name: string, section: string): Mistake {
  return { path, sentence: `There is no ${kind} "${name}". Correct the name or add it under ${section}.` };
}

/** An identity at a provider that is not listed would never be seen. */
function unknownIssuers({ people, identity }: Draft, handle: string): Mistake[] {
  if (identity === undefined) return [];
  return (people.get(handle)?.oidc ?? [])
    .filter(({ issuer }) => !identity.oidc.some((provider) => provider.issuer === issuer))
    .map(({ issuer }) => ({
      path: ['people', handle, 'oidc'],
      sentence: `There is no provider with the issuer ${issuer}. Correct it or add it under identity.oidc.`,
    }));
}
