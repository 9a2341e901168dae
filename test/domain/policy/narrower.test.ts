import fc from 'fast-check';
import { generalised } from '../../../shared/domain/policy/generalise.ts';
import { narrowerPolicy, policyAllows, type Use } from '../../../shared/domain/policy/narrower.ts';
import { isAllowed } from './simulated.ts';

const BUCKET = 'arn:aws:s3:::productionapp';

test('actions on the same resources are one statement, sorted, whatever the order of the uses', () => {
  const uses: readonly Use[] = [
    { action: 's3:PutObject', resources: [`${BUCKET}/*`] },
    { action: 's3:ListAllMyBuckets', resources: ['*'] },
    { action: 's3:GetObject', resources: [`${BUCKET}/*`] },
    { action: 's3:ListBucket', resources: [BUCKET] },
  ];
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: [`${BUCKET}/*`] },
      { Effect: 'Allow', Action: ['s3:ListAllMyBuckets'], Resource: ['*'] },
      { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [BUCKET] },
    ],
  };
  expect(narrowerPolicy(uses)).toEqual(policy);
  expect(narrowerPolicy(uses.toReversed())).toEqual(policy);
});

test('a resource that another pattern holds is not repeated, and uses of one action are put together', () => {
  const uses = [
    { action: 's3:GetObject', resources: [`${BUCKET}/a/*`, `${BUCKET}/*`] },
    { action: 's3:GetObject', resources: [`${BUCKET}/b`, 'arn:aws:s3:::other/*'] },
  ];
  expect(narrowerPolicy(uses).Statement).toEqual([
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::other/*', `${BUCKET}/*`] },
  ]);
});

test('an action without any resource is left out', () => {
  expect(narrowerPolicy([{ action: 's3:GetObject', resources: [] }]).Statement).toEqual([]);
});

test('more than 50 resources are widened by what they have in common, in their own account', () => {
  const instances = Array.from({ length: 51 }, (_, n) => {
    return `arn:aws:ec2:us-east-1:999999999999:instance/i-${n < 26 ? 'a' : 'b'}${String(n).padStart(4, '0')}`;
  });
  const [statement] = narrowerPolicy([{ action: 'ec2:StopInstances', resources: instances }]).Statement;
  expect(statement?.Resource.length).toBeLessThanOrEqual(50);
  for (const pattern of statement?.Resource ?? []) {
    expect(pattern).toMatch(/^arn:aws:ec2:us-east-1:999999999999:instance\/i-[ab]00\d/);
  }
});

const objects = fc
  .tuple(
    fc.constantFrom('a', 'b', 'c'),
    fc.string({ unit: fc.constantFrom('x', 'y', '/'), minLength: 1, maxLength: 4 }),
  )
  .map(([bucket, key]) => `arn:aws:s3:::bucket-${bucket}/${key}`);
const event = fc.record({
  action: fc.constantFrom('s3:GetObject', 's3:PutObject', 's3:DeleteObject'),
  resource: objects,
});

function usesOf(events: readonly { readonly action: string; readonly resource: string }[]): readonly Use[] {
  return events.map(({ action, resource }) => ({ action, resources: [generalised(resource)] }));
}

test('narrower_breaks_nothing: each recorded call is allowed by it, says the product and says IAM', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 5 }), async (events) => {
      const policy = narrowerPolicy(usesOf(events));
      for (const { action, resource } of events) {
        expect(policyAllows(policy, action, resource)).toBe(true);
        expect(await isAllowed(policy, action, resource)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('narrower_never_grants_more: what is not of a given pattern stays denied, as long as nothing is widened', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 5 }), event, async (events, other) => {
      const policy = narrowerPolicy(usesOf(events));
      const given = events.some(({ action, resource }) => {
        return action === other.action && generalised(resource) === generalised(other.resource);
      });
      expect(policyAllows(policy, other.action, other.resource)).toBe(given);
      expect(await isAllowed(policy, other.action, other.resource)).toBe(given);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('many_resources_break_nothing: a widened policy allows all of them too, and no other service or account', () => {
  const arns = fc
    .tuple(
      fc.constantFrom('sqs', 'sns'),
      fc.constantFrom('111111111111', '999999999999'),
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 }),
    )
    .map(([service, account, name]) => `arn:aws:${service}:us-east-1:${account}:${name.replaceAll(':', '')}`);
  fc.assert(
    fc.property(fc.uniqueArray(arns, { minLength: 60, maxLength: 120 }), (resources) => {
      const policy = narrowerPolicy([{ action: 'sqs:SendMessage', resources }]);
      for (const resource of resources) expect(policyAllows(policy, 'sqs:SendMessage', resource)).toBe(true);
      const heads = new Set(resources.map((resource) => resource.split(':').slice(0, 5).join(':')));
      for (const pattern of policy.Statement[0]?.Resource ?? []) {
        expect(heads.has(pattern.split(':').slice(0, 5).join(':'))).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});
