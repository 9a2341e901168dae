import { partitionOf } from '../arn.ts';
import type { Json } from '../canonical-json.ts';
import { memberOf, textAt, textsOf } from './members.ts';
import type { TrailRecord } from './record.ts';

/** How a service's calls name what they are about; the formats of ARNs are those of the Service Authorization Reference. */
type Naming = {
  /** Where only these calls mean it so. */
  readonly only?: ReadonlySet<string>;
  readonly names: (parameters: Json) => readonly (string | undefined)[];
  /** The ARN after `arn:<partition>:`; `scope` is `<region>:<account>`. Undefined where only an ARN would tell. */
  readonly arn: (name: string, scope: string, record: TrailRecord) => string | undefined;
};

const one =
  (...path: readonly string[]): Naming['names'] =>
  (parameters) => [textAt(parameters, ...path)];

/** IAM's calls tell the path of what they make alone; that of the rest is taken to be `/`, as the console makes it. */
const iam = (parameter: string, kind: string): Naming => ({
  names: one(parameter),
  arn: (name, _, { account, parameters }) =>
    `iam::${account}:${kind}${textAt(parameters, 'path') ?? '/'}${name}`,
});

/** EC2's other calls need several kinds of resources at once, of which they name some: nothing is said of those. */
const ON_INSTANCES = new Set([
  'StartInstances',
  'StopInstances',
  'RebootInstances',
  'TerminateInstances',
  'GetConsoleOutput',
  'GetPasswordData',
  'DescribeInstanceAttribute',
]);

const ON_PARAMETERS = new Set([
  'GetParameter',
  'GetParameters',
  'PutParameter',
  'DeleteParameter',
  'DeleteParameters',
]);

/** By the service; of several the first that names something counts: AttachRolePolicy is about the role, not the policy. */
const NAMINGS: Readonly<Record<string, readonly Naming[]>> = {
  'dynamodb.amazonaws.com': [
    { names: one('tableName'), arn: (name, scope) => `dynamodb:${scope}:table/${name}` },
  ],
  'lambda.amazonaws.com': [
    {
      names: one('functionName'),
      arn: (name, scope) =>
        /^[\w-]+(:[\w$-]+)?$/.test(name) ? `lambda:${scope}:function:${name}` : undefined,
    },
  ],
  'sqs.amazonaws.com': [{ names: one('queueUrl'), arn: queueArn }],
  'sns.amazonaws.com': [{ names: one('topicArn'), arn: () => undefined }],
  // An alias can be of any key.
  'kms.amazonaws.com': [
    {
      names: one('keyId'),
      arn: (name, scope) => (name.startsWith('alias/') ? undefined : `kms:${scope}:key/${name}`),
    },
  ],
  'iam.amazonaws.com': [
    iam('instanceProfileName', 'instance-profile'),
    iam('groupName', 'group'),
    iam('roleName', 'role'),
    iam('userName', 'user'),
    { names: one('policyArn'), arn: () => undefined },
  ],
  'ec2.amazonaws.com': [
    { only: ON_INSTANCES, names: instanceIds, arn: (id, scope) => `ec2:${scope}:instance/${id}` },
  ],
  // Six question marks for the random characters at the end ("Secrets Manager resources", Service Authorization Reference).
  'secretsmanager.amazonaws.com': [
    { names: one('secretId'), arn: (name, scope) => `secretsmanager:${scope}:secret:${name}-??????` },
    {
      only: new Set(['CreateSecret']),
      names: one('name'),
      arn: (name, scope) => `secretsmanager:${scope}:secret:${name}-??????`,
    },
  ],
  'ssm.amazonaws.com': [
    {
      only: ON_PARAMETERS,
      names: parameterNames,
      arn: (name, scope) => `ssm:${scope}:parameter/${name.replace(/^\//, '')}`,
    },
  ],
  'logs.amazonaws.com': [
    { names: one('logGroupName'), arn: (name, scope) => `logs:${scope}:log-group:${name}:*` },
  ],
  'sts.amazonaws.com': [{ names: one('roleArn'), arn: () => undefined }],
};

/** The ARNs of what a call's parameters name; a parameter that is an ARN is taken as it is. */
export function namedResources(record: TrailRecord): readonly string[] {
  const { source, name, parameters } = record;
  const namings = (NAMINGS[source] ?? []).filter(({ only }) => only?.has(name) !== false);
  for (const naming of namings) {
    const names = naming.names(parameters).filter((text) => text !== undefined);
    const arns = names.map((text) => arnOf(naming, text, record)).filter((arn) => arn !== undefined);
    if (arns.length > 0) return arns;
  }
  return [];
}

function arnOf({ arn }: Naming, name: string, record: TrailRecord): string | undefined {
  if (name.startsWith('arn:')) return name;
  const rest = arn(name, `${record.region}:${record.account}`, record);
  return rest === undefined ? undefined : `arn:${partitionOf(record.region)}:${rest}`;
}

/** https://sqs.<region>.amazonaws.com/<account>/<name>. */
function queueArn(url: string, scope: string): string | undefined {
  const [, account, name] = /^https:\/\/[^/]+\/(\d{12})\/([\w.-]+)$/.exec(url) ?? [];
  return name && `sqs:${scope.split(':')[0]}:${account}:${name}`;
}

function instanceIds(parameters: Json): readonly (string | undefined)[] {
  const items = memberOf(memberOf(parameters, 'instancesSet'), 'items');
  const listed = Array.isArray(items) ? items.map((item) => textAt(item, 'instanceId')) : [];
  return [textAt(parameters, 'instanceId'), ...listed];
}

function parameterNames(parameters: Json): readonly (string | undefined)[] {
  return [textAt(parameters, 'name'), ...textsOf(memberOf(parameters, 'names'))];
}
