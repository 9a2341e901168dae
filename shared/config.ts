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

function configured(environment: Environment, mfaVariable: string): ElevationsConfig {
  return {
    ...authorizeConfig(environment),
    table: required(environment, 'DRAWBRIDGE_TABLE', 'the name of the table'),
    sealKey: required(environment, 'DRAWBRIDGE_SEAL_KEY', 'the ARN of the key that seals'),
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
