import * as z from 'zod';
import { CONTRACTS, type Contract } from './contracts.ts';
import { OPERATIONS, type OperationId } from './operations.ts';
import { type ProblemCode, STATUSES } from './problem.ts';
import * as requests from './request-schemas.ts';
import * as responses from './response-schemas.ts';

const DOORS = {
  oidc: { prefix: '/v1', security: [{ oidc: [] }] },
  iam: { prefix: '/iam/v1', security: [{ iam: [] }] },
} as const;

/** The OpenAPI 3.1 document, made of the schemas that validate. */
export function openApiDocument(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Drawbridge',
      version: '1',
      description: 'Lends AWS roles for minutes. Every route is there at two doors: /v1 and /iam/v1.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths: paths(),
    components: {
      schemas: { ...named(REQUESTS, 'input'), ...named(responses, 'output') },
      securitySchemes: {
        oidc: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token' },
        iam: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'AWS Signature Version 4, with the session of an IAM user that carries MFA',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
      },
    },
  };
}

function paths(): Record<string, Record<string, object>> {
  const found: Record<string, Record<string, object>> = {};
  for (const [id, operation] of Object.entries(OPERATIONS)) {
    const doors = operation.doors === 'both' ? (['oidc', 'iam'] as const) : (['oidc'] as const);
    for (const door of doors) {
      const path = `${DOORS[door].prefix}${operation.path}`;
      found[path] = {
        ...found[path],
        [operation.method.toLowerCase()]: operationObject(id as OperationId, door),
      };
    }
  }
  return found;
}

function operationObject(id: OperationId, door: keyof typeof DOORS): object {
  const { summary, path, doors } = OPERATIONS[id];
  const { body, answers, refusals } = CONTRACTS[id];
  return {
    operationId: door === 'oidc' ? id : `${id}AtTheIamDoor`,
    summary,
    security: doors === 'open' ? [] : DOORS[door].security,
    parameters: [...pathParameters(path), ...parametersOf(CONTRACTS[id])],
    ...(body === undefined
      ? {}
      : { requestBody: { content: { 'application/json': { schema: schemaOf(body, 'input') } } } }),
    responses: {
      ...answersOf(id, answers),
      ...problemsOf([...refusals.map(ofFunction), ...ofGateway(doors)]),
    },
  };
}

function answersOf(id: OperationId, answers: Contract['answers']): Record<string, object> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, [description, schema]]) => [
      status,
      {
        description,
        ...headersOf(id === 'requestElevation' && status === '201' ? MADE : {}),
        content: { 'application/json': { schema: schemaOf(schema, 'output') } },
      },
    ]),
  );
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string', pattern: PATH_PARAMETERS[name] },
  }));
}

const PATH_PARAMETERS: Readonly<Record<string, string>> = {
  id: '^[0-7][0-9A-HJKMNP-TV-Z]{25}$',
  report: '^\\d{8}T\\d{4}Z-\\d{8}T\\d{4}Z$',
  team: '^[TE][A-Z0-9]{2,20}$',
  user: '^[UW][A-Z0-9]{2,20}$',
};

function parametersOf({ query, headers = {} }: Contract): object[] {
  const inQuery = Object.entries(query?._zod.def.shape ?? {}).map(([name, schema]) => ({
    ...{ name, in: 'query', required: false },
    schema: schemaOf(schema as z.core.$ZodType, 'input'),
  }));
  const inHeader = Object.entries(headers).map(([name, schema]) => ({
    ...{ name, in: 'header', required: false },
    schema: schemaOf(schema, 'input'),
  }));
  return [...inQuery, ...inHeader];
}

type Refused = readonly [status: number, code: string];

function ofFunction(code: ProblemCode): Refused {
  return [STATUSES[code], code];
}

/** What API Gateway refuses by itself, before a function is asked: infra/gateway-responses.yml. */
function ofGateway(doors: 'open' | 'both'): readonly Refused[] {
  const always: readonly Refused[] = [
    [429, 'too-many-requests'],
    [500, 'internal'],
    [504, 'internal'],
  ];
  return doors === 'open' ? always : [...always, [401, 'unauthenticated'], [403, 'unauthenticated']];
}

/** Refusals by their statuses, each with the codes that it can carry. */
function problemsOf(refusals: readonly Refused[]): Record<string, object> {
  const byStatus = Map.groupBy(refusals, ([status]) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: `Refused: ${[...new Set(ofStatus.map(([, code]) => code))].sort().join(', ')}`,
        ...headersOf(HEADERS[status] ?? {}),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

const RETRY_AFTER = { 'Retry-After': 'Seconds to wait, where waiting helps (RFC 9110, section 10.2.3)' };

/** The headers of refusals that mean something to a client, by status. */
const HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: {
    'x-amzn-Remapped-WWW-Authenticate': 'The challenge of RFC 9470, under the name that API Gateway gives it',
  },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};

/** The headers of an elevation that was made. */
const MADE = {
  Location: 'The elevation, relative to what was called',
  'Idempotency-Replayed': '`true` where the elevation had been made before with this key',
};

function headersOf(headers: Readonly<Record<string, string>>): object {
  const described = Object.entries(headers);
  if (described.length === 0) return {};
  const schema = { type: 'string' };
  return {
    headers: Object.fromEntries(described.map(([name, description]) => [name, { description, schema }])),
  };
}

/** Bodies that are sent; queries and headers are parameters and stand with their operations. */
const REQUESTS = {
  NewElevation: requests.NewElevation,
  NewSlackLink: requests.NewSlackLink,
  Decision: requests.Decision,
  Ending: requests.Ending,
  Nothing: requests.Nothing,
};

/** Each schema under its name, referring to the others by theirs. */
function named(
  schemas: Readonly<Record<string, z.core.$ZodType>>,
  io: 'input' | 'output',
): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(made.schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
}

/** A schema by reference where it has a name, and in full elsewhere. */
function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): object {
  const all: Readonly<Record<string, z.core.$ZodType>> = { ...REQUESTS, ...responses };
  const name = Object.keys(all).find((one) => all[one] === schema);
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return rest;
}
