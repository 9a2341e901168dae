import type { Instant } from '../instant.ts';
import type { Handle } from '../names.ts';
import { generalised } from '../policy/generalise.ts';
import { matchesResource } from '../policy/pattern.ts';
import { servicePrefix } from '../trail/actions/prefixes.ts';
import type { ActionCatalogue } from '../trail/catalogue.ts';
import type { Observation, Outcome } from '../trail/observation.ts';
import { parts } from './observable-actions.ts';
import { PatternCounts } from './pattern-counts.ts';

/** The calls of one action that had one outcome. */
export type Calls = {
  readonly count: number;
  readonly first: Instant;
  readonly last: Instant;
  readonly people: ReadonlySet<Handle>;
};

/** What was done with one action of a role; calls of an outcome that never was are absent. */
export type ActionUse = {
  readonly calls: Readonly<Partial<Record<Outcome, Calls>>>;
  /** The patterns that stand for the resources of allowed calls; `*` where the events do not tell them. */
  readonly resources: readonly (readonly [pattern: string, count: number])[];
};

type Counting = { count: number; first: Instant; last: Instant; readonly people: Set<Handle> };

type Tally = {
  readonly calls: Partial<Record<Outcome, Counting>>;
  readonly resources: PatternCounts;
  /** Whether the action can be limited to resources at all. */
  readonly isLimitable: boolean;
};

/** What was done with a role, counted: it does not grow with the number of events, and their order is no matter. */
export class RoleUsage {
  private readonly actions = new Map<string, Tally>();
  private readonly combinations = new Map<string, number>();
  /** Services of which something was called that no action is known for: any of their permissions may have let it through. */
  readonly unmapped = new Set<string>();
  private readonly catalogue: ActionCatalogue;

  constructor(catalogue: ActionCatalogue) {
    this.catalogue = catalogue;
  }

  /** Counts a call of one of the role's sessions, by a person or by nobody that we know. */
  add(observation: Observation, person?: Handle): void {
    const actions = distinct(observation.actions);
    for (const action of actions) this.addAction(action, observation, person);
    if (observation.mapping === 'unmapped' && observation.outcome !== 'denied')
      this.unmapped.add(servicePrefix(observation.source));
    if (observation.outcome !== 'allowed' || actions.length === 0) return;
    const needed = actions.toSorted().join(' ');
    this.combinations.set(needed, (this.combinations.get(needed) ?? 0) + 1);
  }

  /** Every action that was called, by name. */
  uses(): ReadonlyMap<string, ActionUse> {
    const sorted = [...this.actions].sort(([one], [other]) => (one < other ? -1 : 1));
    return new Map(
      sorted.map(([action, { calls, resources }]) => [action, { calls, resources: resources.entries() }]),
    );
  }

  /** How many allowed events needed just these actions. */
  allowedEvents(): readonly { readonly actions: readonly string[]; readonly count: number }[] {
    return [...this.combinations].map(([needed, count]) => ({ actions: needed.split(' '), count }));
  }

  private addAction(action: string, { at, outcome, resources }: Observation, person?: Handle): void {
    const tally = this.tallyOf(action);
    tally.calls[outcome] ??= { count: 0, first: at, last: at, people: new Set() };
    const calls = tally.calls[outcome];
    calls.count++;
    if (at < calls.first) calls.first = at;
    if (at > calls.last) calls.last = at;
    if (person !== undefined) calls.people.add(person);
    if (outcome !== 'allowed') return;
    for (const pattern of patternsOf(tally, resources)) tally.resources.add(pattern);
  }

  private tallyOf(action: string): Tally {
    const known = this.actions.get(action);
    if (known !== undefined) return known;
    const isLimitable = this.catalogue.action(...parts(action))?.hasResources !== false;
    const tally = { calls: {}, resources: new PatternCounts(), isLimitable };
    this.actions.set(action, tally);
    return tally;
  }
}

function patternsOf({ isLimitable }: Tally, resources: readonly string[]): readonly string[] {
  return isLimitable && resources.length > 0 ? distinct(resources.map(standingFor)) : ['*'];
}

/** Each once. NB. Nearly every call needs one action on one resource. */
function distinct(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...new Set(texts)];
}

/** The pattern that stands for a resource. NB. What a pattern would not match stands for itself, so that none is lost. */
function standingFor(resource: string): string {
  const pattern = generalised(resource);
  return matchesResource(pattern, resource) ? pattern : resource;
}
