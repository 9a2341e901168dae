import type { ElevationNow } from '../elevation.ts';
import { formatSeconds, type Instant } from '../instant.ts';
import type { ElevationStory, IssuedSession } from '../report/story.ts';
import { type Explained, intendedIn } from './explain.ts';
import type { FindingCode } from './finding.ts';
import { callOf } from './finding-words.ts';
import type { Actor, Observation } from './observation.ts';
import { type Claim, isSame, namesIn } from './places.ts';

/** A call that does not fit, and why: the rest of a sentence that begins with who called. */
export type Suspect = { readonly code: FindingCode; readonly observation: Observation; readonly why: string };

/** Every call that does not fit; what only the rest of the trail can explain up to `completeUntil` alone. */
export function suspectsIn(
  story: ElevationStory,
  calls: readonly Explained[],
  completeUntil: Instant,
): readonly Suspect[] {
  const intended = intendedIn(story);
  const namesOf = namesByCaller();
  const suspects: Suspect[] = [];
  for (const call of calls) {
    const names = namesOf(call.observation);
    const found = [
      falselyNamed(story, call.observation, names),
      notIntended(story, intended, call.observation, names),
      unexplained(call, completeUntil),
      tooLate(story.elevation, call),
    ];
    for (const suspect of found) if (suspect !== undefined) suspects.push(suspect);
  }
  return suspects;
}

/** The names that an observation bears; those of a caller are parsed once, since a session does much. */
function namesByCaller(): (observation: Observation) => readonly Claim[] {
  const known = new Map<Actor, readonly Claim[]>();
  return ({ actor, assumed }) => {
    const own = known.get(actor) ?? namesIn({ actor });
    known.set(actor, own);
    return assumed === undefined ? own : namesIn({ actor, assumed });
  };
}

/** A source identity cannot be taken back; a session name can be chosen to look like another elevation’s. */
function falselyNamed(
  { elevation }: ElevationStory,
  observation: Observation,
  names: readonly Claim[],
): Suspect | undefined {
  const other = names.find((name) => !isSame(name, elevation.request));
  if (other === undefined) return undefined;
  const why = `bears the name of another elevation, ${other.id} of ${other.person}, too: ${callOf(observation)}.`;
  return { code: 'false-name', observation, why };
}

/** NB. The intent is recorded before STS is called, so its absence means something at once. */
function notIntended(
  { elevation }: ElevationStory,
  intended: ReadonlySet<number>,
  observation: Observation,
  names: readonly Claim[],
): Suspect | undefined {
  const named = names.find(
    (name) => name.n !== undefined && !intended.has(name.n) && isSame(name, elevation.request),
  );
  if (named === undefined) return undefined;
  const why = `bears the number ${named.n}, which this elevation never issued: ${callOf(observation)}.`;
  return { code: 'no-intent', observation, why };
}

/** The AssumeRole that explains a call can come after it, so the youngest calls are let be. */
function unexplained({ as, observation }: Explained, completeUntil: Instant): Suspect | undefined {
  if (as !== 'unexplained' || observation.at >= completeUntil) return undefined;
  const why = `acted in the name of this elevation and comes from none of its sessions: ${callOf(observation)}.`;
  return { code: 'unexplained-session', observation, why };
}

/**
 * What was allowed after the end, or else after the elevation was given back or revoked. NB. The trail cuts times to seconds: a call in the
 * second of the end is in time, as its session policy says, and one in the second of the revocation may have been before it. Calls that
 * were denied show that the end holds, and of the undecided nothing shows that they got through. An issue was decided before STS answered it.
 */
function tooLate(elevation: ElevationNow, { as, observation }: Explained): Suspect | undefined {
  if (as === 'issue' || observation.outcome !== 'allowed' || !('window' in elevation)) return undefined;
  const { until } = elevation.window;
  if (observation.at > until) {
    const why = `${allowedAfter(observation)} had ended at ${formatSeconds(until)}.`;
    return { code: 'use-after-end', observation, why };
  }
  const cut = cutOf(elevation);
  if (cut === undefined || observation.at <= cut) return undefined;
  const why = `${allowedAfter(observation)} was ${elevation.state} at ${formatSeconds(cut)}.`;
  return { code: 'use-after-cut', observation, why };
}

function allowedAfter(observation: Observation): string {
  return `was allowed ${callOf(observation)} at ${formatSeconds(observation.at)}, after the elevation`;
}

function cutOf(elevation: ElevationNow): Instant | undefined {
  switch (elevation.state) {
    case 'returned':
      return elevation.giveBack.at;
    case 'revoked':
      return elevation.revocation.at;
    case 'pending':
    case 'denied':
    case 'withdrawn':
    case 'lapsed':
    case 'approved':
    case 'ended':
      return undefined;
    default:
      return elevation satisfies never;
  }
}

/**
 * The sets of credentials whose AssumeRole should have come and has not. An intent without a session is none of them: STS may have refused,
 * and then nothing was issued.
 */
export function unseen(
  { sessions }: ElevationStory,
  calls: readonly Explained[],
  completeUntil: Instant,
): readonly IssuedSession[] {
  const seen = new Set(calls.map(({ observation }) => observation.assumed?.assumedRoleId));
  return sessions.filter(
    ({ assumedRoleId, issuedAt }) => issuedAt < completeUntil && !seen.has(assumedRoleId),
  );
}
