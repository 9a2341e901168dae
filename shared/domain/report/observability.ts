import { overlap } from '../policy/pattern-relation.ts';
import type { AccessLevel } from '../trail/catalogue.ts';
import type { DataEventSelectors, NotObservableReason } from './observable.ts';
import { dataEventOf, isPermissionOnly, parts } from './observable-actions.ts';

/** An action as it is granted: with the patterns of the resources it is granted on. */
export type GrantedAction = {
  readonly action: string;
  readonly level?: AccessLevel;
  readonly resources: readonly string[];
};

/**
 * Why calls of the action on what it is granted on are not all in the trail, or undefined where they are. `writing` names
 * the services in which something was written: what is made can be given tags in the same call, and that takes the
 * permission to tag without a call of its own.
 */
export function unobservable(
  granted: GrantedAction,
  selectors: DataEventSelectors,
  writing: ReadonlySet<string>,
): NotObservableReason | undefined {
  const { action, level } = granted;
  if (isPermissionOnly(action)) return 'permission-only';
  if (level === 'Tagging' && writing.has(parts(action)[0]) && !isUntagging(action)) return 'permission-only';
  const dataEvent = dataEventOf(action);
  if (dataEvent === undefined)
    return isManagementRecorded(granted, selectors) ? undefined : 'management-event-not-recorded';
  const { resources } = granted;
  const isRecorded =
    resources.length > 0 && resources.every((one) => isDataRecorded(granted, one, dataEvent, selectors));
  return isRecorded ? undefined : 'data-event-not-recorded';
}

function isUntagging(action: string): boolean {
  return /^(Untag|Remove|Delete)/.test(parts(action)[1]);
}

type Kind = 'read' | 'write' | 'either';

/** NB. AssumeRole and its kin write for IAM and read for CloudTrail. */
function kindOf({ action, level }: GrantedAction): Kind {
  if (level === undefined || action.startsWith('sts:')) return 'either';
  return level === 'List' || level === 'Read' ? 'read' : 'write';
}

function isManagementRecorded(
  granted: GrantedAction,
  { management, excludedSources }: DataEventSelectors,
): boolean {
  const service = parts(granted.action)[0].replaceAll('-', '');
  if (excludedSources.some((source) => source.split('.')[0] === service)) return false;
  return isIncluded(kindOf(granted), management);
}

function isDataRecorded(
  granted: GrantedAction,
  resource: string,
  dataEvent: string,
  { data }: DataEventSelectors,
): boolean {
  return data.some(
    (selected) =>
      selected.resourceType === dataEvent &&
      isIncluded(kindOf(granted), selected.access) &&
      isLimitedTo(resource, selected) &&
      !selected.exceptPrefixes.some((prefix) => canBeUnder(resource, prefix)),
  );
}

type Selected = DataEventSelectors['data'][number];

function isLimitedTo(resource: string, { arnPrefixes, arns }: Selected): boolean {
  if (arnPrefixes.length === 0 && arns.length === 0) return true;
  return (
    arnPrefixes.some((prefix) => isWithin(resource, prefix)) || arns.some((arn) => isWhole(resource, arn))
  );
}

function isIncluded(kind: Kind, recorded: DataEventSelectors['management']): boolean {
  switch (recorded) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'read-only':
      return kind === 'read';
    case 'write-only':
      return kind === 'write';
    default:
      return recorded satisfies never;
  }
}

/** NB. A bucket's own events (ListObjects) fall under the prefix of its objects, which ends in a slash. */
function isWithin(pattern: string, prefix: string): boolean {
  const isWholeService = /^arn:[^:]*:[^:]*:*$/.test(prefix);
  const literal = pattern.split(/[*?]/)[0] ?? '';
  return isWholeService || literal.startsWith(prefix) || `${pattern}/` === prefix;
}

/** NB. No event has the ARN of a bucket alone, and an ARN with a star is that of an object whose name has one. */
function isWhole(pattern: string, arn: string): boolean {
  return pattern === arn && !/[*?]|:s3:::[^/]*$/.test(arn);
}

/**
 * NB. The event of a bucket names it with a slash and what was listed of it (productionapp/logs/), so what is left out of a
 * bucket is left out of its listings too; of objects the slash changes nothing.
 */
function canBeUnder(pattern: string, prefix: string): boolean {
  return overlap(`${pattern}/*`, `${prefix}*`);
}
