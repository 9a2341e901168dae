import type { DeploymentFacts } from '../../infra/deployment-facts.ts';
import type { PolicyDocument } from '../aws/aws.ts';
import { auditorRolesOf } from './auditor-roles.ts';
import { bucketsOf } from './buckets.ts';
import { eventSourcesOf } from './event-sources.ts';
import type { FunctionEvent } from './function-events.ts';
import type { Door, Hub, HubFunction, Route } from './hub.ts';
import { type PhysicalNames, resolveIntrinsics } from './intrinsics.ts';
import { busesOf, queuesOf, secretsOf } from './messaging.ts';
import { functionNameOf, type Place, physicalNames } from './physical-names.ts';
import { gatewayResponsesOf, keysOf, roleOf, streamsOf, tablesOf } from './resources.ts';
import { rulesOf } from './rules.ts';
import { readTemplates, type ServerlessFunction, type Templates } from './templates.ts';

/** Reads the hub from the product's own templates, so that the sandbox runs under what would be deployed. */
export function readHub(options: {
  /** The folder of serverless.yml. */
  readonly root: string;
  readonly facts: DeploymentFacts;
  readonly stage?: string;
  readonly apiId?: string;
  /** Values for `${param:…}` in place of the defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}): Hub {
  const { facts, stage = 'sandbox', apiId = 'drawbridge' } = options;
  const templates = readTemplates({ ...options, stage });
  const { hubAccount: account, region, partition } = facts;
  const place: Place = { account, region, partition, stage, apiId };
  const names = physicalNames(templates, place);
  const functions = Object.entries(templates.functions);
  return {
    ...place,
    functions: functions.map(([name, one]) => hubFunction(name, one, templates, names, place)),
    routes: functions.flatMap(([name, one]) => routesOf(name, one)),
    resourcePolicy: resourcePolicyOf(templates, names, place),
    gatewayResponses: gatewayResponsesOf(templates, names),
    roles: [
      ...functions.map(([, { role }]) => roleOf(role, templates, names, account)),
      ...auditorRolesOf(options.root, facts.auditorRoleArns, place),
    ],
    keys: keysOf(templates, names, account),
    tables: tablesOf(templates, names),
    streams: streamsOf(templates, names, region),
    eventSources: eventSourcesOf(templates, names, place),
    secrets: secretsOf(templates, names, account),
    queues: queuesOf(templates, names, account),
    buses: busesOf(templates, names, account),
    rules: rulesOf(templates, names, place),
    buckets: bucketsOf(templates, names, account),
  };
}

function hubFunction(
  name: string,
  source: ServerlessFunction,
  templates: Templates,
  names: PhysicalNames,
  place: Place,
): HubFunction {
  const functionName = functionNameOf(templates.service, place.stage, name);
  return {
    name,
    functionName,
    arn: `arn:${place.partition}:lambda:${place.region}:${place.account}:function:${functionName}`,
    file: source.handler.replace(/\.handler$/, '.ts'),
    roleArn: String(resolveIntrinsics({ 'Fn::GetAtt': [source.role, 'Arn'] }, names)),
    timeLimitMs: (source.timeout ?? templates.provider.timeout) * 1000,
    environment: environmentOf(source, names),
  };
}

function environmentOf({ environment }: ServerlessFunction, names: PhysicalNames): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, String(resolveIntrinsics(value, names))]),
  );
}

function routesOf(answeredBy: string, { events }: ServerlessFunction): Route[] {
  return events.filter(isHttp).map(({ http }) => ({
    method: http.method.toUpperCase(),
    path: `/${http.path}`,
    door: doorOf(http.authorizer),
    answeredBy,
  }));
}

type HttpEvent = Extract<FunctionEvent, { readonly http: unknown }>;

function isHttp(event: FunctionEvent): event is HttpEvent {
  return 'http' in event;
}

function doorOf(authorizer: HttpEvent['http']['authorizer']): Door {
  if (authorizer === undefined) return { kind: 'open' };
  switch (authorizer.type) {
    case 'aws_iam':
      return { kind: 'iam' };
    case 'token':
      return { kind: 'token', authorizer: authorizer.name };
    default:
      return authorizer satisfies never;
  }
}

/** API Gateway completes resources that are written as execute-api:/stage/… with the ARN of the API. */
function resourcePolicyOf(templates: Templates, names: PhysicalNames, place: Place): PolicyDocument {
  const api = `arn:${place.partition}:execute-api:${place.region}:${place.account}:${place.apiId}`;
  const statements = templates.provider.apiGateway.resourcePolicy.map((statement) => ({
    ...statement,
    Resource: [statement.Resource].flat().map((resource) => resource.replace(/^execute-api:/, api)),
  }));
  return { Version: '2012-10-17', Statement: textual(resolveIntrinsics(statements, names)) };
}

/** IAM's JSON takes numbers in conditions as texts; evaluators expect the texts. */
function textual(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, item: unknown) =>
    typeof item === 'number' ? String(item) : item,
  );
}
