import type { Json } from '../canonical-json.ts';
import { apiGatewayVerb } from './actions/api-gateway.ts';
import { dynamoDbActions } from './actions/dynamodb.ts';
import { EXCEPTIONS } from './actions/exceptions.ts';
import { servicePrefix } from './actions/prefixes.ts';
import { s3Actions } from './actions/s3.ts';
import type { ActionCatalogue } from './catalogue.ts';
import type { Observation } from './observation.ts';
import type { TrailRecord } from './record.ts';

/** What tells which IAM actions a call needed. */
export type Call = Pick<TrailRecord, 'type' | 'source' | 'name' | 'error' | 'parameters'>;

/** The IAM actions of a call, in the spelling of the catalogue; none where there is no telling. */
export type Mapped = {
  readonly mapping: Observation['mapping'];
  readonly actions: readonly string[];
};

/**
 * Which IAM actions a call needed. The one that IAM itself names in its refusal wins; otherwise it is the action of the
 * event's name, but for the documented exceptions. Everything is looked up in the catalogue: what is not there is
 * unmapped.
 */
export function actionsOf(call: Call, catalogue: ActionCatalogue): Mapped {
  if (call.type !== 'AwsApiCall') return { mapping: 'not-an-api-call', actions: [] };
  const refused = refusedAction(call.error?.message, catalogue);
  const actions = refused === undefined ? lookedUp(call, catalogue) : [refused];
  return { mapping: actions.length === 0 ? 'unmapped' : 'mapped', actions };
}

/** "Troubleshoot access denied error messages" in the IAM User Guide; some services write their prefix in capitals. */
const REFUSED = /\bis not authorized to perform: ([a-z0-9-]{1,64}):(\w{1,128})\b/i;

/** NB. What IAM names is an action even where the catalogue is too old to have it. */
function refusedAction(message: string | undefined, catalogue: ActionCatalogue): string | undefined {
  const [, service, name] = REFUSED.exec(message ?? '') ?? [];
  if (service === undefined || name === undefined) return undefined;
  return catalogue.action(service, name)?.action ?? `${service.toLowerCase()}:${name}`;
}

function lookedUp({ source, name, parameters }: Call, catalogue: ActionCatalogue): readonly string[] {
  const service = servicePrefix(source);
  const operation = withoutVersion(name);
  const known = (names: readonly string[]) => {
    const found = names.flatMap((one) => catalogue.action(service, one)?.action ?? []);
    return found.length === names.length ? found : [];
  };
  const exceptional = exceptionalActions(service, operation, parameters);
  if (exceptional !== undefined) return known(exceptional);
  const candidates = [name, operation, ...(service === 'apigateway' ? apiGatewayVerb(operation) : [])];
  return candidates.map((one) => known([one])).find((found) => found.length > 0) ?? [];
}

/**
 * CloudFront, Lambda and some others write the version of their API behind the operation: CreateFunction2020_05_31,
 * AddPermission20150331v2. NB. A bare V2 belongs to the name: CreateClusterV2 is an action of its own.
 */
const VERSION = /(?:\d{8}|\d{4}_\d{2}_\d{2})(?:v\d+)?$/;

function withoutVersion(name: string): string {
  return name.replace(VERSION, '');
}

/** The names of the actions of an operation that is not called like its action; undefined for the many others. */
function exceptionalActions(
  service: string,
  operation: string,
  parameters: Json,
): readonly string[] | undefined {
  switch (service) {
    case 's3':
      return s3Actions(operation, parameters);
    case 'dynamodb':
      return dynamoDbActions(operation, parameters);
    default:
      return EXCEPTIONS.get(`${service}:${operation}`);
  }
}
