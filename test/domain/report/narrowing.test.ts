import { minutes } from '../../../shared/domain/duration.ts';
import { after } from '../../../shared/domain/instant.ts';
import type { Statement } from '../../../shared/domain/policy/document.ts';
import type { RoleEvidence } from '../../../shared/domain/report/story.ts';
import type { Observation } from '../../../shared/domain/trail/observation.ts';
import { at } from '../values.ts';
import { ALL_RECORDED, allows, did, evidence, policies, reportOf, roleIn, seenAs, story } from './world.ts';

const ASKED = at('2026-11-24T09:00:00Z');
const BUCKET = 'arn:aws:s3:::productionapp';

/** The role's entry after these calls, with these permissions. */
function having(
  statements: readonly Statement[],
  calls: readonly Partial<Observation>[],
  more: Partial<RoleEvidence> = {},
) {
  const usage = calls.map((call, n) => did(1, `call-${n}`, after(ASKED, minutes(8)), call));
  return reportOf(
    [story(1, 'issued', { usage })],
    [evidence({ policies: { value: policies(statements) }, ...more })],
  );
}

const GET = { resources: [`${BUCKET}/a.html`] };

test('a call that was never decided is no use, and the action is not called unused: it stays', () => {
  const throttled = { actions: ['s3:PutObject'], outcome: 'unknown' } as const;
  const report = having(
    [allows(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], ['*'])],
    [GET, throttled],
  );
  expect(seenAs(report, 's3:PutObject')).toBe('outcome-unknown');
  expect(roleIn(report).narrower).toMatchObject({ kept: ['s3:PutObject'], left: ['s3:DeleteObject'] });
});

test('a call that no action is known for leaves nothing of its service unused', () => {
  const dance = { name: 'Dance', actions: [], mapping: 'unmapped', resources: [] } as const;
  const statements = [allows(['s3:GetObject', 's3:DeleteObject'], [`${BUCKET}/*`])];
  const report = (outcome: 'allowed' | 'denied') => having(statements, [GET, { ...dance, outcome }]);
  expect(seenAs(report('allowed'), 's3:DeleteObject')).toBe('call-unmapped');
  expect(roleIn(report('allowed')).narrower).toBeUndefined();
  expect(seenAs(report('denied'), 's3:DeleteObject')).toBe('not-seen');
});

test('a permission that no trail shows stays with the resources of its grant', () => {
  const pass = allows(['iam:PassRole'], ['arn:aws:iam::999999999999:role/web']);
  const { narrower } = roleIn(having([allows(['s3:GetObject', 'iam:GetRole'], ['*']), pass], [GET]));
  expect(narrower?.kept).toEqual(['iam:PassRole']);
  expect(narrower?.policy.Statement).toContainEqual({
    ...{ Effect: 'Allow', Action: ['iam:PassRole'], Resource: ['arn:aws:iam::999999999999:role/web'] },
  });
});

test('what was denied is left out, also where it was tried often', () => {
  const denied = { actions: ['s3:DeleteObject'], outcome: 'denied' } as const;
  const report = having(
    [allows(['s3:GetObject', 's3:DeleteObject'], [`${BUCKET}/*`])],
    [GET, denied, denied],
  );
  expect(seenAs(report, 's3:DeleteObject')).toBe('denied-only');
  expect(roleIn(report).narrower?.left).toEqual(['s3:DeleteObject']);
});

test('a used action keeps its grant where the selectors do not record all of it', () => {
  const data = [
    {
      resourceType: 'AWS::S3::Object',
      access: 'all' as const,
      arnPrefixes: [`${BUCKET}/`],
      arns: [],
      exceptPrefixes: [],
    },
  ];
  const statements = [allows(['s3:GetObject', 's3:ListAllMyBuckets'], ['*'])];
  const { narrower } = roleIn(having(statements, [GET], { selectors: { value: { ...ALL_RECORDED, data } } }));
  expect(narrower?.policy.Statement).toEqual([
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['*'] },
  ]);
});

test('where a grant is narrower than what stands for a resource, the grant stays', () => {
  const publicOnly = allows(['s3:GetObject'], [`${BUCKET}/public/*`, 'arn:aws:s3:::other/*']);
  const { narrower } = roleIn(having([publicOnly], [{ resources: [`${BUCKET}/public/logo.png`] }]));
  expect(narrower?.policy.Statement).toEqual([
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: [`${BUCKET}/public/*`] },
  ]);
});

test('where the events do not tell the resource, the grant stays', () => {
  const statements = [allows(['s3:GetObject', 's3:DeleteObject'], [`${BUCKET}/*`])];
  expect(roleIn(having(statements, [{ resources: [] }])).narrower?.policy.Statement).toEqual([
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: [`${BUCKET}/*`] },
  ]);
});

test('what something else than the role’s policies allows is no part of the policy nor of its proof', () => {
  const elsewhere = { resources: ['arn:aws:s3:::shared/x'] };
  const statements = [allows(['s3:GetObject', 's3:PutObject'], [`${BUCKET}/*`])];
  const { narrower } = roleIn(having(statements, [GET, elsewhere, { actions: ['ec2:RunInstances'] }]));
  expect(narrower?.policy.Statement).toEqual([
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: [`${BUCKET}/*`] },
  ]);
  expect(narrower?.proof).toEqual({ events: 2, matched: 2 });
});

test('what the chained session of another role does is no use of this one', () => {
  const other = {
    actor: {
      type: 'AssumedRole',
      roleArn: 'arn:aws:iam::999999999999:role/Other',
      principalId: 'AROAOTHER:x',
    },
  };
  expect(seenAs(having([allows(['s3:GetObject'], ['*'])], [other]), 's3:GetObject')).toBe('not-seen');
});

test('there is nothing to propose where all is used as it is granted, or where nothing was used', () => {
  expect(roleIn(having([allows(['s3:GetObject'], [`${BUCKET}/*`])], [GET])).narrower).toBeUndefined();
  expect(roleIn(having([allows(['s3:GetObject'], [`${BUCKET}/*`])], [])).narrower).toBeUndefined();
});

test('where all use was on resources that only others grant, no empty policy is proposed', () => {
  const elsewhere = { resources: ['arn:aws:s3:::shared/x'] };
  expect(roleIn(having([allows(['s3:GetObject'], [`${BUCKET}/*`])], [elsewhere])).narrower).toBeUndefined();
});

test('nothing is proposed where a grant is of a service that nobody knows', () => {
  const statements = [allows(['s3:GetObject', 's3:PutObject', 'dance:Tango'], ['*'])];
  const role = roleIn(having(statements, [GET]));
  expect([role.unexpanded, role.narrower]).toEqual([['dance:Tango'], undefined]);
});

test('actions that are granted under conditions are named, since the policy does not repeat those', () => {
  const condition = { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } };
  const limited = { ...allows(['s3:GetObject', 's3:PutObject'], ['*']), condition };
  const { narrower, permissions } = roleIn(having([limited], [GET]));
  expect(narrower?.conditional).toEqual(['s3:GetObject']);
  expect(permissions.every(({ conditional }) => conditional)).toBe(true);
});
