import type { Access } from '../access.ts';
import { parseRoleArn } from '../arn.ts';
import { parseSessionName } from '../credential-spec.ts';
import type { ElevationId } from '../elevation-id.ts';
import type { Handle } from '../names.ts';
import type { Observation } from './observation.ts';
import type { Place } from './place.ts';
import { sessionNameOf } from './session-name.ts';
import { accountsOfTrail } from './trail-change.ts';

/** What is watched, whoever uses it. */
export type Watched = {
  /** ARNs, with their paths. */
  readonly roles: ReadonlySet<string>;
  /** The same by `<account>/<name>`: names are unique in an account, whatever the path, and IAM's calls name roles without it. */
  readonly byName: ReadonlyMap<string, string>;
  /** ARNs of the managed policies that are attached to the roles, where that is known. */
  readonly policies?: ReadonlySet<string>;
};

/** The roles of the catalog. */
export function watchedRoles({ roles }: Pick<Access, 'roles'>): Watched {
  const arns = [...roles.values()].map(({ arn }) => arn);
  return {
    roles: new Set(arns.map(({ text }) => text)),
    byName: new Map(arns.map(({ account, name, text }) => [`${account}/${name}`, text])),
  };
}

/** A watched role's ARN as the catalog has it, also where the trail does not tell the path; undefined where it is not watched. */
export function watchedRole({ roles, byName }: Watched, arn: string): string | undefined {
  if (roles.has(arn)) return arn;
  const parsed = parseRoleArn(arn);
  return parsed && byName.get(`${parsed.account}/${parsed.name}`);
}

/** Under what an observation is kept, if it is ours to keep; each place once. */
export function placesOf(observation: Observation, watched: Watched): readonly Place[] {
  const claim = claimOf(observation);
  // NB. Of the caller alone: whoever acts with a watched role could hide under the name of the session that they begin.
  const isClaimed = claimOf({ actor: observation.actor }) !== undefined;
  const roles = rolesOf(observation, watched, isClaimed);
  const { changed } = observation;
  return [
    ...(claim === undefined ? [] : [{ kind: 'elevation', id: claim.id } as const]),
    ...[...roles].map((arn) => ({ kind: 'role', arn }) as const),
    ...(changed?.of === 'policy' ? [{ kind: 'policy', arn: changed.arn } as const] : []),
    ...accountsOfTrail(observation).map((account) => ({ kind: 'trail', account }) as const),
  ];
}

/** The watched roles that were assumed or changed, or that acted; what an elevation's session does is kept under the elevation. */
function rolesOf(
  { actor, assumed, changed }: Observation,
  watched: Watched,
  isClaimed: boolean,
): ReadonlySet<string> {
  const arns = [
    assumed && watchedRole(watched, assumed.roleArn),
    changed?.of === 'role' ? watchedRole(watched, changed.arn) : undefined,
    isClaimed || !watched.roles.has(actor.roleArn ?? '') ? undefined : actor.roleArn,
  ];
  return new Set(arns.filter((arn) => arn !== undefined));
}

/** Whose session something claims to be. */
export type Claim = { readonly person: Handle; readonly id: ElevationId; readonly n?: number };

/**
 * The elevation that an observation claims to be of: the caller's names, or else those of the session that the call began. A source
 * identity stays with a session and all that come from it, so it goes before a session name, which each of them chooses.
 */
export function claimOf(observation: Pick<Observation, 'actor' | 'assumed'>): Claim | undefined {
  const { actor, assumed } = observation;
  return (
    claimIn(actor.sourceIdentity, sessionNameOf(actor)) ??
    claimIn(assumed?.sourceIdentity, assumed?.sessionName)
  );
}

function claimIn(sourceIdentity: string | undefined, sessionName: string | undefined): Claim | undefined {
  const [claim, named] = [sourceIdentity, sessionName].map((name) => parseSessionName(name ?? ''));
  if (claim === undefined || named === undefined) return claim ?? named;
  return isSame(claim, named) ? named : claim;
}

/** Whether two names are of one elevation and one person. */
export function isSame(one: Claim, other: Claim): boolean {
  return one.id === other.id && one.person === other.person;
}

/** All names like ours that an observation carries, of the caller and of the session it began. */
export function namesIn({ actor, assumed }: Pick<Observation, 'actor' | 'assumed'>): readonly Claim[] {
  const texts = [actor.sourceIdentity, sessionNameOf(actor), assumed?.sourceIdentity, assumed?.sessionName];
  return texts.map((text) => parseSessionName(text ?? '')).filter((name) => name !== undefined);
}
