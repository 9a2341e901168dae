import type {
  PolicyDocument,
  WorldBus,
  WorldKey,
  WorldQueue,
  WorldRole,
  WorldRule,
  WorldSecret,
} from '../aws/aws.ts';
import type { TableDefinition } from '../dynamodb/start-dynamodb.ts';
import type { StreamDefinition } from '../dynamodb/table-stream.ts';
import type { WorldBucket } from '../world/world.ts';
import type { EventSource } from './event-source.ts';

/** How a method of the API finds out who is calling. */
export type Door =
  | { readonly kind: 'open' }
  | { readonly kind: 'iam' }
  /** A Lambda authorizer of type TOKEN; `authorizer` is the function's name in serverless.yml. */
  | { readonly kind: 'token'; readonly authorizer: string };

/** One method of the API. */
export type Route = {
  readonly method: string;
  /** Begins with a slash; variables in braces: /v1/elevations/{id}. */
  readonly path: string;
  readonly door: Door;
  /** The name of the function that answers, as serverless.yml has it. */
  readonly answeredBy: string;
};

/** One function as it would be deployed. */
export type HubFunction = {
  /** Its name in serverless.yml: elevations. */
  readonly name: string;
  /** Its name in AWS: drawbridge-sandbox-elevations. */
  readonly functionName: string;
  readonly arn: string;
  /** The source of its handler, relative to the root of the project. */
  readonly file: string;
  readonly roleArn: string;
  readonly timeLimitMs: number;
  readonly environment: Readonly<Record<string, string>>;
};

/** What API Gateway answers by itself, for one type of refusal. */
export type GatewayResponse = {
  readonly type: string;
  /** Absent: the status that the refusal has of its own. */
  readonly status?: number;
  /** Headers by their names; values as templates have them, quoted when they are literal. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** The hub as its templates describe it, with physical names in place of references. */
export type Hub = {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly stage: string;
  readonly apiId: string;
  readonly functions: readonly HubFunction[];
  readonly routes: readonly Route[];
  readonly resourcePolicy: PolicyDocument;
  readonly gatewayResponses: readonly GatewayResponse[];
  /** Those of the functions, and the auditor roles of the accounts that have roles of the catalog. */
  readonly roles: readonly WorldRole[];
  readonly keys: readonly WorldKey[];
  readonly tables: readonly TableDefinition[];
  readonly streams: readonly StreamDefinition[];
  readonly eventSources: readonly EventSource[];
  readonly secrets: readonly WorldSecret[];
  readonly queues: readonly WorldQueue[];
  readonly buses: readonly WorldBus[];
  readonly rules: readonly WorldRule[];
  readonly buckets: readonly Omit<WorldBucket, 'objects'>[];
};
