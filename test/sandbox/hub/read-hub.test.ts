import { deploymentFacts } from '../../../infra/deployment-facts.ts';
import { readHub } from '../../../sandbox/hub/read-hub.ts';
import { readWorld } from '../../../sandbox/world/world.ts';
import { ROOT, storyHub } from './story-hub.ts';

const hub = storyHub();
const role = (name: string) => hub.roles.find((one) => one.name === name);

test('every function has its name, its role and its variables', () => {
  expect(hub.functions.find(({ name }) => name === 'credentials')).toEqual({
    name: 'credentials',
    functionName: 'drawbridge-sandbox-credentials',
    arn: 'arn:aws:lambda:us-east-1:222222222222:function:drawbridge-sandbox-credentials',
    file: 'functions/credentials.ts',
    roleArn: 'arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials',
    timeLimitMs: 15_000,
    environment: {
      DRAWBRIDGE_TABLE: 'drawbridge-sandbox',
      DRAWBRIDGE_SEAL_KEY: `arn:aws:kms:us-east-1:222222222222:key/${hub.keys[0]?.id}`,
      DRAWBRIDGE_IAM_DOOR_CREDENTIALS_MFA: '4h15m',
    },
  });
});

test.each([
  ['GET', '/v1/healthz', 'elevations', { kind: 'open' }],
  ['POST', '/v1/elevations/{id}/approval', 'elevations', { kind: 'token', authorizer: 'authorize' }],
  ['POST', '/iam/v1/elevations/{id}/credentials', 'credentials', { kind: 'iam' }],
])('%s %s is answered by %s', (method, path, answeredBy, door) => {
  expect(hub.routes).toContainEqual({ method, path, answeredBy, door });
});

test('there is one role per function, with its inline policy, and the auditor role of each account of the catalog', () => {
  expect(hub.roles.map(({ name, account }) => `${account} ${name}`)).toEqual([
    ...hub.functions.map(({ roleArn }) => `222222222222 ${roleArn.split('/').at(-1)}`),
    '999999999999 drawbridge-auditor',
  ]);
  expect(role('drawbridge-authorize')).toMatchObject({
    account: '222222222222',
    path: '/drawbridge/',
    maxSessionSeconds: 3600,
    trust: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] },
  });
});

test('the credentials role may assume the roles of the catalog and no others', () => {
  const { Statement } = role('drawbridge-credentials')?.policies['credentials'] ?? { Statement: [] };
  expect(Statement).toContainEqual(
    expect.objectContaining({
      Action: 'sts:AssumeRole',
      Resource: ['arn:aws:iam::999999999999:role/UpdateApp'],
    }),
  );
});

test('the elevations role reads the table and its indexes by their ARNs', () => {
  const table = 'arn:aws:dynamodb:us-east-1:222222222222:table/drawbridge-sandbox';
  expect(role('drawbridge-elevations')?.policies['elevations']?.Statement).toContainEqual(
    expect.objectContaining({
      Action: 'dynamodb:Query',
      Resource: [table, `${table}/index/byPerson`, `${table}/index/byRole`, `${table}/index/byState`],
    }),
  );
});

test('the seal key is one with which three roles may seal, and announce may not', () => {
  expect(hub.keys).toHaveLength(1);
  expect(hub.keys[0]?.policy.Statement).toContainEqual(
    expect.objectContaining({
      Action: ['kms:GenerateMac'],
      Condition: {
        ArnEquals: {
          'aws:PrincipalArn': [
            'arn:aws:iam::222222222222:role/drawbridge/drawbridge-elevations',
            'arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials',
            'arn:aws:iam::222222222222:role/drawbridge/drawbridge-slack',
          ],
        },
      },
    }),
  );
});

test('the table comes with its keys and indexes, and that of usage without any index', () => {
  expect(hub.tables).toHaveLength(2);
  expect(hub.tables[1]).toMatchObject({ TableName: 'drawbridge-sandbox-usage' });
  expect(hub.tables[1]?.GlobalSecondaryIndexes).toBeUndefined();
  expect(hub.tables[0]).toMatchObject({
    TableName: 'drawbridge-sandbox',
    KeySchema: [{ KeyType: 'HASH' }, { KeyType: 'RANGE' }],
  });
  expect(hub.tables[0]?.GlobalSecondaryIndexes?.map((index) => index.IndexName)).toEqual([
    'byPerson',
    'byRole',
    'byState',
  ]);
});

test('the resource policy speaks of this API in full, and of ages in texts', () => {
  const text = JSON.stringify(hub.resourcePolicy);
  expect(text).toContain('arn:aws:execute-api:us-east-1:222222222222:drawbridge/sandbox/GET/v1/*');
  expect(text).not.toContain('"execute-api:/');
  expect(text).toContain('{"aws:MultiFactorAuthAge":"900"}');
});

test('what the gateway refuses by itself has a status, headers and a body', () => {
  expect(hub.gatewayResponses).toContainEqual({
    type: 'UNAUTHORIZED',
    status: 401,
    headers: {
      'Content-Type': "'application/problem+json'",
      'Cache-Control': "'no-store'",
      'WWW-Authenticate': "'Bearer'",
    },
    body: expect.stringContaining('"code":"unauthenticated"'),
  });
});

test('a template that needs a fact which is missing is an error', () => {
  const facts = deploymentFacts({
    hub: { account: '222222222222', region: 'us-east-1' },
    roles: [{ arn: 'arn:aws:iam::999999999999:role/UpdateApp' }],
    iamArns: [],
    longestElevationMinutes: 60,
  });
  const { catalogRoleArns: _, ...incomplete } = facts;
  expect(() => readHub({ root: ROOT, facts: incomplete as typeof facts })).toThrow(/catalogRoleArns/);
});

test('the rules bring log files, and what happens to roles in the hub, to the queue of the trail', () => {
  const trailQueue = hub.queues.find(({ name }) => name === 'drawbridge-sandbox-trail')?.arn;
  expect(hub.rules).toEqual([
    expect.objectContaining({
      name: 'drawbridge-sandbox-trail-files',
      takesReadOnlyEvents: false,
      queueArns: [trailQueue],
    }),
    expect.objectContaining({
      name: 'drawbridge-sandbox-trail-events',
      takesReadOnlyEvents: true, // AssumeRole is read-only to CloudTrail
      queueArns: [trailQueue],
    }),
  ]);
});

test("the story's trail delivers to the bucket that the hub makes", () => {
  const world = readWorld(`${ROOT}sandbox/world/story.yml`);
  expect(hub.buckets.map(({ name }) => name)).toContain(world.trail?.bucket);
});
