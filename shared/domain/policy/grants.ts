import type { AccessLevel, ActionCatalogue, CatalogueAction } from '../trail/catalogue.ts';
import type { Matching, PolicyDocument, RolePolicies, Statement } from './document.ts';
import { matchesAction } from './pattern.ts';
import { type Bearing, type Part, reachOf, reachWithoutResources } from './reach.ts';

/** What a role may do. */
export type Grants = {
  /** One entry for each action, by name. */
  readonly permissions: readonly Grant[];
  /** Patterns of allowed actions of which the catalogue knows none, sorted: they can be more than is listed. */
  readonly unexpanded: readonly string[];
};

/** One action that a role may call. */
export type Grant = {
  readonly action: string;
  readonly level?: AccessLevel;
  /** Conditions, a denial in part or a boundary in part stand between: whether a call is allowed, only IAM knows. */
  readonly conditional: boolean;
  /** The patterns of resources on which it is granted; outside them it never is. */
  readonly resources: readonly string[];
};

/**
 * What the policies of a role allow: inline and attached together, without what they deny, within the boundary. Wildcards
 * and NotAction are expanded by the catalogue. Organization policies, resource policies and session policies are not among
 * them: the first take away, the second can add.
 */
export function grantsOf(policies: RolePolicies, catalogue: ActionCatalogue): Grants {
  const { inline, attached, boundary } = policies;
  const own = bearers([...inline, ...attached].map(({ document }) => document));
  const limit = boundary && bearers([boundary.document]);
  const reach = rememberedReach();
  const permissions = servicesIn(own, catalogue).flatMap((service) =>
    catalogue.actionsOf(service).flatMap((entry) => grantOf(entry, reach(entry, own, limit))),
  );
  return {
    permissions: permissions.sort((one, other) => (one.action < other.action ? -1 : 1)),
    unexpanded: unexpanded(own, catalogue),
  };
}

/** Statements that name the same actions, and whether that is one of them, written in small letters. */
type Bearer = {
  readonly key: string;
  readonly statements: readonly Statement[];
  readonly concerns: (action: string) => boolean;
};

function bearers(documents: readonly PolicyDocument[]): readonly Bearer[] {
  const all = documents.flatMap(({ statements }) => statements);
  return [...Map.groupBy(all, ({ actions }) => JSON.stringify(actions))].flatMap(([key, statements]) => {
    const [first] = statements;
    return first === undefined ? [] : [{ key, statements, concerns: concerning(first.actions) }];
  });
}

function concerning({ kind, patterns }: Matching): (action: string) => boolean {
  const small = patterns.map((pattern) => pattern.toLowerCase());
  const exact = new Set(small);
  const wild = small.filter((pattern) => /[*?]/.test(pattern));
  return (action) =>
    (exact.has(action) || wild.some((pattern) => matchesAction(pattern, action))) === (kind === 'any-of');
}

type Reach = (
  entry: CatalogueAction,
  own: readonly Bearer[],
  limit: readonly Bearer[] | undefined,
) => readonly Part[];

/** NB. Thousands of actions are under the same few statements, so each set of statements is thought through once. */
function rememberedReach(): Reach {
  const known = new Map<string, readonly Part[]>();
  return ({ action, hasResources }, own, limit) => {
    const name = action.toLowerCase();
    const [some, someLimit] = [concerned(own, name), limit && concerned(limit, name)];
    const key = [hasResources, ...keysOf(some), 'within', ...keysOf(someLimit ?? [])].join('\n');
    const parts =
      known.get(key) ?? (hasResources ? reachOf : reachWithoutResources)(bearingOf(some, someLimit));
    known.set(key, parts);
    return parts;
  };
}

function concerned(all: readonly Bearer[], action: string): readonly Bearer[] {
  return all.filter(({ concerns }) => concerns(action));
}

function keysOf(some: readonly Bearer[]): readonly string[] {
  return some.map(({ key }) => key);
}

function bearingOf(own: readonly Bearer[], limit: readonly Bearer[] | undefined): Bearing {
  const policies = own.flatMap(({ statements }) => statements);
  return limit === undefined
    ? { policies }
    : { policies, boundary: limit.flatMap(({ statements }) => statements) };
}

function grantOf({ action, level }: CatalogueAction, parts: readonly Part[]): readonly Grant[] {
  if (parts.length === 0) return [];
  const resources = [...new Set(parts.map(({ pattern }) => pattern))];
  return [{ action, level, conditional: parts.some(({ conditional }) => conditional), resources }];
}

function allowing(own: readonly Bearer[]): readonly Matching[] {
  const allows = own.flatMap(({ statements }) => statements).filter(({ effect }) => effect === 'Allow');
  return allows.map(({ actions }) => actions);
}

/** The services of which something can be allowed; NB. only these are laid out by the catalogue. */
function servicesIn(own: readonly Bearer[], catalogue: ActionCatalogue): readonly string[] {
  const allowed = allowing(own);
  if (allowed.some(({ kind }) => kind === 'none-of')) return catalogue.services;
  const services = new Set(allowed.flatMap(({ patterns }) => patterns.map(serviceOf)));
  if ([...services].some((service) => /[*?]/.test(service))) return catalogue.services;
  return catalogue.services.filter((service) => services.has(service));
}

function serviceOf(pattern: string): string {
  return pattern.split(':', 1)[0]?.toLowerCase() ?? '';
}

function unexpanded(own: readonly Bearer[], catalogue: ActionCatalogue): readonly string[] {
  const patterns = allowing(own).flatMap((actions) => (actions.kind === 'any-of' ? actions.patterns : []));
  return [...new Set(patterns)]
    .filter((pattern) => !isKnown(pattern, catalogue))
    .sort((one, other) => (one < other ? -1 : 1));
}

function isKnown(pattern: string, catalogue: ActionCatalogue): boolean {
  const service = serviceOf(pattern);
  if (/[*?]/.test(service)) return true;
  return catalogue.actionsOf(service).some(({ action }) => matchesAction(pattern, action));
}
