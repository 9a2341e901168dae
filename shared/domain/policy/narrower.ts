import type { PolicyJson } from '../report/report.ts';
import { matchesAction, matchesResource } from './pattern.ts';
import { covers } from './pattern-relation.ts';

/** An action with the patterns of the resources on which it stays. */
export type Use = { readonly action: string; readonly resources: readonly string[] };

/** Beyond so many resources nobody reads a statement: they are widened. */
const MOST_RESOURCES = 50;

/** The longest part of a resource's name that is kept once its statement is widened. */
const LONGEST_PREFIX = 256;

const ARN = /^(arn:[^:]*:[^:]*:[^:]*:[^:]*:)(.*)$/s;

/**
 * The identity policy of these uses: one statement for each set of resources, with its actions. The same uses in any order
 * give the same policy. An action without any resource is left out: an action that takes none has the resource `*`.
 */
export function narrowerPolicy(uses: readonly Use[]): PolicyJson {
  const byAction = Map.groupBy(uses, ({ action }) => action);
  const statements = [...byAction].flatMap(([action, some]) => {
    const resources = few(distinct(some.flatMap((use) => use.resources)));
    return resources.length === 0 ? [] : [{ action, resources, key: resources.join('\n') }];
  });
  const byResources = [...Map.groupBy(statements, ({ key }) => key).values()];
  return {
    Version: '2012-10-17',
    Statement: byResources
      .map((group) => ({
        Effect: 'Allow' as const,
        Action: sorted(group.map(({ action }) => action)),
        Resource: group[0]?.resources ?? [],
      }))
      .sort((one, other) => compare(one.Action[0] ?? '', other.Action[0] ?? '')),
  };
}

/** Whether the policy allows the action on the resource. */
export function policyAllows(policy: PolicyJson, action: string, resource: string): boolean {
  return policy.Statement.some(
    ({ Action, Resource }) =>
      Action.some((pattern) => matchesAction(pattern, action)) &&
      Resource.some((pattern) => matchesResource(pattern, resource)),
  );
}

/** Sorted, without those that others cover; of two that mean the same the first stays. */
function distinct(patterns: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const pattern of sorted([...new Set(patterns)])) {
    if (kept.some((other) => covers(other, pattern))) continue;
    kept.push(pattern);
  }
  return kept.filter((one, at) => !kept.some((other, place) => place > at && covers(other, one)));
}

/** Widened with the longest prefixes with which they are few; the service, the Region and the account always stay. */
function few(patterns: readonly string[]): readonly string[] {
  let kept: ReadonlySet<string> = new Set(patterns);
  for (let longest = LONGEST_PREFIX; kept.size > MOST_RESOURCES && longest >= 0; longest--) {
    kept = new Set(patterns.map((pattern) => widened(pattern, longest)));
  }
  return kept.size === patterns.length ? patterns : distinct([...kept]);
}

function widened(pattern: string, longest: number): string {
  const [, head = '', own = pattern] = ARN.exec(pattern) ?? [];
  return own.length <= longest || head === '' ? pattern : `${head}${own.slice(0, longest)}*`;
}

function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted(compare);
}

/** By code unit, whatever the machine's language. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
