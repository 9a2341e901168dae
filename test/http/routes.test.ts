import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { OPERATIONS } from '../../shared/http/operations.ts';
import { INVOCATION, proxyEvent } from './event.ts';
import { answerOf, byToken, DAVID_AT_IAM, startHub } from './hub.ts';

const Service = z.object({
  functions: z.record(
    z.string(),
    z.object({
      events: z
        .array(
          z.object({
            http: z
              .object({ method: z.string(), path: z.string(), authorizer: z.string().optional() })
              .optional(),
          }),
        )
        .default([]),
    }),
  ),
});
const { functions } = Service.parse(parse(readFileSync('serverless.yml', 'utf8')));

/** The routes that are deployed, each as `function method /path authorizer`. */
const deployed = Object.entries(functions).flatMap(([name, { events }]) =>
  events
    .map(({ http }) => http)
    .filter((http) => http !== undefined)
    .map(
      ({ method, path, authorizer }) =>
        `${name} ${method.toUpperCase()} /${path} ${authorizer ?? 'for anybody'}`,
    ),
);

/** The routes that Slack calls: the function itself verifies who does. */
const BY_SLACK = ['commands', 'interactions', 'options'].map(
  (name) => `slack POST /v1/slack/${name} for anybody`,
);

/** The routes that the operations stand for. */
const OF_OPERATIONS = Object.values(OPERATIONS).flatMap(({ answeredBy, method, path, doors }) =>
  doors === 'open'
    ? [`${answeredBy} ${method} /v1${path} for anybody`]
    : [
        `${answeredBy} ${method} /v1${path} \${self:custom.oidcDoor}`,
        `${answeredBy} ${method} /iam/v1${path} \${self:custom.iamDoor}`,
      ],
);

test('what is deployed are the operations, each at its doors and with its function, what Slack calls, and nothing else', () => {
  const meant = [...OF_OPERATIONS, ...BY_SLACK];
  expect(new Set(deployed)).toEqual(new Set(meant));
  expect(deployed).toHaveLength(meant.length);
});

describe('a function answers its own operations and no other', () => {
  const { routes } = startHub();
  test.each(['elevations', 'credentials', 'activity', 'reports'] as const)('%s', (name) => {
    const own = Object.entries(OPERATIONS)
      .filter(([, { answeredBy }]) => answeredBy === name)
      .map(([id, { doors }]) => `${doors} ${id}`);
    const { open, forPeople } = routes[name];
    const answered = [
      ...Object.keys(open).map((id) => `open ${id}`),
      ...Object.keys(forPeople).map((id) => `both ${id}`),
    ];
    expect(new Set(answered)).toEqual(new Set(own));
  });
});

test.each([
  ['elevations', 'POST', '/elevations/01ARZ3NDEKTSV4RRFFQ69G5FAV/credentials'],
  ['credentials', 'GET', '/me'],
  ['credentials', 'GET', '/healthz'],
  ['elevations', 'DELETE', '/elevations/01ARZ3NDEKTSV4RRFFQ69G5FAV'],
  ['elevations', 'POST', '/me'],
  ['elevations', 'GET', '/toString'],
  ['elevations', 'GET', ''],
] as const)('%s answers %s %s as a route that is not there', async (name, method, path) => {
  const hub = startHub();
  for (const arrival of [byToken('david'), DAVID_AT_IAM]) {
    const answer = answerOf(await hub[name](proxyEvent(arrival, method, path), INVOCATION));
    expect(answer).toMatchObject({ status: 404, body: { code: 'unknown-route' } });
  }
});

// RFC 9110, section 10.2.2: Location may be relative to what was called, which here has the stage in its path.
test('a new elevation is found where Location says, at the door that made it', async () => {
  const hub = startHub();
  const json = { role: 'read-logs', duration: '30m', reason: 'Look for the error' };
  const prefixes = { '/prod/v1': byToken('david'), '/prod/iam/v1': DAVID_AT_IAM };
  for (const [prefix, arrival] of Object.entries(prefixes)) {
    const { headers, body } = await hub.call(arrival, 'POST', '/elevations', { json });
    const called = `https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com${prefix}/elevations`;
    expect(new URL(String(headers['Location']), called).href).toBe(`${called}/${body['id']}`);
  }
});
