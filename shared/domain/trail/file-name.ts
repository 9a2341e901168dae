import { type Instant, parseInstant } from '../instant.ts';

/** What the name of a file of a trail says: for which account and Region it speaks, and from or until when. */
export type TrailFileName = {
  readonly account: string;
  readonly region: string;
  /** `log` files hold records, a `digest` vouches for those of an hour, an `insight` tells of unusual activity. */
  readonly kind: 'log' | 'digest' | 'insight';
  /** When a log file was delivered, to the minute; when a digest's hour ends, also where the digest was made afterwards. */
  readonly at: Instant;
};

const FOLDER =
  /^(?:.*\/)?AWSLogs\/(?:o-[a-z0-9]{10,32}\/)?(\d{12})\/(CloudTrail(?:-\w+)?)\/([a-z0-9-]+)\/\d{4}\/\d\d\/\d\d\//;
/** NB. `_backfill` is the ending of digests that were made afterwards: the guide is silent, the AWS CLI's validate-logs reads it. */
const KINDS: ReadonlyMap<string, { readonly kind: TrailFileName['kind']; readonly name: RegExp }> = new Map([
  ['CloudTrail', { kind: 'log', name: /^(\d{8}T\d{4})Z_\w+\.json\.gz$/ }],
  ['CloudTrail-Insight', { kind: 'insight', name: /^(\d{8}T\d{4})Z_\w+\.json\.gz$/ }],
  [
    'CloudTrail-Digest',
    { kind: 'digest', name: /^[\w.-]+_[a-z0-9-]+_(\d{8}T\d{6})Z(?:_backfill)?\.json\.gz$/ },
  ],
]);
const LONGEST_KEY = 1024;

/**
 * What an object's key says, or undefined where it is none of a trail's. Whatever prefix the trail was given may come first.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export function parseTrailKey(key: string): TrailFileName | undefined {
  const [folder, account, product, region] = (key.length <= LONGEST_KEY && FOLDER.exec(key)) || [];
  const named = product === undefined ? undefined : KINDS.get(product);
  if (folder === undefined || account === undefined || region === undefined || !named) return undefined;
  const begin = `${account}_${product}_${region}_`;
  const name = key.slice(folder.length);
  const [, stamp] = (name.startsWith(begin) && named.name.exec(name.slice(begin.length))) || [];
  const at = stamp === undefined ? undefined : instantOf(stamp);
  return at === undefined ? undefined : { account, region, kind: named.kind, at };
}

/** 20261124T0905 or 20261124T090500 as an instant. */
function instantOf(stamp: string): Instant | undefined {
  const [, year, month, day, hour, minute, second = '00'] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?$/.exec(stamp) ?? [];
  return parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
