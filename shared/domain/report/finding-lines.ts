import type { RoleName } from '../names.ts';
import { withMore } from '../trail/alike.ts';
import type { Finding, FindingCode } from '../trail/finding.ts';
import { whoOf } from '../trail/finding-words.ts';
import type { Observation } from '../trail/observation.ts';
import type { ChangeLine, FindingLine } from './report.ts';

/** The line of a finding; the role is that of the catalog, or the one that was lent. */
export function findingLine(
  finding: Finding,
  roles: { nameOf(arn: string): RoleName | undefined },
): FindingLine {
  const { code, at, about, elevation, seen, detail } = finding;
  const role = roles.nameOf(about);
  return {
    ...{ code, at, about },
    ...(role === undefined ? {} : { role }),
    ...(elevation === undefined ? {} : { elevation }),
    ...(seen === undefined ? {} : { eventId: seen.id, actor: whoOf(seen.actor) }),
    detail,
  };
}

/** The lines of changes to roles, policies and trails, each change once. */
export function changeLines(observations: readonly Observation[]): readonly ChangeLine[] {
  const lines = observations.flatMap((observation) => {
    const { changed, at, outcome, id } = observation;
    if (changed === undefined) return [];
    const what = changed.policy === undefined ? changed.what : `${changed.what} ${changed.policy}`;
    return [
      { of: changed.of, at, about: changed.arn, what, by: whoOf(observation.actor), outcome, eventId: id },
    ];
  });
  return [...new Map(lines.map((line) => [`${line.eventId} ${line.about}`, line])).values()];
}

/** Each once, newest first. */
export function newestFirst<Line extends FindingLine | ChangeLine>(lines: readonly Line[]): readonly Line[] {
  const keyed = new Map(lines.map((line) => [JSON.stringify(line), line]));
  return [...keyed]
    .sort(([one, a], [other, b]) => b.at - a.at || (one < other ? -1 : 1))
    .map(([, line]) => line);
}

/** In these, the calls of one session are one finding: that of the first, which says how many there were. */
const OF_SESSIONS: ReadonlySet<FindingCode> = new Set(['foreign-session', 'false-name']);

/** What is found of one session again and again is said once; each of the others is one finding. */
export function perSession(findings: readonly Finding[]): readonly Finding[] {
  const groups = Map.groupBy(findings, ({ code, about, at, seen }) => {
    const session = seen?.actor.principalId ?? seen?.actor.arn;
    const isOne = OF_SESSIONS.has(code) && session !== undefined;
    return isOne ? `${code} ${about} ${session}` : `${code} ${about} ${at} ${seen?.id}`;
  });
  return [...groups.values()].flatMap((group) => {
    const [first, ...more] = group.toSorted(inTimeOfCalls);
    return first === undefined ? [] : [withMore(first, more)];
  });
}

function inTimeOfCalls(one: Finding, other: Finding): number {
  return one.at - other.at || (idOf(one) < idOf(other) ? -1 : 1);
}

function idOf({ seen }: Finding): string {
  return `${seen?.id} ${seen?.hash}`;
}
