import { GetObjectCommand, NoSuchKey, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { contentHash } from './content-hash.ts';
import { digestRead } from './digest-object.ts';
import type { FileAt, TrailCopy, TrailPart } from './trail-copy.ts';
import { deliveryIn, type TrailKind } from './trail-part.ts';

/** A trail's bucket, as an operator names it. */
export type TrailBucket = { readonly client: S3Client; readonly bucket: string; readonly prefix: string };

const FOLDERS = { log: 'CloudTrail', digest: 'CloudTrail-Digest' } as const;

/** A trail in the bucket that CloudTrail delivers it to. */
export function s3Trail(at: TrailBucket, part: TrailPart): TrailCopy {
  const { client, bucket } = at;
  return {
    digests: () => files(at, part, 'digest'),
    logs: () => files(at, part, 'log'),
    async readDigest({ key }) {
      const { Body, Metadata } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return digestRead((await Body?.transformToByteArray()) ?? new Uint8Array(), Metadata ?? {});
    },
    async hashOf(file) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: file.bucket, Key: file.key }));
        const hash = await contentHash(Body as AsyncIterable<Uint8Array>);
        return hash === undefined ? 'unreadable' : { hash };
      } catch (error) {
        if (error instanceof NoSuchKey) return 'missing';
        throw error;
      }
    },
  };
}

/** Lists the folders of accounts and Regions, and of each only the days that are wanted. */
async function* files(at: TrailBucket, part: TrailPart, kind: TrailKind): AsyncIterable<FileAt> {
  for await (const account of accountFolders(at, `${at.prefix}AWSLogs/`, part)) {
    for await (const region of foldersIn(at, `${account}${FOLDERS[kind]}/`)) {
      if (part.regions !== undefined && !part.regions.includes(lastName(region))) continue;
      yield* keysIn(at, region, part, kind);
    }
  }
}

async function* accountFolders(at: TrailBucket, folder: string, part: TrailPart): AsyncIterable<string> {
  for await (const inside of foldersIn(at, folder)) {
    const name = lastName(inside);
    if (/^o-[a-z0-9]+$/.test(name)) yield* accountFolders(at, inside, part);
    else if (/^\d{12}$/.test(name) && (part.accounts?.includes(name) ?? true)) yield inside;
  }
}

async function* foldersIn({ client, bucket }: TrailBucket, folder: string): AsyncIterable<string> {
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: folder, Delimiter: '/' });
  for await (const { CommonPrefixes = [] } of pages) {
    for (const { Prefix } of CommonPrefixes) if (Prefix !== undefined) yield Prefix;
  }
}

async function* keysIn(
  { client, bucket }: TrailBucket,
  folder: string,
  part: TrailPart,
  kind: TrailKind,
): AsyncIterable<FileAt> {
  const begin = part.from === undefined ? {} : { StartAfter: `${folder}${dayOf(part.from)}` };
  const lastDay = part.until === undefined ? '~' : dayOf(part.until + 86_400_000);
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: folder, ...begin });
  for await (const { Contents = [] } of pages) {
    for (const { Key: key = '' } of Contents) {
      if (key.slice(folder.length) > `${lastDay}~`) return;
      if (deliveryIn(part, kind, key) !== undefined) yield { bucket, key };
    }
  }
}

/** 2026/11/24, which orders keys of one Region by time. */
function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10).replaceAll('-', '/');
}

function lastName(folder: string): string {
  return folder.split('/').at(-2) ?? '';
}
