import { partitionOf } from '../arn.ts';
import { textAt } from './members.ts';
import type { Observation, RoleChange } from './observation.ts';
import type { TrailRecord } from './record.ts';

/**
 * CloudTrail's calls that change what a trail records (CloudTrail API Reference, Actions). NB. Starting it again is one of
 * them: it shows that before nothing was recorded. A new trail takes nothing away.
 */
const TRAIL_CHANGES: ReadonlySet<string> = new Set([
  'StopLogging',
  'StartLogging',
  'UpdateTrail',
  'DeleteTrail',
  'PutEventSelectors',
]);

/** The change to a trail that a call made, or tried to make; undefined where it is none. */
export function changedTrail(record: TrailRecord): RoleChange | undefined {
  const isChange = record.source === 'cloudtrail.amazonaws.com' && TRAIL_CHANGES.has(record.name);
  return isChange ? { of: 'trail', arn: arnOf(record), what: 'trail' } : undefined;
}

/**
 * Accounts that a change of a trail is about: the one that recorded it, and the one that the trail belongs to. They differ
 * where a delegated administrator changes the trail of an organization.
 */
export function accountsOfTrail({ account, changed }: Observation): readonly string[] {
  if (changed?.of !== 'trail') return [];
  return [...new Set([account, changed.arn.split(':')[4] ?? account])];
}

/** Whether a trail may record something else since: not where the call was denied, or failed and changed nothing. */
export function mayHaveChanged({ outcome, errorCode }: Observation): boolean {
  return outcome === 'unknown' || (outcome === 'allowed' && errorCode === undefined);
}

const TRAIL_ARN = /^arn:[\w-]{1,20}:cloudtrail:[\w-]{1,30}:\d{12}:trail\/[\w.-]{3,128}$/;
/** "Naming requirements for CloudTrail resources, S3 buckets, and KMS keys" in the CloudTrail User Guide. */
const TRAIL_NAME = /^[\w.-]{3,128}$/;
const IN_MESSAGE = /\bon resource: (arn:[\w:./-]+)/;

/** NB. A change is not lost because it does not tell which trail, or tells what is none: then it may be any of the account. */
function arnOf({ parameters, response, error, account, region }: TrailRecord): string {
  const named =
    textAt(response, 'trailARN') ??
    textAt(parameters, 'name') ??
    textAt(parameters, 'trailName') ??
    IN_MESSAGE.exec(error?.message ?? '')?.[1] ??
    '';
  if (TRAIL_ARN.test(named)) return named;
  return `arn:${partitionOf(region)}:cloudtrail:${region}:${account}:trail/${TRAIL_NAME.test(named) ? named : '*'}`;
}
