import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type PhysicalNames, resolveIntrinsics } from './intrinsics.ts';
import type { Resource, Templates } from './templates.ts';

/** Where the hub stands. */
export type Place = {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly stage: string;
  readonly apiId: string;
};

/** Where no queue is: the addresses of queues begin with it until it is known where the sandbox's AWS listens. */
export const QUEUE_HOST = 'https://sqs.invalid';

/** The property that names a resource of a type. */
const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SecretsManager::Secret': 'Name',
};

const Properties = z.record(z.string(), z.unknown());

/** When every stream of the sandbox was enabled: it is part of a stream's ARN. */
const STREAM_LABEL = '2026-01-01T00:00:00.000';

/** The name in AWS of a function of serverless.yml. */
export function functionNameOf(service: string, stage: string, name: string): string {
  return `${service}-${stage}-${name}`;
}

/** Names for what the templates refer to: pseudo parameters, the API, the functions and their logs, resources. */
export function physicalNames(templates: Templates, place: Place): PhysicalNames {
  const ofPlace = new Map([
    ['AWS::AccountId', place.account],
    ['AWS::Region', place.region],
    ['AWS::Partition', place.partition],
    ['AWS::URLSuffix', place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'],
    ['AWS::StackName', `${templates.service}-${place.stage}`],
    ['ApiGatewayRestApi', place.apiId],
  ]);
  const resources = Object.entries(templates.resources);
  return new Map([
    ...ofPlace,
    ...Object.keys(templates.functions).flatMap((name) => namesOfFunction(name, templates.service, place)),
    ...resources.flatMap(([id, resource]) => namesOfResource(id, resource, place, ofPlace)),
  ]);
}

/** Serverless makes a function and a log group of each entry, under these logical ids. */
function namesOfFunction(name: string, service: string, place: Place): [string, string][] {
  const id = logicalId(name);
  const functionName = functionNameOf(service, place.stage, name);
  const logGroup = `/aws/lambda/${functionName}`;
  return [
    [`${id}LambdaFunction`, functionName],
    [`${id}LambdaFunction.Arn`, arn(place, 'lambda', `function:${functionName}`)],
    [`${id}LogGroup`, logGroup],
    [`${id}LogGroup.Arn`, arn(place, 'logs', `log-group:${logGroup}:*`)],
  ];
}

/** What Ref and Fn::GetAtt give for a resource, as CloudFormation's reference says of its type. */
function namesOfResource(
  id: string,
  resource: Resource,
  place: Place,
  ofPlace: PhysicalNames,
): [string, string][] {
  const name = nameOf(id, resource, ofPlace);
  switch (resource.Type) {
    case 'AWS::DynamoDB::Table': {
      const tableArn = arn(place, 'dynamodb', `table/${name}`);
      return [...refAndArn(id, name, tableArn), [`${id}.StreamArn`, `${tableArn}/stream/${STREAM_LABEL}`]];
    }
    case 'AWS::KMS::Key':
      return refAndArn(id, keyIdOf(id), arn(place, 'kms', `key/${keyIdOf(id)}`));
    case 'AWS::IAM::Role': {
      const { Path } = z.object({ Path: z.string() }).parse(resource.Properties);
      return refAndArn(id, name, `arn:${place.partition}:iam::${place.account}:role${Path}${name}`);
    }
    case 'AWS::SQS::Queue':
      return refAndArn(id, `${QUEUE_HOST}/${place.account}/${name}`, arn(place, 'sqs', name));
    case 'AWS::Events::EventBus':
      return refAndArn(id, name, arn(place, 'events', `event-bus/${name}`));
    case 'AWS::Events::Rule': // on the default bus; a rule of another has the bus in its ARN
      return refAndArn(id, name, arn(place, 'events', `rule/${name}`));
    case 'AWS::S3::Bucket':
      return refAndArn(id, name, `arn:${place.partition}:s3:::${name}`);
    case 'AWS::SecretsManager::Secret': // AWS adds six characters of its own
      return [[id, arn(place, 'secretsmanager', `secret:${name}-${digest(name).slice(0, 6)}`)]];
    default:
      return []; // a reference to it is an error where it is used
  }
}

/** The name that the template gives a resource; empty where its type has none. */
function nameOf(id: string, { Type, Properties: properties }: Resource, ofPlace: PhysicalNames): string {
  const property = NAME_PROPERTIES[Type];
  if (property === undefined) return '';
  const name = resolveIntrinsics(Properties.parse(properties)[property], ofPlace);
  if (typeof name === 'string') return name;
  throw new Error(`The templates give ${id} no ${property}: the sandbox makes no names up.`);
}

function refAndArn(id: string, ref: string, itsArn: string): [string, string][] {
  return [
    [id, ref],
    [`${id}.Arn`, itsArn],
  ];
}

function arn(place: Place, service: string, resource: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.account}:${resource}`;
}

/** Serverless's rule: a capital first, and words for the characters that a logical id cannot have. */
function logicalId(name: string): string {
  const spelled = name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}

/** A UUID as KMS gives, the same at every start. */
function keyIdOf(id: string): string {
  const hex = digest(id);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
