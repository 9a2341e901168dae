import { join } from 'node:path';
import { type Minutes, parseDuration } from './domain/duration.ts';

/** The variables of the environment. */
type Environment = Readonly<Record<string, string | undefined>>;

/** What every function needs to know. */
export type AccessConfig = {
  /** Where the compiled access file is. */
  readonly accessFile: string;
};

/** What a function that works with elevations needs to know. */
export type ElevationsConfig = AccessConfig & {
  readonly table: string;
  /** The ARN of the key that seals. */
  readonly sealKey: string;
  /** How old an MFA session the resource policy lets in at this function's routes. */
  readonly iamDoorMfa: Minutes;
};

/** What the function that answers Slack needs to know. */
export type SlackConfig = AccessConfig & {
  readonly table: string;
  readonly sealKey: string;
  /** Where the API is, with its stage and without a slash at the end. */
  readonly apiUrl: string;
  /** ARNs of secrets. */
  readonly signingSecret: string;
  readonly botToken: string;
};

/** What the function that tells others needs to know. */
export type AnnounceConfig = AccessConfig & {
  readonly table: string;
  readonly sealKey: string;
  readonly apiUrl: string;
  readonly botToken: string;
  /** The URL of the queue of subjects to be announced again. */
  readonly queue: string;
  /** The name of the event bus. */
  readonly eventBus: string;
  /** The name of the bucket of the audit log. */
  readonly auditBucket: string;
};

/** What the function that looks for due subjects needs to know. */
export type SweepConfig = { readonly table: string; readonly queue: string };

/** What the functions that read usage need to know. */
type UsageConfig = AccessConfig & {
  readonly table: string;
  readonly sealKey: string;
  /** The name of the table of what the trail has seen. */
  readonly usageTable: string;
};

/** What the function that follows sessions needs to know. */
export type TrailConfig = UsageConfig & {
  /** Where the action catalogue is. */
  readonly actionsFile: string;
  /** How many days usage is kept. */
  readonly usageDays: number;
  /** The URL of the queue of what cannot be handled. */
  readonly deadLetters: string;
  readonly eventBus: string;
};

/** What the function that makes reports needs to know. */
export type ReportConfig = UsageConfig & {
  readonly actionsFile: string;
  /** The name of the bucket of reports. */
  readonly reportsBucket: string;
  /** The bucket of the log files: what another trail records is not seen. */
  readonly trailBucket: string;
  readonly botToken: string;
};

/** What the function that shows reports needs to know. */
export type ReportsConfig = AccessConfig & {
  readonly reportsBucket: string;
  /** The URL of the queue of reports that are asked for. */
  readonly reportQueue: string;
  readonly iamDoorMfa: Minutes;
};

/** What the function that shows activity needs to know. */
export type ActivityConfig = UsageConfig & { readonly iamDoorMfa: Minutes };

/** The configuration of `authorize`. */
export function authorizeConfig(environment: Environment): AccessConfig {
  const root = environment['LAMBDA_TASK_ROOT'] ?? '.';
  return { accessFile: environment['DRAWBRIDGE_ACCESS_FILE'] ?? join(root, 'access.json') };
}

/** The configuration of `elevations`. */
export function elevationsConfig(environment: Environment): ElevationsConfig {
  return configured(environment, 'DRAWBRIDGE_IAM_DOOR_MFA');
}

/** The configuration of `credentials`. */
export function credentialsConfig(environment: Environment): ElevationsConfig {
  return configured(environment, 'DRAWBRIDGE_IAM_DOOR_CREDENTIALS_MFA');
}

/** The configuration of `slack`. */
export function slackConfig(environment: Environment): SlackConfig {
  return {
    ...sealed(environment),
    ...towardsSlack(environment),
    signingSecret: required(
      environment,
      'DRAWBRIDGE_SLACK_SIGNING_SECRET',
      "the ARN of the secret with Slack's signing secret",
    ),
  };
}

/** The configuration of `announce`. */
export function announceConfig(environment: Environment): AnnounceConfig {
  return {
    ...sealed(environment),
    ...towardsSlack(environment),
    queue: queueIn(environment),
    eventBus: busIn(environment),
    auditBucket: required(environment, 'DRAWBRIDGE_AUDIT_BUCKET', 'the name of the bucket of the audit log'),
  };
}

/** The configuration of `sweep`. */
export function sweepConfig(environment: Environment): SweepConfig {
  return { table: tableIn(environment), queue: queueIn(environment) };
}

/** The configuration of `trail`. */
export function trailConfig(environment: Environment): TrailConfig {
  return {
    ...usage(environment),
    actionsFile: actionsIn(environment),
    usageDays: requiredDays(environment, 'DRAWBRIDGE_USAGE_DAYS'),
    deadLetters: required(
      environment,
      'DRAWBRIDGE_TRAIL_DEAD_LETTERS',
      'the URL of the queue of dead letters',
    ),
    eventBus: busIn(environment),
  };
}

/** The configuration of `report`. */
export function reportConfig(environment: Environment): ReportConfig {
  return {
    ...usage(environment),
    actionsFile: actionsIn(environment),
    reportsBucket: reportsIn(environment),
    trailBucket: required(environment, 'DRAWBRIDGE_TRAIL_BUCKET', 'the name of the bucket of the log files'),
    botToken: botTokenIn(environment),
  };
}

/** The configuration of `reports`. */
export function reportsConfig(environment: Environment): ReportsConfig {
  return {
    ...authorizeConfig(environment),
    reportsBucket: reportsIn(environment),
    reportQueue: required(environment, 'DRAWBRIDGE_REPORT_QUEUE', 'the URL of the queue of reports'),
    iamDoorMfa: requiredDuration(environment, 'DRAWBRIDGE_IAM_DOOR_MFA'),
  };
}

/** The configuration of `activity`. */
export function activityConfig(environment: Environment): ActivityConfig {
  return { ...usage(environment), iamDoorMfa: requiredDuration(environment, 'DRAWBRIDGE_IAM_DOOR_MFA') };
}

function usage(environment: Environment): UsageConfig {
  return {
    ...sealed(environment),
    usageTable: required(environment, 'DRAWBRIDGE_USAGE_TABLE', 'the name of the table of usage'),
  };
}

function actionsIn(environment: Environment): string {
  const root = environment['LAMBDA_TASK_ROOT'] ?? '.';
  return environment['DRAWBRIDGE_ACTIONS_FILE'] ?? join(root, 'actions.json');
}

function reportsIn(environment: Environment): string {
  return required(environment, 'DRAWBRIDGE_REPORTS_BUCKET', 'the name of the bucket of reports');
}

function busIn(environment: Environment): string {
  return required(environment, 'DRAWBRIDGE_EVENT_BUS', 'the name of the event bus');
}

function botTokenIn(environment: Environment): string {
  return required(environment, 'DRAWBRIDGE_SLACK_BOT_TOKEN', "the ARN of the secret with the bot's token");
}

function towardsSlack(environment: Environment) {
  return {
    apiUrl: required(environment, 'DRAWBRIDGE_API_URL', 'where the API is, with its stage'),
    botToken: botTokenIn(environment),
  };
}

function tableIn(environment: Environment): string {
  return required(environment, 'DRAWBRIDGE_TABLE', 'the name of the table');
}

function queueIn(environment: Environment): string {
  return required(environment, 'DRAWBRIDGE_ANNOUNCE_QUEUE', 'the URL of the queue of announcements');
}

function sealed(environment: Environment) {
  return {
    ...authorizeConfig(environment),
    table: tableIn(environment),
    sealKey: required(environment, 'DRAWBRIDGE_SEAL_KEY', 'the ARN of the key that seals'),
  };
}

function configured(environment: Environment, mfaVariable: string): ElevationsConfig {
  return {
    ...sealed(environment),
    iamDoorMfa: requiredDuration(environment, mfaVariable),
  };
}

function required(environment: Environment, name: string, what: string): string {
  const value = environment[name];
  if (value === undefined || value === '') throw new Error(`Set ${name}: ${what}.`);
  return value;
}

function requiredDuration(environment: Environment, name: string): Minutes {
  const value = required(environment, name, 'how old an MFA session may be, for example 15m');
  const length = parseDuration(value);
  if (length === undefined) throw new Error(`Set ${name} to a duration, for example 15m; it is ${value}.`);
  return length;
}

function requiredDays(environment: Environment, name: string): number {
  const value = required(environment, name, 'a number of days, for example 400');
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new Error(`Set ${name} to a number of days; it is ${value}.`);
  return Number(value);
}
