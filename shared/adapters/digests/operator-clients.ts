import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { S3Client } from '@aws-sdk/client-s3';

/** S3 as the operator's own settings say: Region and credentials come from the SDK's default chain. */
export function operatorS3(): S3Client {
  return new S3Client({ followRegionRedirects: true });
}

/** CloudTrail in a Region, with the operator's own credentials. */
export function operatorCloudTrail(region: string): CloudTrailClient {
  return new CloudTrailClient({ region });
}
