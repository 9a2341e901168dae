import { parseRoleArn } from '../arn.ts';
import { parseSessionName } from '../credential-spec.ts';
import type { Request } from '../elevation.ts';
import type { ElevationStory } from '../report/story.ts';
import { folded } from './fold.ts';
import type { Actor, Observation } from './observation.ts';

/**
 * How an observation came about. `issue`: Drawbridge assumed the role; `session`: the credentials it then gave out were used; `chained`:
 * those of a role that such a session assumed in turn; `unexplained`: it names the elevation, and none of that.
 */
export type Explained = {
  readonly observation: Observation;
  readonly as: 'issue' | 'session' | 'chained' | 'unexplained';
  /** The number of the issue that it comes from. */
  readonly n?: number;
};

/** A session by its principal id, and the issue it goes back to. */
type Origin = { readonly as: 'session' | 'chained'; readonly n: number };

/** What the trail saw of an elevation, each call once and in the order of time, with how it came about. */
export function explained(story: ElevationStory): readonly Explained[] {
  const calls = folded(story.usage, roleAccountOf(story));
  const issues = issuesAmong(story, calls);
  const origins = originsOf(story, calls, issues);
  return calls.map((observation) => {
    const n = issues.get(observation);
    if (n !== undefined) return { observation, as: 'issue', n };
    const origin = origins.get(observation.actor.principalId ?? '');
    if (origin === undefined) return { observation, as: 'unexplained' };
    return { observation, as: origin.as, n: origin.n };
  });
}

/** The account whose copies of a call go before others. */
function roleAccountOf({ elevation }: Pick<ElevationStory, 'elevation'>): string {
  return parseRoleArn(elevation.request.roleArn)?.account ?? '';
}

/** The numbers of all sets of credentials that were meant to be issued. */
export function intendedIn({ history }: Pick<ElevationStory, 'history'>): ReadonlySet<number> {
  return new Set(history.flatMap(({ event }) => (event.type === 'issue-intended' ? [event.n] : [])));
}

/** The calls that issued credentials of this elevation, with their numbers. */
function issuesAmong(story: ElevationStory, calls: readonly Observation[]): ReadonlyMap<Observation, number> {
  const { request } = story.elevation;
  const intended = intendedIn(story);
  const issues = calls.flatMap((call) => {
    const n = numberOf(request, call);
    return n !== undefined && intended.has(n) ? [[call, n] as const] : [];
  });
  return new Map(issues);
}

/** The number that a call by the issuer gives to the session it begins; undefined where it is no such call for this request. */
function numberOf(request: Request, { name, assumed, actor }: Observation): number | undefined {
  if (name !== 'AssumeRole' || assumed?.roleArn !== request.roleArn || !canBeIssuer(actor)) return undefined;
  const named = parseSessionName(assumed.sessionName ?? '');
  return named?.id === request.id && named.person === request.person ? named.n : undefined;
}

/** The role of the function that issues credentials has this name wherever Drawbridge runs (infra/roles.yml). */
const ISSUER = ':role/drawbridge/drawbridge-credentials';

/**
 * Whether the trail lets the caller be the issuer. Of a caller in another account the role's account learns the account alone; that it is
 * the issuer's is checked where the issuer is known (strayFinding).
 */
function canBeIssuer({ type, roleArn }: Actor): boolean {
  return roleArn === undefined ? type === 'AWSAccount' : roleArn.endsWith(ISSUER);
}

/**
 * Every session that comes from one of the elevation's: those recorded, those whose record a crash has lost, and those that they began, and
 * so on. One that can come from several issues counts as the first's, so that the order of arrival does not matter.
 */
function originsOf(
  story: ElevationStory,
  calls: readonly Observation[],
  issues: ReadonlyMap<Observation, number>,
): ReadonlyMap<string, Origin> {
  const begun = begunBy(calls);
  const origins = new Map<string, Origin>();
  for (const { n, principalId } of issuedIn(story, issues)) {
    if (!origins.has(principalId)) origins.set(principalId, { as: 'session', n });
  }
  for (const [principalId, { n }] of [...origins]) follow(principalId, n, begun, origins);
  return origins;
}

/** Every session that was issued, those of low numbers first. */
function issuedIn(
  { sessions }: ElevationStory,
  issues: ReadonlyMap<Observation, number>,
): readonly { readonly n: number; readonly principalId: string }[] {
  const recorded = sessions.map(({ n, assumedRoleId }) => ({ n, principalId: assumedRoleId }));
  const seen = [...issues].map(([{ assumed }, n]) => ({ n, principalId: assumed?.assumedRoleId }));
  return [...recorded, ...seen]
    .filter((session): session is (typeof recorded)[number] => session.principalId !== undefined)
    .sort((one, other) => one.n - other.n);
}

type Begun = ReadonlyMap<string, readonly { readonly principalId: string }[]>;

/** The sessions that each session began, by principal ids. */
function begunBy(calls: readonly Observation[]): Begun {
  const assuming = calls.flatMap(({ actor, assumed }) =>
    actor.principalId !== undefined && assumed?.assumedRoleId !== undefined
      ? [{ by: actor.principalId, principalId: assumed.assumedRoleId }]
      : [],
  );
  return Map.groupBy(assuming, ({ by }) => by);
}

function follow(from: string, n: number, begun: Begun, origins: Map<string, Origin>): void {
  const waiting = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { principalId } of begun.get(next) ?? []) {
      if (origins.has(principalId)) continue;
      origins.set(principalId, { as: 'chained', n });
      waiting.push(principalId);
    }
  }
}
