import * as z from 'zod';
import type { Check } from './checks.ts';
import { ofType, type Template } from './template.ts';

const TWO_WEEKS_SECONDS = 1_209_600;
const STREAM_KEEPS_SECONDS = 86_400;

const Arn = z
  .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
  .transform((at) => at['Fn::GetAtt'][0]);

const Mapping = z.object({
  EventSourceArn: Arn,
  FunctionName: Arn,
  FunctionResponseTypes: z.array(z.string()).default([]),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.number().default(-1),
  MaximumRecordAgeInSeconds: z.number().default(-1),
  DestinationConfig: z
    .object({ OnFailure: z.object({ Destination: Arn }) })
    .transform(({ OnFailure }) => OnFailure.Destination)
    .optional(),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).optional(),
});

const Queue = z.object({
  SqsManagedSseEnabled: z.boolean().default(false),
  MessageRetentionPeriod: z.number().default(345_600),
  VisibilityTimeout: z.number().default(30),
  RedrivePolicy: z.object({ deadLetterTargetArn: Arn, maxReceiveCount: z.number() }).optional(),
});

/** Ways in which one record of the stream could stop those behind it, vanish, or wake announce by what it writes itself. */
export const streamIsNeverBlocked: Check = (template) => {
  const streams = mappings(template).filter(({ EventSourceArn: source }) => source === 'Table');
  if (streams.length !== 1) return [`${streams.length} functions follow the stream`];
  return streams.flatMap((stream) => {
    const { MaximumRetryAttempts: retries, MaximumRecordAgeInSeconds: age } = stream;
    return whereNot([
      [
        stream.FunctionResponseTypes.includes('ReportBatchItemFailures'),
        'the stream knows no partial failure',
      ],
      [stream.BisectBatchOnFunctionError, 'a batch of the stream is not bisected'],
      [retries >= 0 && retries <= 10, 'retries of the stream are not bounded'],
      [age > 0 && age < STREAM_KEEPS_SECONDS, 'records of the stream can vanish before they are given up'],
      [stream.DestinationConfig === 'StreamDeadLetters', 'what the stream gives up goes nowhere'],
      [hasSubjectsOnly(stream.FilterCriteria), 'the stream lets in more than subjects'],
    ]);
  });
};

/** Ways in which a message of a queue that wakes a function could be lost, or be handled twice at once. */
export const queueKeepsWhatFails: Check = (template) => {
  const queues = new Map(ofType(template, 'AWS::SQS::Queue', Queue));
  const waking = mappings(template).filter(({ EventSourceArn: source }) => queues.has(source));
  return [
    ...(waking.length === WAKING_QUEUES ? [] : [`${waking.length} queues wake functions`]),
    ...waking.flatMap(({ EventSourceArn: id, FunctionName: woken, FunctionResponseTypes: types }) => {
      const { RedrivePolicy: redrive, VisibilityTimeout: hidden = 0 } = queues.get(id) ?? {};
      return whereNot([
        [types.includes('ReportBatchItemFailures'), `${id} knows no partial failure`],
        [queues.has(redrive?.deadLetterTargetArn ?? ''), `${id} has no dead letters`],
        [hidden >= 6 * timeoutOf(template, woken), `${id} shows messages too soon`],
      ]);
    }),
    ...[...queues].flatMap(([id, { SqsManagedSseEnabled: sealed, MessageRetentionPeriod: kept }]) =>
      whereNot([
        [sealed, `${id} is not encrypted`],
        [kept === TWO_WEEKS_SECONDS, `${id} forgets before two weeks`],
      ]),
    ),
  ];
};

/** Those of announce, trail and report. */
const WAKING_QUEUES = 3;

/** Secrets that stand in the template, or would be put into an environment. */
export const secretsStayInTheirStore: Check = (template) => {
  const Secret = z.looseObject({ SecretString: z.unknown().optional(), GenerateSecretString: z.unknown() });
  const secrets = ofType(template, 'AWS::SecretsManager::Secret', Secret);
  const ids = secrets.map(([id]) => id);
  return [
    ...secrets
      .filter(
        ([, { SecretString: value, GenerateSecretString: made }]) =>
          value !== undefined || made === undefined,
      )
      .map(([id]) => `${id} has its value in the template`),
    ...environments(template)
      .filter(([name, value]) => /SECRET|TOKEN/.test(name) && !isRefTo(ids, value))
      .map(([name]) => `${name} is no reference to a secret`),
    ...(JSON.stringify(template.Resources).includes('{{resolve:')
      ? ['a secret is resolved into the template']
      : []),
  ];
};

/** What would let the audit log's bucket lose or show an entry; its policy is tried by itself. */
export const auditLogIsKept: Check = (template) => {
  const bucket = template.Resources['AuditLogBucket'];
  const parsed = Bucket.safeParse(bucket);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => `AuditLogBucket ${path.join('.')}`);
};

const Bucket = z.looseObject({
  DeletionPolicy: z.literal('Retain'),
  UpdateReplacePolicy: z.literal('Retain'),
  Properties: z.looseObject({
    VersioningConfiguration: z.object({ Status: z.literal('Enabled') }),
    ObjectLockEnabled: z.literal(true),
    ObjectLockConfiguration: z.object({
      Rule: z.object({
        DefaultRetention: z.object({ Mode: z.literal('GOVERNANCE'), Days: z.number().min(1) }),
      }),
    }),
    PublicAccessBlockConfiguration: z.record(z.string(), z.literal(true)),
    BucketEncryption: z.object({ ServerSideEncryptionConfiguration: z.array(z.unknown()).min(1) }),
  }),
});

const Lambda = z.object({
  Handler: z.string(),
  Timeout: z.number(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }).optional(),
});

function mappings(template: Template) {
  return ofType(template, 'AWS::Lambda::EventSourceMapping', Mapping).map(([, mapping]) => mapping);
}

function environments(template: Template): [string, unknown][] {
  return ofType(template, 'AWS::Lambda::Function', Lambda).flatMap(([, { Environment: environment }]) =>
    Object.entries(environment?.Variables ?? {}),
  );
}

function timeoutOf(template: Template, id: string): number {
  return new Map(ofType(template, 'AWS::Lambda::Function', Lambda)).get(id)?.Timeout ?? Number.NaN;
}

function hasSubjectsOnly(criteria: z.output<typeof Mapping>['FilterCriteria']): boolean {
  const patterns = criteria?.Filters.map(({ Pattern }): unknown => JSON.parse(Pattern));
  const subjects = { dynamodb: { Keys: { sk: { S: ['elevation', 'slack-link'] } } } };
  return JSON.stringify(patterns) === JSON.stringify([subjects]);
}

function isRefTo(ids: readonly string[], value: unknown): boolean {
  const ref = z.strictObject({ Ref: z.string() }).safeParse(value);
  return ref.success && ids.includes(ref.data.Ref);
}

function whereNot(holds: readonly (readonly [boolean, string])[]): string[] {
  return holds.filter(([right]) => !right).map(([, finding]) => finding);
}
