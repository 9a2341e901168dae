import { auditBucketsAreKept, onlyRulesSend, trailIsHeard } from './audit-checks.ts';
import type { Check } from './checks.ts';
import { functionsMayDoTheirOwnPart } from './function-rights.ts';
import { set, statement } from './plant.ts';
import { queueKeepsWhatFails } from './telling-checks.ts';
import type { Template } from './template.ts';

/** Checks of the audit's part, each with a defect that it must find. */
export const AUDIT_DEFECTS: readonly (readonly [Check, string, (template: Template) => void])[] = [
  [trailIsHeard, 'a rule that misses AssumeRole', set('TrailEventsRule.State', 'ENABLED')],
  [trailIsHeard, 'files that nobody hears of', set('TrailFilesRule.Targets', [])],
  [
    onlyRulesSend,
    'a queue for everybody',
    set('TrailQueuePolicy.PolicyDocument.Statement.0.Condition', undefined),
  ],
  [auditBucketsAreKept, 'a silent bucket', set('TrailBucket.NotificationConfiguration', undefined)],
  [
    auditBucketsAreKept,
    'reports without versions',
    set('ReportsBucket.VersioningConfiguration.Status', 'Suspended'),
  ],
  [
    auditBucketsAreKept,
    'reports that could be public',
    set('ReportsBucket.PublicAccessBlockConfiguration.RestrictPublicBuckets', false),
  ],
  [queueKeepsWhatFails, 'files that are lost', set('TrailQueue.RedrivePolicy', undefined)],
  [queueKeepsWhatFails, 'reports that are made twice at once', set('ReportQueue.VisibilityTimeout', 900)],
  [
    functionsMayDoTheirOwnPart,
    'a trail that writes elevations',
    set(statement('TrailRole', 3, 'Action'), ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem']),
  ],
  [
    functionsMayDoTheirOwnPart,
    'a report that seals',
    set(statement('ReportRole', 3, 'Action'), ['kms:VerifyMac', 'kms:GenerateMac']),
  ],
  [
    functionsMayDoTheirOwnPart,
    'an API that stores reports',
    set(statement('ReportsRole', 1, 'Action'), ['s3:GetObject', 's3:PutObject']),
  ],
];
