import type { RolePolicies } from '../policy/document.ts';
import { grantsOf } from '../policy/grants.ts';
import { dataEventOf, isPermissionOnly } from '../report/observable-actions.ts';
import type { AccessLevel, ActionCatalogue } from '../trail/catalogue.ts';
import { levelOf } from './role-tally.ts';
import { isDeniedOnly, type UsedAction } from './survey.ts';

/** What a role may do, against what it was seen to do. */
export type Unseen = {
  readonly granted: number;
  readonly used: number;
  /** Granted on some resources, and only ever denied. */
  readonly deniedOnly: readonly string[];
  /** Granted, and never seen though it would show. */
  readonly notSeen: readonly LevelledAction[];
  /** Granted, and it would not show: data events that the files have none of, and actions without events. */
  readonly notObservable: readonly LevelledAction[];
  /** Patterns that allow more than is known by name. */
  readonly unexpanded: readonly string[];
  /** The levels that it is granted, the strongest first. */
  readonly levels: readonly AccessLevel[];
};

/** An action with its level. */
export type LevelledAction = { readonly action: string; readonly level?: AccessLevel };

/** The levels, the strongest first. */
export const LEVELS = [
  'Permissions management',
  'Write',
  'Tagging',
  'Read',
  'List',
] as const satisfies readonly AccessLevel[];

/** Compares a role's policies with its calls; `dataEvents` are the types that the files have. */
export function unseenOf(
  policies: RolePolicies,
  actions: readonly UsedAction[],
  dataEvents: readonly string[],
  catalogue: ActionCatalogue,
): Unseen {
  const { permissions, unexpanded } = grantsOf(policies, catalogue);
  const granted = permissions.map(({ action }) => levelled(action, catalogue));
  const called = new Map(actions.map((one) => [one.action, one]));
  const uncalled = granted.filter(({ action }) => !called.has(action));
  const observable = observableWith(dataEvents);
  const tried = granted.map(({ action }) => called.get(action)).filter((one) => one !== undefined);
  return {
    ...{ granted: granted.length, unexpanded },
    used: tried.filter(({ allowed }) => allowed > 0).length,
    deniedOnly: tried.filter(isDeniedOnly).map(({ action }) => action),
    notSeen: uncalled.filter(({ action }) => observable(action)),
    notObservable: uncalled.filter(({ action }) => !observable(action)),
    levels: LEVELS.filter((level) => granted.some((one) => one.level === level)),
  };
}

function observableWith(dataEvents: readonly string[]): (action: string) => boolean {
  const types = new Set(dataEvents);
  return (action) => {
    const type = dataEventOf(action);
    return !isPermissionOnly(action) && (type === undefined || types.has(type));
  };
}

function levelled(action: string, catalogue: ActionCatalogue): LevelledAction {
  const level = levelOf(action, catalogue);
  return { action, ...(level === undefined ? {} : { level }) };
}
