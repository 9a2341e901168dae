import type { JWTPayload } from 'jose';
import type { Access, Member, OidcProvider } from '../../domain/access.ts';
import type { GroupName } from '../../domain/names.ts';

/** The groups that rules name as `idp:<name>`: only these are worth recording with a caller. */
export function groupsOfInterest(access: Access): ReadonlySet<GroupName> {
  const named = access.rules.flatMap((rule): readonly Member[] =>
    rule.kind === 'allow' ? [...rule.who, ...(rule.approval?.by ?? [])] : [],
  );
  return new Set(named.filter((member) => member.kind === 'idp').map(({ name }) => name));
}

/** The groups of interest that a token lists, by their whole names; none where the claim is not an array. */
export function tokenGroupsOf(
  claims: JWTPayload,
  { groupsClaim }: OidcProvider,
  ofInterest: ReadonlySet<GroupName>,
): readonly GroupName[] {
  const listed: unknown = groupsClaim === undefined ? undefined : claims[groupsClaim];
  if (!Array.isArray(listed)) return [];
  const names = new Set<unknown>(listed);
  return [...ofInterest].filter((name) => names.has(name));
}
