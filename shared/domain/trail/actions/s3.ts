import type { Json } from '../../canonical-json.ts';
import { textAt } from '../members.ts';

/**
 * S3 operations that need other actions than the one of their name: "Required permissions for Amazon S3 API
 * operations" in the S3 User Guide; also by the names that CloudTrail has for some ("Amazon S3 CloudTrail events" in
 * the same guide).
 */
const EXCEPTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    CompleteMultipartUpload: ['PutObject'],
    CreateMultipartUpload: ['PutObject'],
    DeleteAccountPublicAccessBlock: ['PutAccountPublicAccessBlock'],
    DeleteBucketAnalyticsConfiguration: ['PutAnalyticsConfiguration'],
    DeleteBucketCors: ['PutBucketCORS'],
    DeleteBucketEncryption: ['PutEncryptionConfiguration'],
    DeleteBucketIntelligentTieringConfiguration: ['PutIntelligentTieringConfiguration'],
    DeleteBucketInventoryConfiguration: ['PutInventoryConfiguration'],
    DeleteBucketLifecycle: ['PutLifecycleConfiguration'],
    DeleteBucketMetricsConfiguration: ['PutMetricsConfiguration'],
    DeleteBucketOwnershipControls: ['PutBucketOwnershipControls'],
    DeleteBucketPublicAccessBlock: ['PutBucketPublicAccessBlock'],
    DeleteBucketReplication: ['PutReplicationConfiguration'],
    DeleteBucketTagging: ['PutBucketTagging'],
    DeleteObjects: ['DeleteObject'],
    GetBucketAccelerateConfiguration: ['GetAccelerateConfiguration'],
    GetBucketAnalyticsConfiguration: ['GetAnalyticsConfiguration'],
    GetBucketEncryption: ['GetEncryptionConfiguration'],
    GetBucketIntelligentTieringConfiguration: ['GetIntelligentTieringConfiguration'],
    GetBucketInventoryConfiguration: ['GetInventoryConfiguration'],
    GetBucketLifecycle: ['GetLifecycleConfiguration'],
    GetBucketLifecycleConfiguration: ['GetLifecycleConfiguration'],
    GetBucketMetricsConfiguration: ['GetMetricsConfiguration'],
    GetBucketNotificationConfiguration: ['GetBucketNotification'],
    GetBucketReplication: ['GetReplicationConfiguration'],
    GetObjectLockConfiguration: ['GetBucketObjectLockConfiguration'],
    HeadBucket: ['ListBucket'],
    ListBucketAnalyticsConfigurations: ['GetAnalyticsConfiguration'],
    ListBucketIntelligentTieringConfigurations: ['GetIntelligentTieringConfiguration'],
    ListBucketInventoryConfigurations: ['GetInventoryConfiguration'],
    ListBucketMetricsConfigurations: ['GetMetricsConfiguration'],
    ListBuckets: ['ListAllMyBuckets'],
    ListMultipartUploads: ['ListBucketMultipartUploads'],
    ListObjectVersions: ['ListBucketVersions'],
    ListObjects: ['ListBucket'],
    ListObjectsV2: ['ListBucket'],
    ListParts: ['ListMultipartUploadParts'],
    PostObject: ['PutObject'],
    PutBucketAccelerateConfiguration: ['PutAccelerateConfiguration'],
    PutBucketAnalyticsConfiguration: ['PutAnalyticsConfiguration'],
    PutBucketEncryption: ['PutEncryptionConfiguration'],
    PutBucketIntelligentTieringConfiguration: ['PutIntelligentTieringConfiguration'],
    PutBucketInventoryConfiguration: ['PutInventoryConfiguration'],
    PutBucketLifecycle: ['PutLifecycleConfiguration'],
    PutBucketLifecycleConfiguration: ['PutLifecycleConfiguration'],
    PutBucketMetricsConfiguration: ['PutMetricsConfiguration'],
    PutBucketNotificationConfiguration: ['PutBucketNotification'],
    PutBucketReplication: ['PutReplicationConfiguration'],
    PutObjectLockConfiguration: ['PutBucketObjectLockConfiguration'],
    SelectObjectContent: ['GetObject'],
    UploadPart: ['PutObject'],
  }),
);

/** Operations on an object, with the actions that they need instead where the call names a version of it. */
const ON_VERSIONS: ReadonlyMap<string, { readonly current: string[]; readonly version: string[] }> = new Map(
  Object.entries({
    DeleteObject: { current: ['DeleteObject'], version: ['DeleteObjectVersion'] },
    DeleteObjectTagging: { current: ['DeleteObjectTagging'], version: ['DeleteObjectVersionTagging'] },
    GetObject: { current: ['GetObject'], version: ['GetObjectVersion'] },
    GetObjectAcl: { current: ['GetObjectAcl'], version: ['GetObjectVersionAcl'] },
    GetObjectAttributes: {
      current: ['GetObject', 'GetObjectAttributes'],
      version: ['GetObjectVersion', 'GetObjectVersionAttributes'],
    },
    GetObjectTagging: { current: ['GetObjectTagging'], version: ['GetObjectVersionTagging'] },
    HeadObject: { current: ['GetObject'], version: ['GetObjectVersion'] },
    PutObjectAcl: { current: ['PutObjectAcl'], version: ['PutObjectVersionAcl'] },
    PutObjectTagging: { current: ['PutObjectTagging'], version: ['PutObjectVersionTagging'] },
  }),
);

/** The actions of an operation of S3 that is not called like its action; undefined for the others. */
export function s3Actions(operation: string, parameters: Json): readonly string[] | undefined {
  if (operation === 'CopyObject' || operation === 'UploadPartCopy') return copyActions(parameters);
  const onVersions = ON_VERSIONS.get(operation);
  if (onVersions === undefined) return EXCEPTIONS.get(operation);
  return textAt(parameters, 'versionId') === undefined ? onVersions.current : onVersions.version;
}

/** The source of a copy is <bucket>/<key>[?versionId=<id>] (API reference, "CopyObject"). */
function copyActions(parameters: Json): readonly string[] {
  const source = textAt(parameters, 'x-amz-copy-source') ?? '';
  return [source.includes('?versionId=') ? 'GetObjectVersion' : 'GetObject', 'PutObject'];
}
