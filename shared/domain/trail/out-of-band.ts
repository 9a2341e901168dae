import { parseRoleArn } from '../arn.ts';
import { parseElevationId } from '../elevation-id.ts';
import { formatSeconds, type Instant } from '../instant.ts';
import type { ElevationStory } from '../report/story.ts';
import { type Explained, explained } from './explain.ts';
import type { Finding, FindingCode } from './finding.ts';
import { andMore, callOf, changedPart, whoOf } from './finding-words.ts';
import type { Actor, Assumption, Observation, RoleChange } from './observation.ts';
import { type Claim, claimOf, type Watched, watchedRole } from './places.ts';
import { suspectsIn, unseen } from './suspects.ts';
import { mayHaveChanged } from './trail-change.ts';

/**
 * What was done in the name of an elevation and does not fit it, in the order of time: for each code one finding a session, with its first
 * such call. What something missing shows is said up to `completeUntil` alone, until when the trail has come in. `calls` is the story
 * explained, where the caller has that already.
 */
export function findingsOf(
  story: ElevationStory,
  completeUntil: Instant,
  calls: readonly Explained[] = explained(story),
): readonly Finding[] {
  const { id, roleArn } = story.elevation.request;
  const of = { about: roleArn, elevation: id };
  const suspects = suspectsIn(story, calls, completeUntil);
  const bySession = Map.groupBy(suspects, ({ code, observation }) => `${code} ${sessionOf(observation)}`);
  const seen = [...bySession.values()].flatMap(([first, ...more]): readonly Finding[] => {
    if (first === undefined) return [];
    const { code, observation, why } = first;
    const last = more.at(-1)?.observation.at ?? observation.at;
    const detail = `${whoOf(observation.actor)} ${why}${andMore(more.length, last)}`;
    return [{ code, at: observation.at, ...of, seen: observation, detail }];
  });
  const missing = unseen(story, calls, completeUntil).map(({ n, issuedAt: at }): Finding => {
    const detail = `Credentials were issued at ${formatSeconds(at)} (number ${n}), and no trail shows that the role was assumed.`;
    return { code: 'issue-not-in-trail', at, ...of, detail };
  });
  return [...seen, ...missing].sort((one, other) => one.at - other.at);
}

function sessionOf({ actor, id }: Observation): string {
  return actor.principalId ?? actor.arn ?? id;
}

/**
 * What is wrong with an observation that is kept under a role, a policy or a trail’s account, whatever else it may be of; undefined where nothing is: Drawbridge assumed
 * the role for an elevation, or cut off one’s sessions, or a policy changed that is attached to no watched role. `claim` is false where the
 * observation is known not to be of the elevation whose name it bears: there is none such, or it is somebody else’s.
 */
export function strayFinding(
  observation: Observation,
  watched: Watched,
  issuerRoleArn: string,
  claim: 'true' | 'false',
): Finding | undefined {
  const { changed, assumed } = observation;
  if (changed?.of === 'trail') return trailFinding(observation, changed.arn);
  const changedRole = changed && watchedPart(changed, watched);
  if (changed !== undefined && changedRole !== undefined)
    return changedFinding(observation, changed, changedRole);
  const assumedRole = assumed && watchedRole(watched, assumed.roleArn);
  if (assumedRole !== undefined && !isIssuer(observation.actor, issuerRoleArn))
    return foreignAssumeRole(observation, assumedRole);
  const named = claimOf(observation);
  if (claim === 'false' && named !== undefined) return falseName(observation, named, assumedRole);
  return assumedRole === undefined
    ? actedFinding(observation, watched)
    : issuerFinding(observation, assumedRole);
}

function watchedPart({ of, arn }: RoleChange, watched: Watched): string | undefined {
  if (of === 'role') return watchedRole(watched, arn);
  return watched.policies?.has(arn) === true ? arn : undefined;
}

function changedFinding(observation: Observation, changed: RoleChange, about: string): Finding | undefined {
  if (isCutOff(observation, changed)) return undefined;
  const did = observation.outcome === 'allowed' ? 'changed' : 'tried to change';
  return finding(
    'role-changed',
    observation,
    about,
    `${did} ${changedPart(changed)} of ${about} (${observation.name}).`,
  );
}

/** NB. Drawbridge changes no trail, so everybody who does is out of band. */
function trailFinding(observation: Observation, about: string): Finding {
  const what = mayHaveChanged(observation)
    ? `changed the trail ${about} (${observation.name}): calls of this time may not be recorded.`
    : `tried to change the trail ${about} (${observation.name}).`;
  return finding('trail-changed', observation, about, what);
}

/** The policies that cut off an elevation’s sessions are written and pruned by the revoker of the role’s account. */
function isCutOff({ actor, outcome }: Observation, { what, policy, arn }: RoleChange): boolean {
  const revoker = parseRoleArn(actor.roleArn ?? '');
  if (what !== 'inline-policy' || revoker === undefined) return false;
  if (`${revoker.path}${revoker.name}` !== REVOKER || revoker.account !== parseRoleArn(arn)?.account)
    return false;
  // A call that was denied does not tell the policy’s name, and changed nothing.
  if (policy === undefined) return outcome === 'denied';
  return policy.startsWith(CUT_OFF) && parseElevationId(policy.slice(CUT_OFF.length)) !== undefined;
}

const REVOKER = '/drawbridge/drawbridge-revoker';
const CUT_OFF = 'drawbridge-revoke-';

function foreignAssumeRole(observation: Observation, about: string): Finding {
  const did = observation.outcome === 'allowed' ? 'assumed' : 'tried to assume';
  return finding(
    'foreign-assume-role',
    observation,
    about,
    `${did} ${about} (${observation.name}): only Drawbridge may.`,
  );
}

/** A call that was denied tells no names, and began nothing. */
function issuerFinding(observation: Observation, about: string): Finding | undefined {
  if (observation.outcome !== 'allowed' || namesElevation(observation.assumed)) return undefined;
  return finding(
    'foreign-assume-role',
    observation,
    about,
    `assumed ${about} for no elevation, although it is Drawbridge’s own role.`,
  );
}

/** NB. Of a caller in another account the role’s account learns the account alone; in the hub nobody else has access. */
function isIssuer({ type, roleArn, account }: Actor, issuerRoleArn: string): boolean {
  if (type === 'AWSAccount') return account === parseRoleArn(issuerRoleArn)?.account;
  return roleArn === issuerRoleArn;
}

function namesElevation(assumed: Assumption | undefined): boolean {
  return assumed !== undefined && claimOf({ actor: { type: 'AWSAccount' }, assumed }) !== undefined;
}

function falseName(
  observation: Observation,
  { id, person }: Claim,
  assumedRole: string | undefined,
): Finding {
  const about = assumedRole ?? observation.actor.roleArn ?? observation.assumed?.roleArn ?? '';
  const why = `bears the name of the elevation ${id} of ${person}, and there is none such: ${callOf(observation)}.`;
  return finding('false-name', observation, about, why);
}

/** What a session did that bears no elevation’s name. */
function actedFinding(observation: Observation, watched: Watched): Finding | undefined {
  const about = observation.actor.roleArn;
  if (about === undefined || !watched.roles.has(about) || claimOf({ actor: observation.actor }) !== undefined)
    return undefined;
  return finding(
    'foreign-session',
    observation,
    about,
    `used ${about} without Drawbridge: ${callOf(observation)}.`,
  );
}

function finding(code: FindingCode, observation: Observation, about: string, what: string): Finding {
  return {
    code,
    at: observation.at,
    about,
    seen: observation,
    detail: `${whoOf(observation.actor)} ${what}`,
  };
}
