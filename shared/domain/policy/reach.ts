import type { Matching, Statement } from './document.ts';
import { matchesResource } from './pattern.ts';
import { covers, overlap } from './pattern-relation.ts';

/** Resources of a pattern on which something is allowed: all of them, or under conditions perhaps fewer. */
export type Part = { readonly pattern: string; readonly conditional: boolean };

/** The statements that are about one action: of the role's own policies, and of its boundary where it has one. */
export type Bearing = {
  readonly policies: readonly Statement[];
  readonly boundary?: readonly Statement[];
};

/**
 * The resources on which the statements let an action through. Every resource on which IAM allows it is in one of the
 * parts; a part that is not conditional is allowed as a whole.
 */
export function reachOf({ policies, boundary }: Bearing): readonly Part[] {
  const allowed = distinct(undenied(allowedBy(policies), policies));
  if (boundary === undefined) return allowed;
  const limits = undenied(allowedBy(boundary), boundary);
  return distinct(allowed.flatMap((part) => within(part, limits)));
}

/**
 * Whether an action that has no resources is allowed, and if so whether under conditions: such a call is about `*`, which
 * only a pattern of stars matches.
 */
export function reachWithoutResources({ policies, boundary }: Bearing): readonly Part[] {
  const permissions = boundary === undefined ? [policies] : [policies, boundary];
  const answers = permissions.map(answerForAll);
  if (answers.includes('denied')) return [];
  return [{ pattern: '*', conditional: answers.includes('conditional') }];
}

function answerForAll(statements: readonly Statement[]): 'allowed' | 'conditional' | 'denied' {
  const about = statements.filter(({ resources }) => resources !== undefined && isAboutAll(resources));
  const allows = about.filter(({ effect }) => effect === 'Allow');
  const denies = about.filter(({ effect }) => effect === 'Deny');
  if (allows.length === 0 || denies.some(isUnconditional)) return 'denied';
  return allows.some(isUnconditional) && denies.length === 0 ? 'allowed' : 'conditional';
}

function isAboutAll({ kind, patterns }: Matching): boolean {
  return patterns.some((pattern) => matchesResource(pattern, '*')) === (kind === 'any-of');
}

function allowedBy(statements: readonly Statement[]): readonly Part[] {
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => {
      const { resources } = statement;
      if (resources === undefined) return [];
      if (resources.kind === 'none-of') return [{ pattern: '*', conditional: true }];
      const isConditional = !isUnconditional(statement);
      return resources.patterns.map((text) => {
        const pattern = withoutVariables(text);
        return { pattern, conditional: isConditional || pattern !== text };
      });
    });
}

function isUnconditional({ condition }: Statement): boolean {
  return condition === undefined || Object.keys(condition).length === 0;
}

/**
 * A policy variable (`${aws:username}`) can be anything, so a star stands for it. In a denial that would be too much,
 * and `isDenied` looks for it there.
 */
function withoutVariables(pattern: string): string {
  return pattern.replace(/\$\{[^}]*\}/g, '*');
}

function undenied(parts: readonly Part[], statements: readonly Statement[]): readonly Part[] {
  const denials = statements.filter(({ effect }) => effect === 'Deny');
  return parts.flatMap((part) => {
    const effects = denials.map((denial) => effectOn(part.pattern, denial));
    if (effects.includes('all')) return [];
    return [effects.includes('some') ? { ...part, conditional: true } : part];
  });
}

/** How much of a pattern a denial takes: NB. `some` also where it may be all or nothing. */
function effectOn(pattern: string, denial: Statement): 'all' | 'some' | 'none' {
  const share = shareOf(pattern, denial.resources);
  return share === 'all' && !isUnconditional(denial) ? 'some' : share;
}

function shareOf(pattern: string, resources: Matching | undefined): 'all' | 'some' | 'none' {
  if (resources === undefined) return 'all';
  const { kind, patterns } = resources;
  const isInside = patterns.some((one) => one === withoutVariables(one) && covers(one, pattern));
  const isBeside = !patterns.some((one) => meets(withoutVariables(one), pattern));
  if (isInside) return kind === 'any-of' ? 'all' : 'none';
  if (isBeside) return kind === 'any-of' ? 'none' : 'all';
  return 'some';
}

/** NB. Most patterns differ before their first wildcard: that is seen sooner than by looking for a text of both. */
function meets(one: string, other: string): boolean {
  const sure = Math.min(literalLength(one), literalLength(other));
  return one.slice(0, sure) === other.slice(0, sure) && overlap(one, other);
}

function literalLength(pattern: string): number {
  const wildcard = pattern.search(/[*?]/);
  return wildcard < 0 ? pattern.length : wildcard;
}

/** What of a part a boundary leaves. */
function within(part: Part, limits: readonly Part[]): readonly Part[] {
  if (limits.some((limit) => !limit.conditional && covers(limit.pattern, part.pattern))) return [part];
  return limits
    .filter((limit) => meets(limit.pattern, part.pattern))
    .map((limit) => {
      const isConditional = part.conditional || limit.conditional;
      if (covers(limit.pattern, part.pattern)) return { ...part, conditional: true };
      if (covers(part.pattern, limit.pattern)) return { ...limit, conditional: isConditional };
      return { ...part, conditional: true };
    });
}

/** Without the parts that others hold, in the order of their patterns. */
function distinct(parts: readonly Part[]): readonly Part[] {
  const sorted = [
    ...new Map(parts.map((part) => [`${part.pattern} ${part.conditional}`, part])).values(),
  ].sort((one, other) =>
    `${one.pattern} ${one.conditional}` < `${other.pattern} ${other.conditional}` ? -1 : 1,
  );
  return sorted.filter(
    (part, at) => !sorted.some((other, place) => place !== at && isHeldBy(part, other, place < at)),
  );
}

/** NB. Of two patterns that mean the same the first stays. */
function isHeldBy(part: Part, other: Part, isFirst: boolean): boolean {
  if (other.conditional && !part.conditional) return false;
  if (!covers(other.pattern, part.pattern)) return false;
  const isTwin = covers(part.pattern, other.pattern) && other.conditional === part.conditional;
  return !isTwin || isFirst;
}
