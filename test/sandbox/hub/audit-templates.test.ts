import { fileURLToPath } from 'node:url';
import { deploymentFacts } from '../../../infra/deployment-facts.ts';
import { auditorRolesOf } from '../../../sandbox/hub/auditor-roles.ts';
import { bucketsOf } from '../../../sandbox/hub/buckets.ts';
import { queuesOf } from '../../../sandbox/hub/messaging.ts';
import { physicalNames } from '../../../sandbox/hub/physical-names.ts';
import { tablesOf } from '../../../sandbox/hub/resources.ts';
import { rulesOf } from '../../../sandbox/hub/rules.ts';
import { readTemplates } from '../../../sandbox/hub/templates.ts';
import { ROOT } from './story-hub.ts';

const HUB = '222222222222';
const PLACE = { account: HUB, region: 'us-east-1', partition: 'aws', stage: 'test', apiId: 'api' };

function serviceWith(parameters: Readonly<Record<string, string>>) {
  const facts = deploymentFacts({
    hub: { account: HUB, region: 'us-east-1' },
    roles: [{ arn: 'arn:aws:iam::999999999999:role/UpdateApp' }],
    iamArns: [],
    longestElevationMinutes: 60,
  });
  const root = fileURLToPath(new URL('./service/', import.meta.url));
  const templates = readTemplates({ root, stage: 'test', facts, parameters });
  const names = physicalNames(templates, PLACE);
  return {
    buckets: bucketsOf(templates, names, HUB),
    queues: queuesOf(templates, names, HUB),
    rules: rulesOf(templates, names, PLACE),
    tables: tablesOf(templates, names),
  };
}

test('the bucket of the trail is made where none is named, tells EventBridge, and has its policy', () => {
  const { buckets } = serviceWith({});
  expect(buckets).toEqual([
    {
      account: HUB,
      name: `example-trail-${HUB}`,
      eventBridge: true,
      policy: expect.objectContaining({
        Statement: [{ Effect: 'Deny', Resource: `arn:aws:s3:::example-trail-${HUB}` }],
      }),
    },
    { account: HUB, name: 'example-reports', eventBridge: false },
  ]);
});

test('a bucket that is named is not made, and is what the rule asks for', () => {
  const { buckets, rules } = serviceWith({ trailBucket: 'taken' });
  expect(buckets.map(({ name }) => name)).toEqual(['example-reports']);
  expect(rules[0]?.pattern).toMatchObject({ detail: { bucket: { name: ['taken'] } } });
});

test('rules come with their patterns and queues, and one that is disabled does not', () => {
  const { rules, queues } = serviceWith({});
  const queueArns = [`arn:aws:sqs:us-east-1:${HUB}:example-trail`];
  expect(queues.map(({ arn }) => arn)).toEqual(queueArns);
  expect(rules).toEqual([
    {
      account: HUB,
      region: 'us-east-1',
      name: 'example-trail-files',
      pattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [`example-trail-${HUB}`] } },
      },
      takesReadOnlyEvents: false,
      queueArns,
    },
    expect.objectContaining({ name: 'example-trail-events', takesReadOnlyEvents: true, queueArns }),
  ]);
});

test('a table needs no indexes', () => {
  expect(serviceWith({}).tables).toEqual([
    {
      TableName: 'example-usage',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    },
  ]);
});

test('the auditor role of an account trusts the report of the hub and reads the roles of its own account', () => {
  const arn = 'arn:aws:iam::999999999999:role/drawbridge/drawbridge-auditor';
  const [auditor] = auditorRolesOf(ROOT, [arn], PLACE);
  expect(auditor).toMatchObject({
    account: '999999999999',
    path: '/drawbridge/',
    name: 'drawbridge-auditor',
    trust: {
      Statement: [{ Principal: { AWS: `arn:aws:iam::${HUB}:role/drawbridge/drawbridge-report` } }],
    },
  });
  expect(JSON.stringify(auditor?.policies)).toContain('arn:aws:iam::999999999999:role/*');
});
