import fc from 'fast-check';
import { minutes } from '../../../shared/domain/duration.ts';
import { after, before, type Instant } from '../../../shared/domain/instant.ts';
import type { ElevationStory, RoleEvidence } from '../../../shared/domain/report/story.ts';
import type { Observation } from '../../../shared/domain/trail/observation.ts';
import {
  allows,
  CATALOGUE,
  did,
  evidence,
  PERIOD,
  policies,
  seen,
  story,
  type Turn,
  UPDATE_APP_ARN,
} from './world.ts';

const ACTIONS = [
  's3:GetObject',
  's3:PutObject',
  's3:ListBucket',
  's3:ListAllMyBuckets',
  'kms:Decrypt',
] as const;

/** Resources that meet the grants in different ways: inside, outside, and in a part of what is generalised. */
export const RESOURCES = [
  'arn:aws:s3:::productionapp',
  'arn:aws:s3:::productionapp/index.html',
  'arn:aws:s3:::productionapp/public/logo.png',
  'arn:aws:s3:::productionapp-old/index.html',
  'arn:aws:s3:::other/deep/er/file',
  'arn:aws:kms:us-east-1:999999999999:key/1',
] as const;

const GRANTED = [
  '*',
  'arn:aws:s3:::productionapp',
  'arn:aws:s3:::productionapp/*',
  'arn:aws:s3:::productionapp/public/*',
  'arn:aws:s3:::production*/*.html',
  'arn:aws:kms:*:999999999999:key/*',
] as const;

const TWO_DAYS_BEFORE = before(PERIOD.from, minutes(48 * 60));

const call = fc.record({
  actions: fc.subarray([...ACTIONS], { minLength: 1, maxLength: 2 }),
  outcome: fc.constantFrom('allowed', 'allowed', 'denied', 'unknown'),
  resources: fc.subarray([...RESOURCES], { maxLength: 2 }),
  minute: fc.integer({ min: 7, max: 20 }),
});

const TURNS: readonly Turn[] = [
  'waiting',
  'denied',
  'withdrawn',
  'approved',
  'issued',
  'returned',
  'revoked',
];

/** Elevations around the week, some of them used; each with its number. */
export const stories: fc.Arbitrary<readonly ElevationStory[]> = fc
  .array(
    fc.record({
      turn: fc.constantFrom(...TURNS, 'issued', 'returned'),
      person: fc.constantFrom('david', 'dora'),
      hour: fc.integer({ min: -30, max: 7 * 24 + 3 }),
      approvedAfter: fc.integer({ min: 1, max: 5 }),
      calls: fc.array(call, { maxLength: 5 }),
    }),
    { maxLength: 6 },
  )
  .map((all) =>
    all.map(({ turn, person, hour, approvedAfter, calls }, n) => {
      const askedAt = after(TWO_DAYS_BEFORE, minutes((hour + 48) * 60));
      const isUsed = turn === 'issued' || turn === 'returned' || turn === 'revoked';
      const usage = (isUsed ? calls : []).map(({ minute, ...more }, id) =>
        did(n, `call-${id}`, after(askedAt, minutes(minute)), { person, ...more }),
      );
      return story(n, turn, { person, askedAt, approvedAfter, usage });
    }),
  );

/** What the role may do. */
export const statements = fc.array(
  fc
    .tuple(
      fc.subarray([...ACTIONS, 's3:DeleteObject', 'iam:PassRole', 'iam:GetRole', 's3:*'], { minLength: 1 }),
      fc.subarray([...GRANTED], { minLength: 1, maxLength: 2 }),
    )
    .map(([actions, resources]) => allows(actions, resources)),
  { minLength: 1, maxLength: 3 },
);

/** Calls of a session of the role that came round the side. */
export const strays: fc.Arbitrary<readonly Observation[]> = fc.array(call, { maxLength: 2 }).map((calls) =>
  calls.map(({ minute, ...more }, id) =>
    seen(`stray-${id}`, after(PERIOD.from, minutes(600 + minute)), {
      actor: { type: 'AssumedRole', roleArn: UPDATE_APP_ARN, principalId: 'AROAUPDATEAPPEXAMPLE:i-0123' },
      ...more,
    }),
  ),
);

const selectors = fc.record({
  management: fc.constantFrom('all', 'all', 'write-only', 'none'),
  excludedSources: fc.subarray(['kms.amazonaws.com']),
  data: fc.subarray(
    [
      {
        resourceType: 'AWS::S3::Object',
        access: 'all' as const,
        arnPrefixes: [],
        arns: [],
        exceptPrefixes: [],
      },
      {
        resourceType: 'AWS::S3::Object',
        access: 'write-only' as const,
        arnPrefixes: [],
        arns: [],
        exceptPrefixes: [],
      },
      {
        resourceType: 'AWS::S3::Object',
        access: 'all' as const,
        arnPrefixes: ['arn:aws:s3:::productionapp/'],
        arns: [],
        exceptPrefixes: [],
      },
      {
        resourceType: 'AWS::S3::Object',
        access: 'all' as const,
        arnPrefixes: [],
        arns: [],
        exceptPrefixes: ['arn:aws:s3:::productionapp/a'],
      },
    ],
    { maxLength: 1 },
  ),
});

/** What can be known of the role, from everything to little. */
export const roleEvidence: fc.Arbitrary<RoleEvidence> = fc
  .record({
    statements,
    strays,
    selectors,
    isAllRecorded: fc.boolean(),
    missingHour: fc.option(fc.integer({ min: 0, max: 7 * 24 + 2 })),
  })
  .map(({ statements: of, strays: others, selectors: some, isAllRecorded, missingHour }) => {
    const all = evidence();
    const isThere = (at: Instant) => Math.floor((at - PERIOD.from) / 3_600_000) !== missingHour;
    return {
      ...all,
      policies: { value: policies(of) },
      ...(isAllRecorded ? {} : { selectors: { value: some } }),
      deliveries: all.deliveries.filter(({ kind, at }) => kind === 'log' || isThere(at)),
      strays: others,
    };
  });

/** The actions that the tests' catalogue has. */
export const KNOWN = CATALOGUE.services.flatMap((service) => CATALOGUE.actionsOf(service));
