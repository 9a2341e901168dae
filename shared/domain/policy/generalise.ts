/** The part of an ARN behind the account, and what stands for it: `$1` is what the brackets hold. */
type Rule = readonly [own: RegExp, pattern: string];

/**
 * By service, which parts of a resource's name are new each time or too many to list. What is not here stands for
 * itself: queues, tables, keys, instances, parameters. Forms of ARNs from the resource types of the Service
 * Authorization Reference: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
const RULES: ReadonlyMap<string, readonly Rule[]> = new Map([
  ['apigateway', [[/^(\/(?:restapis|apis)\/[^/]+)\/.+$/s, '$1/*']]],
  ['autoscaling', [[/^autoScalingGroup:[^:]+:(autoScalingGroupName\/[^/:]+)$/, 'autoScalingGroup:*:$1']]],
  [
    'batch',
    [
      [/^job\/.+$/s, 'job/*'],
      [/^(job-definition\/[^:]+):.+$/s, '$1:*'],
    ],
  ],
  ['cloudformation', [[/^((?:stack|changeSet)\/[^/]+)\/.+$/s, '$1/*']]],
  ['codebuild', [[/^((?:build|build-batch|report)\/[^:]+):.+$/s, '$1:*']]],
  ['dynamodb', [[/^(table\/[^/]+\/(?:index|stream|backup|export|import))\/.+$/s, '$1/*']]],
  [
    'ecs',
    [
      [/^((?:task|container-instance)\/[^/]+)\/.+$/s, '$1/*'],
      [/^(task-definition\/[^:]+):.+$/s, '$1:*'],
    ],
  ],
  [
    'elasticloadbalancing',
    [
      [/^(loadbalancer\/(?:app|net|gwy)\/[^/]+)\/.+$/s, '$1/*'],
      [/^(targetgroup\/[^/]+)\/.+$/s, '$1/*'],
    ],
  ],
  ['execute-api', [[/^([^/]+\/[^/]+\/[^/]+)\/.+$/s, '$1/*']]],
  ['kinesis', [[/^(stream\/[^/]+\/consumer)\/.+$/s, '$1/*']]],
  ['lambda', [[/^((?:function|layer):[^:]+):.+$/s, '$1:*']]],
  ['logs', [[/^(log-group:[^:]+):.+$/s, '$1:*']]],
  [
    's3',
    [
      [/^(accesspoint\/[^/]+\/object)\/.+$/s, '$1/*'],
      [/^((?!accesspoint\/)[^/:]+)\/.+$/s, '$1/*'],
    ],
  ],
  ['s3-outposts', [[/^(outpost\/[^/]+\/(?:bucket|accesspoint)\/[^/]+\/object)\/.+$/s, '$1/*']]],
  // The six characters that Secrets Manager adds to a name (Secrets Manager User Guide, "Secret ARN").
  ['secretsmanager', [[/^(secret:.+)-[A-Za-z0-9]{6}$/, '$1-??????']]],
  ['sns', [[/^([^:]+):.+$/s, '$1:*']]],
  ['ssm', [[/^(session|automation-execution)\/.+$/s, '$1/*']]],
  ['states', [[/^((?:execution|express):[^:]+):.+$/s, '$1:*']]],
  ['sts', [[/^(assumed-role\/[^/]+)\/.+$/s, '$1/*']]],
]);

// Partition, service, Region and account cannot hold a colon; what the resource's own part holds is its service's affair.
const ARN = /^(arn:[^:]*:([^:]*):[^:]*:[^:]*:)(.+)$/s;

/**
 * The pattern that stands for a resource as it was seen: never another service, account, bucket, table or log group, and
 * always matched by the resource itself.
 */
export function generalised(resourceArn: string): string {
  if (resourceArn === '*') return resourceArn; // of actions that have no resources
  const literal = inert(resourceArn);
  const [, head, service = '', own] = ARN.exec(literal) ?? [];
  if (head === undefined || own === undefined) return literal;
  const rule = RULES.get(service)?.find(([form]) => form.test(own));
  return rule === undefined ? literal : `${head}${own.replace(...rule)}`;
}

/**
 * The narrowest pattern of a name that whoever gave it could have meant as one. NB. IAM takes `${…}` for a policy variable
 * and `*` for anything; `?` matches either character, and only one.
 */
function inert(name: string): string {
  return name.replaceAll('${', '?{').replaceAll('*', '?');
}
