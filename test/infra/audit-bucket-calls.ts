import type { BucketCall, BucketId } from './bucket-policy.ts';

const ADMIN = 'role/Admin';
const REPORT = 'role/drawbridge/drawbridge-report';
const TRAIL = 'role/drawbridge/drawbridge-trail';
const CLOUDTRAIL: BucketCall['by'] = {
  service: 'cloudtrail.amazonaws.com',
  sourceArn: 'arn:aws:cloudtrail:us-east-1:222222222222:trail/organization',
};
/** Of anybody in the world who knows the bucket's name: CloudTrail would deliver for them ("cross-service confused deputy"). */
const OUTSIDER: BucketCall['by'] = {
  service: 'cloudtrail.amazonaws.com',
  sourceArn: 'arn:aws:cloudtrail:us-east-1:555555555555:trail/decoy',
};
const CONFIG: BucketCall['by'] = {
  service: 'config.amazonaws.com',
  sourceArn: 'arn:aws:config:us-east-1:222222222222:x',
};

/** Calls on the buckets of log files and of reports, and whether each is let through. */
export const BUCKET_CALLS: readonly (readonly [
  title: string,
  bucket: BucketId,
  call: BucketCall,
  allowed: boolean,
])[] = [
  ['CloudTrail delivers log files', 'TrailBucket', { by: CLOUDTRAIL, action: 's3:PutObject' }, true],
  [
    'CloudTrail looks at the bucket',
    'TrailBucket',
    { by: CLOUDTRAIL, action: 's3:GetBucketAcl', on: 'bucket' },
    true,
  ],
  [
    'the trail of another account delivers nothing',
    'TrailBucket',
    { by: OUTSIDER, action: 's3:PutObject' },
    false,
  ],
  ['another service delivers nothing', 'TrailBucket', { by: CONFIG, action: 's3:PutObject' }, false],
  ['an administrator puts no log file', 'TrailBucket', { by: ADMIN, action: 's3:PutObject' }, false],
  ['nor removes one', 'TrailBucket', { by: ADMIN, action: 's3:DeleteObject' }, false],
  ['nor a version of one', 'TrailBucket', { by: ADMIN, action: 's3:DeleteObjectVersion' }, false],
  ['trail reads log files', 'TrailBucket', { by: TRAIL, action: 's3:GetObject' }, true],
  [
    'nobody reads them without TLS',
    'TrailBucket',
    { by: TRAIL, action: 's3:GetObject', overTls: false },
    false,
  ],
  ['report stores reports', 'ReportsBucket', { by: REPORT, action: 's3:PutObject' }, true],
  ['an administrator stores none', 'ReportsBucket', { by: ADMIN, action: 's3:PutObject' }, false],
  [
    'nobody removes one, report neither by its role',
    'ReportsBucket',
    { by: ADMIN, action: 's3:DeleteObject' },
    false,
  ],
  ['an administrator reads them', 'ReportsBucket', { by: ADMIN, action: 's3:GetObject' }, true],
  [
    'nobody reads one without TLS',
    'ReportsBucket',
    { by: REPORT, action: 's3:GetObject', overTls: false },
    false,
  ],
];
