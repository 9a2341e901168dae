import type { Member } from '../../../domain/access.ts';
import type { Mistake, Path } from '../complaint.ts';
import type { Draft, DraftRule } from '../draft.ts';

type Section = 'groups' | 'people' | 'roles';

/** What an entry of each section is called in a sentence. */
const KINDS: Readonly<Record<Section, string>> = { groups: 'group', people: 'person', roles: 'role' };

/** Every group, person, role and issuer that is named exists in the file. */
export function knownNames(draft: Draft): Mistake[] {
  return [
    ...[...draft.groups].flatMap(([name, handles]) =>
      each(handles, ['groups', name], known(draft, 'people')),
    ),
    ...[...draft.people.keys()].flatMap((handle) => unknownIssuers(draft, handle)),
    ...draft.rules.flatMap((rule, index) => unknownInRule(draft, rule, ['rules', index])),
    ...unknownMembers(draft, draft.admins, ['admins']),
    ...unknownMembers(draft, draft.auditors, ['auditors']),
  ];
}

function unknownInRule(draft: Draft, { allow, deny, roles, approval }: DraftRule, at: Path): Mistake[] {
  const named = roles.map((name) => (name === '*' ? undefined : name));
  return [
    ...unknownMembers(draft, allow, [...at, 'allow']),
    ...unknownMembers(draft, deny, [...at, 'deny']),
    ...unknownMembers(draft, approval?.by ?? [], [...at, 'approval', 'by']),
    ...each(named, [...at, 'roles'], known(draft, 'roles')),
  ];
}

function unknownMembers(draft: Draft, members: readonly (Member | undefined)[], at: Path): Mistake[] {
  return each(members, at, (member, path) => {
    switch (member.kind) {
      case 'group':
        return known(draft, 'groups')(member.name, path);
      case 'person':
        return known(draft, 'people')(member.handle, path);
      case 'idp':
        return [];
      default:
        return member satisfies never;
    }
  });
}

/** An identity at a provider that is not listed would never be seen; one that is not understood could be any. */
function unknownIssuers({ people, identity }: Draft, handle: string): Mistake[] {
  if (identity.oidc.includes(undefined)) return [];
  return (people.get(handle)?.oidc ?? [])
    .filter(({ issuer }) => !identity.oidc.some((provider) => provider?.issuer === issuer))
    .map(({ issuer }) => ({
      path: ['people', handle, 'oidc'],
      sentence: `There is no provider with the issuer ${issuer}. Correct it or add it under identity.oidc.`,
    }));
}

function known(draft: Draft, section: Section): (name: string, path: Path) => Mistake[] {
  return (name, path) => {
    if (draft[section].has(name)) return [];
    const sentence = `There is no ${KINDS[section]} "${name}". Correct the name or add it under ${section}.`;
    return [{ path, sentence }];
  };
}

function each<Item>(
  items: readonly (Item | undefined)[],
  at: Path,
  check: (item: Item, path: Path) => Mistake[],
): Mistake[] {
  return items.flatMap((item, index) => (item === undefined ? [] : check(item, [...at, index])));
}
