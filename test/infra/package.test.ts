import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { BUCKET_CALLS } from './audit-bucket-calls.ts';
import { LOG_CALLS } from './audit-log-policy.ts';
import { isLetThrough } from './bucket-policy.ts';
import { resourcePolicy, whoMay } from './checks.ts';
import { letsIn } from './door-policy.ts';
import { CLIENTS, ENVIRONMENTS, FUNCTIONS, OPEN_ROUTES, ROUTES } from './expected-hub.ts';
import { CALLS, FRESH } from './iam-door-calls.ts';
import { type PackagedHub, packageHub } from './packaged-hub.ts';
import { set } from './plant.ts';
import { CHECKS } from './planted-defects.ts';
import { environmentOf, functions, ofType, rights, routes } from './template.ts';

let hub: PackagedHub;
beforeAll(() => {
  hub = packageHub();
}, 150_000);

/** A click: Slack signs it in its own way, so to the gateway it is anybody's. */
const SLACK = { method: 'POST', path: '/v1/slack/interactions' };

describe('zips', () => {
  test('each holds its own handler and the access file, those that name actions their catalogue, and nothing else', () => {
    const beside = (name: string) =>
      ['report', 'trail'].includes(name) ? ['access.json', 'actions.json'] : ['access.json'];
    expect(Object.fromEntries(hub.zips)).toEqual(
      Object.fromEntries(FUNCTIONS.map((name) => [name, [...beside(name), `functions/${name}.js`]])),
    );
  });

  test("each bundle has the clients of its function's part, and no other", () => {
    expect(Object.fromEntries(FUNCTIONS.map((name) => [name, clientsIn(name)]))).toEqual(CLIENTS);
  });

  test('only the bundle of credentials has the adapter of STS, and only three functions talk to Slack', () => {
    const holding = (part: string) =>
      FUNCTIONS.filter((name) => sourcesOf(name).some((s) => s.includes(part)));
    expect(holding('shared/adapters/sts/')).toEqual(['credentials']);
    expect(holding('node_modules/@slack/web-api/')).toEqual(['announce', 'report', 'slack']);
    expect(holding('shared/adapters/secrets/')).toEqual(['announce', 'report', 'slack']);
  });

  test('no bundle brings a credential chain, another language or anything that is not the product', () => {
    const strange =
      /credential-provider-(node|ini|sso|process|web|http)|zod\/v4\/locales\/(?!en\.)|\/(sandbox|test|cli)\//;
    expect(FUNCTIONS.flatMap((name) => sourcesOf(name).filter((source) => strange.test(source)))).toEqual([]);
  });
});

test('a function that does not bundle fails the packaging instead of leaving it half done', () => {
  const broken = (folder: string) =>
    appendFileSync(join(folder, 'functions/elevations.ts'), "import './missing.ts';");
  expect(() => packageHub(broken)).toThrow(/Command failed/);
}, 150_000);

describe('methods', () => {
  test('are exactly the ones of the API, each with the authorizer of its door', () => {
    const found = routes(hub.template).map((r) => `${r.method} ${r.path} ${r.door} ${r.answers}`);
    const expected = [
      ...OPEN_ROUTES.map(([method, path, answers]) => `${method} ${path} open ${answers}`),
      ...ROUTES.map(([method, path, answers]) => `${method} /v1${path} oidc ${answers}`),
      ...ROUTES.map(([method, path, answers]) => `${method} /iam/v1${path} iam ${answers}`),
    ];
    expect(found).toHaveLength(expected.length);
    expect(new Set(found)).toEqual(new Set(expected));
  });
});

describe('rights', () => {
  test('only credentials may assume roles of the catalog, and report the auditor roles of their accounts', () => {
    const assuming = rights(hub.template).filter(({ statement }) =>
      statement.Action.some((a) => a.startsWith('sts:')),
    );
    expect(whoMay(hub.template, 'sts:AssumeRole')).toEqual(['credentials', 'report']);
    const ofReport = assuming.filter(({ role }) => role === 'ReportRole');
    expect(ofReport.map(({ statement }) => statement.Resource)).toEqual([
      ['111111111111', '222222222222', '999999999999'].map(
        (account) => `arn:aws:iam::${account}:role/drawbridge/drawbridge-auditor`,
      ),
    ]);
    const issuing = assuming.filter(({ role }) => role !== 'ReportRole');
    expect(new Set(issuing.map(({ role }) => role))).toEqual(new Set(['CredentialsRole']));
    for (const { statement } of issuing) {
      expect(
        statement.Resource.every((arn) => /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(String(arn))),
      ).toBe(true);
      expect(statement.Condition).toMatchObject({
        StringLike: { 'aws:RequestTag/drawbridge:elevation': '*' },
      });
    }
  });

  test('nobody scans or deletes, three seal, and each lists by the indexes that it needs', () => {
    expect(whoMay(hub.template, 'dynamodb:Scan')).toEqual([]);
    expect(whoMay(hub.template, 'dynamodb:DeleteItem')).toEqual([]);
    expect(whoMay(hub.template, 'kms:GenerateMac')).toEqual(['credentials', 'elevations', 'slack']);
    const indexes = rights(hub.template).map(({ role, statement }) => [
      role,
      JSON.stringify(statement.Resource).match(/(?<=\/index\/)\w+/g),
    ]);
    expect(Object.fromEntries(indexes.filter(([, found]) => found !== null))).toEqual({
      AnnounceRole: ['byPerson'],
      ElevationsRole: ['byPerson', 'byRole', 'byState'],
      ReportRole: ['byState'],
      SlackRole: ['byPerson', 'byState'],
      SweepRole: ['byState'],
      TrailRole: ['byState'],
    });
  });

  test('slack reads both secrets, announce and report the token alone', () => {
    const read = rights(hub.template).filter(({ statement }) =>
      statement.Action.includes('secretsmanager:GetSecretValue'),
    );
    expect(read.map(({ role, statement }) => [role, statement.Resource])).toEqual([
      ['SlackRole', [{ Ref: 'SlackSigningSecret' }, { Ref: 'SlackBotToken' }]],
      ['AnnounceRole', [{ Ref: 'SlackBotToken' }]],
      ['ReportRole', [{ Ref: 'SlackBotToken' }]],
    ]);
  });

  test('the key seals for three roles, verifies for four more, and has no other user', () => {
    const schema = z.object({
      KeyPolicy: z.object({ Statement: z.array(z.looseObject({ Action: z.array(z.string()) })) }),
    });
    const statements = ofType(hub.template, 'AWS::KMS::Key', schema).flatMap(
      ([, key]) => key.KeyPolicy.Statement,
    );
    const sealing = statements.filter(({ Action }) => Action.some((a) => /\*|Mac$|Grant/.test(a)));
    const users = sealing.map(({ Action, Condition }) => [
      Action,
      JSON.stringify(Condition).match(/(?<=role\/drawbridge\/drawbridge-)\w+/g),
    ]);
    expect(users).toEqual([
      [['kms:GenerateMac'], ['elevations', 'credentials', 'slack']],
      [['kms:VerifyMac'], ['elevations', 'credentials', 'slack', 'announce', 'trail', 'report', 'activity']],
    ]);
  });

  test('functions know where things are, and nothing more', () => {
    expect(functions(hub.template).map(({ name }) => name)).toEqual(FUNCTIONS);
    const environments = FUNCTIONS.map((name) => [name, environmentOf(hub.template, name)]);
    expect(Object.fromEntries(environments)).toEqual(ENVIRONMENTS);
  });
});

describe('the IAM door, as IAM decides it', () => {
  test.each(CALLS)('%s', async (_title, call, allowed) => {
    expect(await letsIn(resourcePolicy(hub.template), call)).toBe(allowed);
  });

  test('no route but that of credentials takes an old MFA, however its path is spelled', async () => {
    const policy = resourcePolicy(hub.template);
    const old = { ...FRESH, by: 'arn:aws:iam::222222222222:user/Inside', mfaAgeSeconds: 901 };
    const iam = routes(hub.template).filter(({ door }) => door === 'iam');
    // Inside the hub's account an Allow of the caller's own is enough: only the Deny statements hold it.
    const insiders = policy.filter(({ Sid }) => Sid !== 'IamDoorRefusesOtherAccounts');
    const letIn = [];
    for (const { method, path } of iam) {
      for (const ending of ['', '/']) {
        const call = { ...old, method, path: `${path.replaceAll(/\{\w+\}/g, '01J')}${ending}` };
        if (await letsIn(insiders, call)) letIn.push(`${path}${ending}`);
      }
    }
    expect(letIn).toEqual(['/iam/v1/elevations/{id}/credentials', '/iam/v1/elevations/{id}/credentials/']);
  });

  test('what is open to everybody does not take in the IAM door', async () => {
    const open = resourcePolicy(hub.template).filter(
      ({ Principal, Effect }) => Principal === '*' && Effect === 'Allow',
    );
    expect(open).toHaveLength(1);
    expect(await letsIn(open, { ...FRESH, by: 'arn:aws:iam::333333333333:user/Eve' })).toBe(false);
    expect(await letsIn(open, { ...FRESH, path: '/v1/elevations' })).toBe(true);
    expect(await letsIn(open, { by: 'arn:aws:iam::333333333333:user/Eve', ...SLACK })).toBe(true);
  });
});

describe('the audit log, as IAM decides', () => {
  test.each(LOG_CALLS)('%s', async (_title, call, allowed) => {
    expect(await isLetThrough(hub.template, 'AuditLogBucket', call)).toBe(allowed);
  });
});

describe('log files and reports, as IAM decides', () => {
  test.each(BUCKET_CALLS)('%s', async (_title, bucket, call, allowed) => {
    expect(await isLetThrough(hub.template, bucket, call)).toBe(allowed);
  });
});

describe('the table', () => {
  const Keys = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
  const Table = z.looseObject({
    KeySchema: Keys,
    GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string(), KeySchema: Keys })).default([]),
  });
  const keys = (schema: z.infer<typeof Keys>) =>
    Object.fromEntries(schema.map(({ AttributeName, KeyType }) => [KeyType.toLowerCase(), AttributeName]));

  test('has the keys and indexes that the adapter uses', async () => {
    const { INDEXES, TABLE_KEYS } = await import('../../shared/adapters/dynamodb/keys.ts');
    const tables = new Map(ofType(hub.template, 'AWS::DynamoDB::Table', Table));
    const table = tables.get('Table');
    expect(keys(table?.KeySchema ?? [])).toEqual(TABLE_KEYS);
    const indexes =
      table?.GlobalSecondaryIndexes.map((index) => [index.IndexName, keys(index.KeySchema)]) ?? [];
    expect(Object.fromEntries(indexes)).toEqual(INDEXES);
  });

  test('of usage has the same keys, no index and no stream, and forgets by the attribute that the adapter sets', async () => {
    const { TABLE_KEYS } = await import('../../shared/adapters/dynamodb/keys.ts');
    const tables = new Map(ofType(hub.template, 'AWS::DynamoDB::Table', Table));
    const { KeySchema = [], GlobalSecondaryIndexes, ...rest } = tables.get('UsageTable') ?? {};
    expect([keys(KeySchema), GlobalSecondaryIndexes]).toEqual([TABLE_KEYS, []]);
    expect(rest).toMatchObject({
      DeletionProtectionEnabled: true,
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
    expect(rest).not.toHaveProperty('StreamSpecification');
  });

  test('cannot be lost by accident', () => {
    expect(hub.template.Resources['Table']).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
    });
  });
});

describe('checks', () => {
  test.each([...new Set(CHECKS.map(([check]) => check))].map((check) => [check.name, check] as const))(
    '%s',
    (_name, check) => {
      expect(check(hub.template)).toEqual([]);
    },
  );

  test.each(CHECKS.map(([check, defect, plant]) => [check.name, defect, check, plant] as const))(
    '%s finds %s',
    (_name, _defect, check, plant) => {
      const planted = structuredClone(hub.template);
      plant(planted);
      expect(check(planted)).not.toEqual([]);
    },
  );

  test('whoMay finds a second role that may assume', () => {
    const planted = structuredClone(hub.template);
    set('ElevationsRole.Policies.0.PolicyDocument.Statement.1.Action', ['sts:Assume*'])(planted);
    expect(whoMay(planted, 'sts:AssumeRole')).toEqual(['credentials', 'elevations', 'report']);
  });
});

function clientsIn(name: string): string[] {
  const clients = sourcesOf(name).flatMap((source) => /@aws-sdk\/client-([\w-]+)\//.exec(source)?.[1] ?? []);
  return [...new Set(clients)].toSorted((one, other) => one.localeCompare(other));
}

function sourcesOf(name: string): readonly string[] {
  return hub.sources.get(name) ?? [];
}
