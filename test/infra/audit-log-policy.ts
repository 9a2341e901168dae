import type { BucketCall } from './bucket-policy.ts';

const ANNOUNCE = 'role/drawbridge/drawbridge-announce';
const ADMIN = 'role/Admin';
const PUT: BucketCall = { by: ANNOUNCE, action: 's3:PutObject', ifNoneMatch: '*' };

/** Calls on the audit log, and whether each is let through. */
export const LOG_CALLS: readonly (readonly [title: string, call: BucketCall, allowed: boolean])[] = [
  ['announce appends', PUT, true],
  ['announce replaces nothing', { by: ANNOUNCE, action: 's3:PutObject' }, false],
  ['an administrator appends nothing', { ...PUT, by: ADMIN }, false],
  ['announce reads an entry', { by: ANNOUNCE, action: 's3:GetObject' }, true],
  ['an administrator reads an entry', { by: ADMIN, action: 's3:GetObject' }, true],
  ['nobody reads without TLS', { by: ADMIN, action: 's3:GetObject', overTls: false }, false],
  ['nobody deletes an entry', { by: ADMIN, action: 's3:DeleteObject' }, false],
  ['nor a version of one', { by: ADMIN, action: 's3:DeleteObjectVersion' }, false],
  ['nobody bypasses the lock', { by: ADMIN, action: 's3:BypassGovernanceRetention' }, false],
  ['nobody shortens a retention', { by: ADMIN, action: 's3:PutObjectRetention' }, false],
  ['nobody lets entries expire', { by: ADMIN, action: 's3:PutLifecycleConfiguration', on: 'bucket' }, false],
];
