import type { Matching, RolePolicies, Statement } from '../../../shared/domain/policy/document.ts';
import type { AccessLevel, ActionCatalogue } from '../../../shared/domain/trail/catalogue.ts';

/** Actions as the Service Authorization Reference has them, with their levels; `-` takes no resources. */
const ACTIONS: Readonly<Record<string, readonly (readonly [string, AccessLevel, '-'?])[]>> = {
  s3: [
    ['DeleteObject', 'Write'],
    ['GetBucketLocation', 'Read'],
    ['GetObject', 'Read'],
    ['ListAllMyBuckets', 'List', '-'],
    ['ListBucket', 'List'],
    ['PutObject', 'Write'],
  ],
  sqs: [
    ['DeleteMessage', 'Write'],
    ['ListQueues', 'List', '-'],
    ['SendMessage', 'Write'],
  ],
};

/** A catalogue of two services. */
export const CATALOGUE: ActionCatalogue = {
  version: 'small',
  services: Object.keys(ACTIONS),
  actionsOf: (service) =>
    (ACTIONS[service] ?? []).map(([name, level, none]) => {
      return { action: `${service}:${name}`, level, hasResources: none === undefined };
    }),
  action: (service, name) =>
    CATALOGUE.actionsOf(service).find(
      ({ action }) => action.toLowerCase() === `${service}:${name}`.toLowerCase(),
    ),
};

/** These patterns. */
export function anyOf(...patterns: readonly string[]): Matching {
  return { kind: 'any-of', patterns };
}

/** Everything but these patterns. */
export function noneOf(...patterns: readonly string[]): Matching {
  return { kind: 'none-of', patterns };
}

/** A statement that allows; `change` says what is different. */
export function allow(actions: Matching, resources: Matching, change: Partial<Statement> = {}): Statement {
  return { effect: 'Allow', actions, resources, ...change };
}

/** A statement that denies; `change` says what is different. */
export function deny(actions: Matching, resources: Matching, change: Partial<Statement> = {}): Statement {
  return { effect: 'Deny', actions, resources, ...change };
}

/** A condition that nothing here judges. */
export const CONDITION: Partial<Statement> = {
  condition: { StringEquals: { 'aws:PrincipalTag/team': ['web'] } },
};

/** A role with these statements in one inline policy, and in its boundary where there are any. */
export function roleWith(statements: readonly Statement[], boundary?: readonly Statement[]): RolePolicies {
  return {
    arn: 'arn:aws:iam::999999999999:role/UpdateApp',
    trust: { statements: [] },
    inline: [{ name: 'inline', document: { statements } }],
    attached: [],
    ...(boundary && { boundary: { name: 'boundary', document: { statements: boundary } } }),
    maxSessionSeconds: 3600,
  };
}

/** The statement as IAM writes it. */
export function asIam({ effect, actions, resources, condition }: Statement) {
  return {
    Effect: effect,
    [actions.kind === 'any-of' ? 'Action' : 'NotAction']: actions.patterns,
    ...(resources && { [resources.kind === 'any-of' ? 'Resource' : 'NotResource']: resources.patterns }),
    ...(condition && { Condition: condition }),
  };
}
