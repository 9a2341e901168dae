import { canonicalJson, type Json } from '../../domain/canonical-json.ts';
import type { Hash, Sha256 } from '../../domain/hash.ts';
import { parseInstant } from '../../domain/instant.ts';
import { textAt } from '../../domain/trail/members.ts';
import type { SkipReason, TrailCaller, TrailRecord } from '../../domain/trail/record.ts';
import { type RecordJson, RecordSchema } from './record-schema.ts';

/** What came of a record: what the audit needs of it, why it does not count, or what is wrong with it, as a sentence. */
export type ParsedRecord = TrailRecord | { readonly skipped: SkipReason } | { readonly fault: string };

/** Texts for people are kept to this length; the hash is over all of them. */
const LONGEST_TEXT = 1024;

/** A CloudTrail record, from what JSON.parse gave. */
export function parseRecord(value: unknown, sha256: Sha256): ParsedRecord {
  const skipped = skipReason(value);
  if (skipped !== undefined) return { skipped };
  const { success, data, error } = RecordSchema.safeParse(value);
  if (!success) return { fault: faultAt(error.issues[0]?.path ?? []) };
  const at = parseInstant(data.eventTime);
  if (at === undefined) return { fault: faultAt(['eventTime']) };
  const hash = hashOf(value as Json, sha256);
  if (hash === undefined) return { fault: 'The record is nested so deeply that it cannot be hashed.' };
  return recordOf(data, at, hash);
}

/**
 * Insights, network activity and aggregates are no calls that somebody made with a role's permissions.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-events.html
 */
const SKIPPED: ReadonlyMap<string, SkipReason> = new Map([
  ['Insight', 'insight'],
  ['AwsCloudTrailInsight', 'insight'],
  ['NetworkActivity', 'network-activity'],
  ['AwsVpceEvent', 'network-activity'],
  ['Aggregated', 'aggregated'],
  ['AwsAggregatedEvent', 'aggregated'],
]);

/** The event categories and types by which records are skipped. */
export const SKIPPED_KINDS: readonly string[] = [...SKIPPED.keys()];

function skipReason(value: unknown): SkipReason | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return (
    SKIPPED.get(textAt(value as Json, 'eventCategory') ?? '') ??
    SKIPPED.get(textAt(value as Json, 'eventType') ?? '')
  );
}

function faultAt(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'The record is no JSON object.';
  return `The record's ${path.join('.')} is not what CloudTrail documents.`;
}

/** Undefined where the value is nested too deeply: what no service writes, a caller may have put into a parameter. */
function hashOf(value: Json, sha256: Sha256): Hash | undefined {
  try {
    return sha256(canonicalJson(value));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Records of version 1.0 have no eventID: there the content names the record. Before 1.02 all were API calls. */
function recordOf(data: RecordJson, at: TrailRecord['at'], hash: Hash): TrailRecord {
  const caller = callerOf(data.userIdentity);
  return {
    id: data.eventID ?? hash,
    hash,
    at,
    source: data.eventSource,
    name: data.eventName,
    type: data.eventType ?? 'AwsApiCall',
    region: data.awsRegion,
    account: data.recipientAccountId ?? caller.account ?? 'unknown',
    caller,
    parameters: jsonOf(data.requestParameters),
    response: jsonOf(data.responseElements),
    resources: (data.resources ?? []).map((one) => ({
      ...given({ arn: one.ARN ?? one.ARNPrefix, type: one.type, account: one.accountId }),
    })),
    ...given({
      sharedId: data.sharedEventID,
      addendum: addendumOf(data.addendum),
      ip: data.sourceIPAddress,
      userAgent: data.userAgent?.slice(0, LONGEST_TEXT),
      error: errorOf(data),
      readOnly: data.readOnly,
      switchTo: textAt(jsonOf(data.additionalEventData), 'SwitchTo'),
      fromConsole: flagOf(data.sessionCredentialFromConsole) || undefined,
    }),
  };
}

function callerOf(identity: RecordJson['userIdentity']): TrailCaller {
  const session = identity?.sessionContext;
  return {
    type: identity?.type ?? 'Unknown',
    ...given({
      arn: identity?.arn,
      principalId: identity?.principalId,
      account: identity?.accountId,
      accessKeyId: identity?.accessKeyId,
      invokedBy: identity?.invokedBy,
      roleArn: session?.sessionIssuer?.arn,
      sourceIdentity: session?.sourceIdentity,
      mfa: flagOf(session?.attributes?.mfaAuthenticated),
    }),
  };
}

/** NB. A sign-in that failed has a message and no code. */
function errorOf({ errorCode, errorMessage }: RecordJson): TrailRecord['error'] {
  if (!errorCode && !errorMessage) return undefined;
  return { code: errorCode || 'Unknown', ...given({ message: errorMessage?.slice(0, LONGEST_TEXT) }) };
}

function addendumOf(addendum: RecordJson['addendum']): TrailRecord['addendum'] {
  if (addendum === undefined || addendum === null) return undefined;
  return { reason: addendum.reason ?? 'UNKNOWN', ...given({ correctsId: addendum.originalEventID }) };
}

/** NB. What is neither word is not told. */
function flagOf(flag: string | boolean | null | undefined): boolean | undefined {
  if (String(flag) === 'true') return true;
  return String(flag) === 'false' ? false : undefined;
}

function jsonOf(value: unknown): Json {
  return (value ?? null) as Json;
}

type Given<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };

/** Only the members that are there. */
function given<T extends object>(members: T): Given<T> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null),
  ) as Given<T>;
}
