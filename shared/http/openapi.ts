import * as z from 'zod';
import { OPERATIONS, type OperationId } from './operations.ts';
import { type ProblemCode, STATUSES } from './problem.ts';
import * as requests from './request-schemas.ts';
import * as responses from './response-schemas.ts';

type Contract = {
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly headers?: Readonly<Record<string, z.ZodType>>;
  readonly answers: Readonly<Record<number, readonly [description: string, schema: z.ZodType]>>;
  readonly refusals: readonly ProblemCode[];
};

const ANY: readonly ProblemCode[] = ['forbidden', 'internal'];
const BODY: readonly ProblemCode[] = ['malformed-json', 'unsupported-media-type', 'too-large', 'invalid'];
const ONE: readonly ProblemCode[] = ['not-found', 'record-damaged', 'contended'];
const JUDGED: readonly ProblemCode[] = [
  'step-up-required',
  'denied-by-rule',
  'no-longer-allowed',
  'wrong-state',
];
const STS: readonly ProblemCode[] = [
  'role-not-assumable',
  'region-disabled',
  'session-policy-too-large',
  'session-too-long',
  'role-chaining-limit',
  'issuer-throttled',
  'issuer-unavailable',
  'issuer-answer-mismatch',
];

const deciding = (body: z.ZodType, ...own: readonly ProblemCode[]): Contract => ({
  body,
  answers: { 200: ['The elevation as it is now', responses.Elevation] },
  refusals: [...ANY, ...BODY, ...ONE, 'wrong-state', ...own],
});

/** What each operation takes and answers. */
const CONTRACTS: Readonly<Record<OperationId, Contract>> = {
  health: { answers: { 200: ['It answers', responses.Health] }, refusals: [] },
  openApi: { answers: { 200: ['This document', z.looseObject({ openapi: z.string() })] }, refusals: [] },
  me: { answers: { 200: ['The caller', responses.Me] }, refusals: ANY },
  listRoles: { answers: { 200: ['The catalog', responses.RolePage] }, refusals: ANY },
  requestElevation: {
    body: requests.NewElevation,
    headers: { 'Idempotency-Key': requests.IdempotencyKey },
    answers: {
      200: ['A dry run: the rules would take it', responses.DryRun],
      201: ['The elevation that was made, or had been with this key', responses.Elevation],
    },
    refusals: [
      ...ANY,
      ...BODY,
      'step-up-required',
      'denied-by-rule',
      'no-rule-allows',
      'idempotency-key-reused',
      'too-many-requests',
      'too-many-pending',
    ],
  },
  listElevations: {
    query: requests.ListQuery,
    answers: {
      200: ['A page; it can be shorter than the limit although more follow', responses.ElevationPage],
    },
    refusals: [...ANY, 'invalid'],
  },
  readElevation: {
    answers: { 200: ['The elevation', responses.ElevationDetail] },
    refusals: [...ANY, 'not-found', 'record-damaged', 'invalid'],
  },
  approve: deciding(requests.Decision, ...JUDGED, 'own-request', 'not-an-approver', 'digest-mismatch'),
  deny: deciding(requests.Decision, 'own-request', 'not-an-approver', 'digest-mismatch'),
  withdraw: deciding(requests.Ending, 'not-the-requester'),
  return: deciding(requests.Ending, 'not-the-requester'),
  revoke: deciding(requests.Ending, 'own-request', 'not-an-approver'),
  issueCredentials: {
    body: requests.Nothing,
    answers: { 200: ['Credentials, this once', responses.Credentials] },
    refusals: [...ANY, ...BODY, ...ONE, ...JUDGED, ...STS, 'not-the-requester', 'too-many-issues'],
  },
};

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
      ...Object.fromEntries(
        Object.entries(answers).map(([status, [description, schema]]) => [
          status,
          { description, content: { 'application/json': { schema: schemaOf(schema, 'output') } } },
        ]),
      ),
      ...problemsOf(refusals),
    },
  };
}

function pathParameters(path: string): object[] {
  const schema = { type: 'string', pattern: '^[0-7][0-9A-HJKMNP-TV-Z]{25}$' };
  return path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema }] : [];
}

function parametersOf({ query, headers = {} }: Contract): object[] {
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    ...{ name, in: 'query', required: false },
    schema: schemaOf(schema as z.ZodType, 'input'),
  }));
  const inHeader = Object.entries(headers).map(([name, schema]) => ({
    ...{ name, in: 'header', required: false },
    schema: schemaOf(schema, 'input'),
  }));
  return [...inQuery, ...inHeader];
}

/** Refusals by their statuses, each with the codes that it can carry. */
function problemsOf(codes: readonly ProblemCode[]): Record<string, object> {
  const byStatus = Map.groupBy([...new Set(codes)].sort(), (code) => STATUSES[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: `Refused: ${ofStatus.join(', ')}`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

/** Bodies that are sent; queries and headers are parameters and stand with their operations. */
const REQUESTS = {
  NewElevation: requests.NewElevation,
  Decision: requests.Decision,
  Ending: requests.Ending,
  Nothing: requests.Nothing,
};

/** Each schema under its name, referring to the others by theirs. */
function named(schemas: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(made.schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
}

/** A schema by reference where it has a name, and in full elsewhere. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const all: Readonly<Record<string, z.ZodType>> = { ...REQUESTS, ...responses };
  const name = Object.keys(all).find((one) => all[one] === schema);
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return rest;
}
