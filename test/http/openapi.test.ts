import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { openApiDocument } from '../../shared/http/openapi.ts';
import { OPERATIONS } from '../../shared/http/operations.ts';
import { STATUSES } from '../../shared/http/problem.ts';

const text = readFileSync('docs/openapi.json', 'utf8');

/** What OpenAPI 3.1.0 demands of the objects that we use (spec.openapis.org/oas/v3.1.0, section 4.8). */
const Schema = z.record(z.string(), z.unknown());
const Parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(['query', 'header', 'path']),
  description: z.string().optional(),
  required: z.boolean().optional(),
  schema: Schema,
});
const Content = z.record(z.string().regex(/^application\/(problem\+)?json$/), z.object({ schema: Schema }));
const Operation = z.looseObject({
  operationId: z.string().min(1),
  summary: z.string().min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(Parameter),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.looseObject({ description: z.string().min(1), content: Content }),
  ),
});
const Document = z.looseObject({
  openapi: z.literal('3.1.0'),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(
    z.string().startsWith('/'),
    z.record(z.enum(['get', 'post', 'delete']), Operation.optional()),
  ),
  components: z.object({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), Schema),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.enum(['http', 'apiKey']) })),
  }),
});
const document = Document.parse(JSON.parse(text));
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) =>
    operation === undefined ? [] : [{ route: `${method.toUpperCase()} ${path}`, path, ...operation }],
  ),
);

// Where it fails, run `npm run openapi`, and look at what changes for clients.
test('the document that is checked in, and served, is made of the schemas that validate', () => {
  expect(text).toBe(`${JSON.stringify(openApiDocument(), null, 2)}\n`);
});

test('every reference leads to a schema', () => {
  const references = [...text.matchAll(/"\$ref": "([^"]*)"/g)].map(([, reference]) => String(reference));
  expect(references.length).toBeGreaterThan(20);
  const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect(references.filter((reference) => !known.includes(reference))).toEqual([]);
});

test('every schema is one of JSON Schema that can be read alone', () => {
  const $defs = JSON.parse(
    JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', '#/$defs/'),
  );
  for (const name of Object.keys($defs)) {
    expect(() => z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs })).not.toThrow();
  }
});

test('every operation has an id of its own', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('it has each operation at its doors, and nothing else', () => {
  const meant = Object.values(OPERATIONS).flatMap(({ method, path, doors }) =>
    (doors === 'open' ? ['/v1'] : ['/v1', '/iam/v1']).map((prefix) => `${method} ${prefix}${path}`),
  );
  expect(new Set(operations.map(({ route }) => route))).toEqual(new Set(meant));
});

test.each(operations)('$route names the parameters of its path, once each', ({ path, parameters }) => {
  const named = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
  expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  expect(new Set(parameters.map((one) => `${one.in} ${one.name}`)).size).toBe(parameters.length);
});

test.each(operations)('$route is secured by its own door', ({ path, security }) => {
  const schemes = security.flatMap((one) => Object.keys(one));
  const open = path === '/v1/healthz' || path === '/v1/openapi.json';
  expect(schemes).toEqual(open ? [] : [path.startsWith('/iam/') ? 'iam' : 'oidc']);
  for (const scheme of schemes) expect(document.components.securitySchemes).toHaveProperty(scheme);
});

test.each(operations)('$route announces a success, and its refusals as problems', ({ responses }) => {
  const entries = Object.entries(responses);
  expect(entries.filter(([status]) => status.startsWith('2')).length).toBeGreaterThan(0);
  for (const [status, { content }] of entries) {
    expect(Object.keys(content)).toEqual([
      Number(status) < 300 ? 'application/json' : 'application/problem+json',
    ]);
  }
});

test('every code of the API is announced somewhere', () => {
  const described = operations.flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ description }) => description.split(/[:,]? /)),
  );
  const silent = Object.keys(STATUSES).filter((code) => !described.includes(code));
  expect(silent).toEqual(['unknown-route']); // there is no operation to announce it with
});
