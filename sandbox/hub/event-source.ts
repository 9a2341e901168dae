/** What wakes a function besides the API. */
export type EventSource = StreamSource | QueueSource | ScheduleSource;

/** The stream of a table, as an event source mapping of Lambda reads it. */
export type StreamSource = {
  readonly kind: 'stream';
  /** The name of the function in serverless.yml. */
  readonly wakes: string;
  readonly arn: string;
  readonly batchSize: number;
  /** Whether records are read that were there before the mapping was. */
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  /** A record passes that one of them lets through; without any, each does. */
  readonly filters: readonly KeyFilter[];
  readonly reportsFailures: boolean;
  readonly bisects: boolean;
  readonly maximumRetries: number;
  readonly maximumAgeSeconds: number;
  /** The ARN of the queue that hears which records were given up. */
  readonly onFailure?: string;
};

/** Lets through the records whose key has, under each name, one of the texts. */
export type KeyFilter = Readonly<Record<string, readonly string[]>>;

/** A queue that Lambda polls. */
export type QueueSource = {
  readonly kind: 'queue';
  readonly wakes: string;
  readonly arn: string;
  readonly batchSize: number;
  readonly reportsFailures: boolean;
};

/** A schedule at a fixed rate. */
export type ScheduleSource = {
  readonly kind: 'schedule';
  readonly wakes: string;
  /** The ARN of the rule, as its events name it. */
  readonly arn: string;
  readonly everySeconds: number;
};
