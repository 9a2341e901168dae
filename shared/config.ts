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
    eventBus: required(environment, 'DRAWBRIDGE_EVENT_BUS', 'the name of the event bus'),
    auditBucket: required(environment, 'DRAWBRIDGE_AUDIT_BUCKET', 'the name of the bucket of the audit log'),
  };
}

/** The configuration of `sweep`. */
export function sweepConfig(environment: Environment): SweepConfig {
  return { table: tableIn(environment), queue: queueIn(environment) };
}

function towardsSlack(environment: Environment) {
  return {
    apiUrl: required(environment, 'DRAWBRIDGE_API_URL', 'where the API is, with its stage'),
    botToken: required(
      environment,
      'DRAWBRIDGE_SLACK_BOT_TOKEN',
      "the ARN of the secret with the bot's token",
    ),
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
