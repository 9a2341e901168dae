import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { PhysicalNames } from './intrinsics.ts';
import type { Resource, Templates } from './templates.ts';

/** Where the hub stands. */
export type Place = {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly stage: string;
  readonly apiId: string;
};

const NamedTable = z.object({ TableName: z.string() });
const NamedRole = z.object({ RoleName: z.string(), Path: z.string() });

/** The name in AWS of a function of serverless.yml. */
export function functionNameOf(service: string, stage: string, name: string): string {
  return `${service}-${stage}-${name}`;
}

/** Names for what the templates refer to: pseudo parameters, the API, the functions and their logs, resources. */
export function physicalNames(templates: Templates, place: Place): PhysicalNames {
  return new Map([
    ['AWS::AccountId', place.account],
    ['AWS::Region', place.region],
    ['AWS::Partition', place.partition],
    ['AWS::StackName', `${templates.service}-${place.stage}`],
    ['ApiGatewayRestApi', place.apiId],
    ...Object.keys(templates.functions).flatMap((name) => namesOfFunction(name, templates.service, place)),
    ...Object.entries(templates.resources).flatMap(([id, resource]) => namesOfResource(id, resource, place)),
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

function namesOfResource(id: string, resource: Resource, place: Place): [string, string][] {
  switch (resource.Type) {
    case 'AWS::DynamoDB::Table': {
      const { TableName } = NamedTable.parse(resource.Properties);
      return [
        [id, TableName],
        [`${id}.Arn`, arn(place, 'dynamodb', `table/${TableName}`)],
      ];
    }
    case 'AWS::KMS::Key': {
      const keyId = keyIdOf(id);
      return [
        [id, keyId],
        [`${id}.Arn`, arn(place, 'kms', `key/${keyId}`)],
      ];
    }
    case 'AWS::IAM::Role': {
      const { RoleName, Path } = NamedRole.parse(resource.Properties);
      return [
        [id, RoleName],
        [`${id}.Arn`, `arn:${place.partition}:iam::${place.account}:role${Path}${RoleName}`],
      ];
    }
    default:
      return []; // a reference to it is an error where it is used
  }
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
  const hex = createHash('sha256').update(id).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
