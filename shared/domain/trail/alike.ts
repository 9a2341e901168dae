import type { Finding } from './finding.ts';
import { andMore } from './finding-words.ts';

/**
 * What findings have in common that are told as one: what it is about, who called, how it ended, and of a change what was
 * changed; of a trail also by which call and with which error. So a session that calls ten thousand times is one alarm, and
 * a success is not hidden behind attempts.
 */
export function likeness({ code, about, elevation, at, seen }: Finding): string {
  if (seen === undefined) return JSON.stringify([code, about, elevation, at]);
  const { actor, outcome, changed } = seen;
  const who = actor.principalId ?? actor.arn ?? seen.id;
  const call = changed?.of === 'trail' ? [seen.name, seen.errorCode] : [];
  return JSON.stringify([code, about, elevation, who, outcome, changed?.what, changed?.policy, ...call]);
}

/** The finding with how many more there are like it after it, in the order of time. */
export function withMore(finding: Finding, more: readonly Finding[]): Finding {
  const last = more.at(-1)?.at ?? finding.at;
  return { ...finding, detail: `${finding.detail}${andMore(more.length, last)}` };
}
