import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Randomness } from '../identifiers.ts';
import type { TrailRecord } from './trail.ts';

/**
 * Writes records as log files, one for each account and Region, under the directory; says which.
 * The names are those of the CloudTrail User Guide, "CloudTrail log file names".
 */
export async function deliverRecords(
  records: readonly TrailRecord[],
  directory: string,
  now: number,
  random: Randomness,
): Promise<readonly string[]> {
  const groups = new Set(records.map((it) => `${it.recipientAccountId} ${it.awsRegion}`));
  const files = [...groups].map(async (group) => {
    const [account = '', region = ''] = group.split(' ');
    const ofGroup = records.filter((it) => it.recipientAccountId === account && it.awsRegion === region);
    const file = join(directory, fileName(account, region, now, random));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, gzipSync(JSON.stringify({ Records: ofGroup })));
    return file;
  });
  return Promise.all(files);
}

function fileName(account: string, region: string, now: number, random: Randomness): string {
  const time = new Date(now).toISOString();
  const day = time.slice(0, 10).replaceAll('-', '/');
  const minute = `${time.slice(0, 16).replace(/[-:]/g, '')}Z`;
  const unique = random(8).toString('hex');
  return `AWSLogs/${account}/CloudTrail/${region}/${day}/${account}_CloudTrail_${region}_${minute}_${unique}.json.gz`;
}
