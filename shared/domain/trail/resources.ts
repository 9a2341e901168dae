import { partitionOf } from '../arn.ts';
import { memberOf, textAt } from './members.ts';
import { namedResources } from './named-resources.ts';
import type { TrailRecord } from './record.ts';

/** The names in one call come from whoever made it, and an item of DynamoDB takes 400 KB of them: that many characters are kept. */
const MOST_CHARACTERS = 16_384;

/**
 * The ARNs that a call was about, as IAM matches them against policies: what the record lists, or else what its parameters name. None where it
 * tells none, or more than are kept: half of them would be taken for all. Each once.
 */
export function resourcesOf(record: TrailRecord): readonly string[] {
  const all = [...new Set(found(record))];
  return all.reduce((sum, { length }) => sum + length, 0) > MOST_CHARACTERS ? [] : all;
}

function found(record: TrailRecord): readonly string[] {
  if (record.source === 's3.amazonaws.com') return inS3(record);
  const listed = listedIn(record);
  if (record.source === 'dynamodb.amazonaws.com') return indexes(record, listed);
  if (record.source === 'kms.amazonaws.com') return keys(listed.length > 0 ? listed : namedResources(record));
  return listed.length > 0 ? listed : namedResources(record);
}

function listedIn({ resources }: TrailRecord): readonly string[] {
  return resources.flatMap(({ arn }) => (arn?.startsWith('arn:') === true ? [arn] : []));
}

/**
 * S3 lists an object together with its bucket: an action on objects is matched against the object, one on buckets against the bucket. A
 * listing has a prefix and no object. NB. A copy has two objects, the one read and the one written.
 */
function inS3(record: TrailRecord): readonly string[] {
  const { parameters } = record;
  const listed = listedIn(record);
  const objects = LISTINGS.has(record.name) ? [] : listed.filter((arn) => arn.includes('/')).map(anyObject);
  const source = copySource(record);
  if (objects.length > 0) return [...source, ...objects];
  const buckets = listed.filter((arn) => !arn.includes('/'));
  if (buckets.length > 0) return buckets;
  const bucket = textAt(parameters, 'bucketName');
  if (bucket === undefined) return [];
  const key = textAt(parameters, 'key');
  const isArn = bucket.startsWith('arn:');
  const arn = isArn ? bucket : `arn:${partitionOf(record.region)}:s3:::${bucket}`;
  // The ARN of an access point has the key after /object/ ("Configuring IAM policies for using access points").
  return key === undefined ? [arn] : [...source, `${arn}${isArn ? '/object' : ''}/${key}`];
}

/** What lists objects is about the bucket, although the record names the beginning of the objects’ ARNs as well. */
const LISTINGS: ReadonlySet<string> = new Set([
  'ListObjects',
  'ListObjectsV2',
  'ListObjectVersions',
  'ListMultipartUploads',
]);

/** A record of DeleteObjects can tell the bucket of the objects alone: then it is any of them. */
function anyObject(arn: string): string {
  return /^[^/]+\/$/.test(arn) ? `${arn}*` : arn;
}

/** `x-amz-copy-source` of CopyObject: <bucket>/<key>, as the client wrote it in the URL. */
function copySource({ parameters, region }: TrailRecord): readonly string[] {
  const source = textAt(parameters, 'x-amz-copy-source')
    ?.replace(/^\//, '')
    .replace(/\?versionId=.*$/, '');
  if (source === undefined || !source.includes('/') || source.startsWith('arn:')) return [];
  const decoded = unescaped(source);
  return decoded === undefined ? [] : [`arn:${partitionOf(region)}:s3:::${decoded}`];
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The trail names the table; a query of an index is matched against the index ("Actions, resources, and condition keys for Amazon DynamoDB"). */
function indexes(record: TrailRecord, listed: readonly string[]): readonly string[] {
  const tables = listed.length > 0 ? listed : namedResources(record);
  const index = memberOf(record.parameters, 'indexName');
  return typeof index === 'string'
    ? tables.map((table) => `${table.replace(/\/index\/.*$/, '')}/index/${index}`)
    : tables;
}

/** A call by an alias lists key and alias: it is matched against the key. */
function keys(listed: readonly string[]): readonly string[] {
  const keysAlone = listed.filter((arn) => arn.includes(':key/'));
  return keysAlone.length > 0 ? keysAlone : listed;
}
