import { gzipSync } from 'node:zlib';
import { isoSeconds } from '../callers.ts';
import type { Randomness } from '../identifiers.ts';
import { dayOf, type LogFile, sha256Hex } from './delivered-file.ts';
import type { TrailRecord } from './trail.ts';

/** CloudTrail closes a file by size; so few show that an account has several at a time. */
const MOST_RECORDS = 50;

/** Packs records into log files, each of one account and Region, under `prefix` (AWSLogs/ or AWSLogs/o-…/). */
export function logFilesOf(
  records: readonly TrailRecord[],
  prefix: string,
  now: number,
  random: Randomness,
): readonly LogFile[] {
  const groups = Map.groupBy(records, (it) => `${it.recipientAccountId} ${it.awsRegion}`);
  return [...groups].flatMap(([group, ofGroup]) => {
    const [account = '', region = ''] = group.split(' ');
    return inParts(ofGroup).map((part) => logFile(part, { account, region, prefix, now, random }));
  });
}

type Circumstances = {
  readonly account: string;
  readonly region: string;
  readonly prefix: string;
  readonly now: number;
  readonly random: Randomness;
};

function logFile(records: readonly TrailRecord[], of: Circumstances): LogFile {
  const content = JSON.stringify({ Records: records });
  const times = records.map(({ eventTime }) => eventTime).sort();
  return {
    account: of.account,
    region: of.region,
    key: of.prefix + fileName(of),
    body: gzipSync(content),
    metadata: {},
    hash: sha256Hex(content),
    oldest: times[0] ?? '',
    newest: times.at(-1) ?? '',
  };
}

function inParts(records: readonly TrailRecord[]): readonly (readonly TrailRecord[])[] {
  const parts = Math.ceil(records.length / MOST_RECORDS);
  return Array.from({ length: parts }, (_, at) => records.slice(at * MOST_RECORDS, (at + 1) * MOST_RECORDS));
}

/** CloudTrail User Guide, "CloudTrail log file names". */
function fileName({ account, region, now, random }: Circumstances): string {
  const time = isoSeconds(now);
  const minute = `${time.slice(0, 16).replace(/[-:]/g, '')}Z`;
  const unique = random(8).toString('hex');
  return `${account}/CloudTrail/${region}/${dayOf(time)}/${account}_CloudTrail_${region}_${minute}_${unique}.json.gz`;
}
