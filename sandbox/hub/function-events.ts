import * as z from 'zod';

const Authorizer = z.union([
  z.strictObject({ type: z.literal('aws_iam') }),
  z.strictObject({
    type: z.literal('token'),
    name: z.string(),
    identitySource: z.literal('method.request.header.Authorization'),
    resultTtlInSeconds: z.literal(0), // the sandbox's gateway keeps no answers
  }),
]);

const HttpEvent = z.strictObject({
  method: z.enum(['get', 'post', 'put', 'patch', 'delete']),
  path: z.string(),
  authorizer: Authorizer.optional(),
});

/** What arrives is a reference of CloudFormation or an ARN: it is resolved where the names are known. */
const Arn = z.unknown();

/** Lambda reports partial failures only where it is asked to. */
const functionResponseType = z.literal('ReportBatchItemFailures').optional();

const UNKNOWN_PATTERN =
  'Of the language of filters the sandbox knows texts of the key alone: { dynamodb: { Keys: { sk: { S: [one, another] } } } }. ' +
  'Write the pattern so, or teach sandbox/events/filter.ts.';

/** A part of the language of event filters (Lambda developer guide, "Control which events Lambda sends"). */
const FilterPattern = z.strictObject(
  {
    dynamodb: z.strictObject(
      {
        Keys: z.record(
          z.string(),
          z.strictObject(
            { S: z.array(z.string(UNKNOWN_PATTERN), UNKNOWN_PATTERN).min(1, UNKNOWN_PATTERN) },
            UNKNOWN_PATTERN,
          ),
          UNKNOWN_PATTERN,
        ),
      },
      UNKNOWN_PATTERN,
    ),
  },
  UNKNOWN_PATTERN,
);

/** Bounds as the API reference has them, "CreateEventSourceMapping". */
const StreamEvent = z.strictObject({
  type: z.literal('dynamodb'),
  arn: Arn,
  batchSize: z.int().min(1).max(10_000).default(100),
  startingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  // Endless retries would block a shard for a day, and the sandbox, which waits for nothing, for ever.
  maximumRetryAttempts: z.int().min(0).max(10_000),
  maximumRecordAgeInSeconds: z
    .int()
    .min(60)
    .max(604_800)
    .default(24 * 3600),
  bisectBatchOnFunctionError: z.boolean().default(false),
  parallelizationFactor: z.literal(1).optional(),
  batchWindow: z.int().min(0).max(300).optional(), // the sandbox waits for no more records
  functionResponseType,
  filterPatterns: z.array(FilterPattern).default([]),
  destinations: z
    .strictObject({ onFailure: z.strictObject({ type: z.literal('sqs'), arn: Arn }) })
    .optional(),
  enabled: z.literal(true).optional(),
});

/** At most ten: more needs a batching window, for which the sandbox does not wait. */
const QueueEvent = z.strictObject({
  arn: Arn,
  batchSize: z.int().min(1).max(10).default(10),
  /** Batches of a queue are delivered one after the other here. */
  maximumConcurrency: z.int().min(2).max(1000).optional(),
  maximumBatchingWindow: z.int().min(0).max(300).optional(),
  functionResponseType,
  enabled: z.literal(true).optional(),
});

const Rate = z
  .string()
  .regex(/^rate\(\d+ (minute|hour|day)s?\)$/, 'The sandbox knows schedules such as rate(1 minute) alone.');

const ScheduleEvent = z.union([
  Rate.transform((rate) => ({ rate })),
  z.strictObject({
    rate: z.union([Rate, z.tuple([Rate]).transform(([rate]) => rate)]),
    enabled: z.literal(true).optional(),
    name: z.string().optional(),
    description: z.string().optional(),
  }),
]);

/** What calls a function of serverless.yml. Strict, so that a setting the sandbox does not honour is an error. */
export const FunctionEvent = z.union([
  z.strictObject({ http: HttpEvent }),
  z.strictObject({ stream: StreamEvent }),
  z.strictObject({ sqs: QueueEvent }),
  z.strictObject({ schedule: ScheduleEvent }),
]);
export type FunctionEvent = z.infer<typeof FunctionEvent>;
