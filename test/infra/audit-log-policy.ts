import { runSimulation } from '@cloud-copilot/iam-simulate';
import * as z from 'zod';
import { ofType, type Template } from './template.ts';

const HUB = '222222222222';
const BUCKET = `arn:aws:s3:::drawbridge-prod-audit-log-${HUB}-us-east-1`;
const ENTRY = `${BUCKET}/entries/000000000001.json`;

/** Somebody of the hub's account whom their own policies allow everything. */
export type LogCall = { readonly by: string; readonly action: string; readonly on?: 'entry' | 'bucket' } & (
  | { readonly ifNoneMatch?: '*' }
  | { readonly overTls?: false }
);

const ANNOUNCE = 'role/drawbridge/drawbridge-announce';
const ADMIN = 'role/Admin';
const PUT: LogCall = { by: ANNOUNCE, action: 's3:PutObject', ifNoneMatch: '*' };

/** Calls on the audit log, and whether each is let through. */
export const LOG_CALLS: readonly (readonly [title: string, call: LogCall, allowed: boolean])[] = [
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

/** Whether IAM lets the call through, by the policy of the audit log's bucket. */
export async function isLetThrough(template: Template, call: LogCall): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${HUB}:${call.by}`,
        action: call.action,
        resource: { resource: call.on === 'bucket' ? BUCKET : ENTRY, accountId: HUB },
        contextVariables: contextOf(call),
      },
      identityPolicies: [{ name: 'all', policy: { Version: '2012-10-17', Statement: [ALLOW_ALL] } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: policyOf(template),
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult === 'Allowed';
}

const ALLOW_ALL = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

function contextOf(call: LogCall): Record<string, string> {
  return {
    'aws:SecureTransport': String(!('overTls' in call)),
    'aws:PrincipalArn': `arn:aws:iam::${HUB}:${call.by}`,
    ...('ifNoneMatch' in call ? { 's3:if-none-match': '*' } : {}),
  };
}

/** The policy with its references filled in, as CloudFormation would. */
function policyOf(template: Template): unknown {
  const [policy] = ofType(
    template,
    'AWS::S3::BucketPolicy',
    z.object({ Bucket: z.unknown(), PolicyDocument: z.unknown() }),
  )
    .filter(([id]) => id === 'AuditLogBucketPolicy')
    .map(([, { PolicyDocument }]) => PolicyDocument);
  return JSON.parse(JSON.stringify(policy), (_key, value: unknown) => {
    const found = Reference.safeParse(value);
    return found.success ? found.data : value;
  });
}

const VALUES: Readonly<Record<string, string>> = {
  'AuditLogBucket.Arn': BUCKET,
  'AWS::Partition': 'aws',
  'AWS::AccountId': HUB,
};

const Reference = z.union([
  z
    .strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
    .transform((at) => VALUES[at['Fn::GetAtt'].join('.')]),
  z
    .strictObject({ 'Fn::Sub': z.string() })
    .transform((sub) =>
      sub['Fn::Sub'].replace(/\$\{([^}]+)\}/g, (_all, name: string) => VALUES[name] ?? name),
    ),
]);
