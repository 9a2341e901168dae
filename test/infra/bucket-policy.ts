import { runSimulation } from '@cloud-copilot/iam-simulate';
import * as z from 'zod';
import { ofType, type Template } from './template.ts';

const HUB = '222222222222';

/** Somebody of the hub's account whom their own policies allow everything, or a service with the ARN it acts for. */
export type BucketCall = {
  readonly by: string | { readonly service: string; readonly sourceArn: string };
  readonly action: string;
  readonly on?: 'object' | 'bucket';
  readonly ifNoneMatch?: '*';
  readonly overTls?: false;
};

/** Buckets of the templates, each with an object that it would hold. */
const BUCKETS = {
  AuditLogBucket: {
    arn: `arn:aws:s3:::drawbridge-prod-audit-log-${HUB}-us-east-1`,
    key: 'entries/000000000001.json',
  },
  TrailBucket: {
    arn: `arn:aws:s3:::drawbridge-prod-trail-${HUB}-us-east-1`,
    key: 'AWSLogs/o-exampleorgid/999999999999/CloudTrail/us-east-1/2026/11/24/x.json.gz',
  },
  ReportsBucket: {
    arn: `arn:aws:s3:::drawbridge-prod-reports-${HUB}-us-east-1`,
    key: 'reports/20261116T0000Z-20261123T0000Z/report.html',
  },
} as const;

/** The logical id of a bucket. */
export type BucketId = keyof typeof BUCKETS;

/** Whether IAM lets the call through, by the policy of the bucket. */
export async function isLetThrough(template: Template, id: BucketId, call: BucketCall): Promise<boolean> {
  const { arn, key } = BUCKETS[id];
  const isService = typeof call.by === 'object';
  const result = await runSimulation(
    {
      request: {
        principal: typeof call.by === 'object' ? call.by.service : `arn:aws:iam::${HUB}:${call.by}`,
        action: call.action,
        resource: { resource: call.on === 'bucket' ? arn : `${arn}/${key}`, accountId: HUB },
        contextVariables: contextOf(call),
      },
      identityPolicies: isService
        ? []
        : [{ name: 'all', policy: { Version: '2012-10-17', Statement: [ALLOW_ALL] } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: policyOf(template, id),
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult === 'Allowed';
}

const ALLOW_ALL = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

function contextOf({ by, overTls, ifNoneMatch }: BucketCall): Record<string, string> {
  return {
    'aws:SecureTransport': String(overTls !== false),
    ...(typeof by === 'object'
      ? { 'aws:PrincipalServiceName': by.service, 'aws:SourceArn': by.sourceArn }
      : { 'aws:PrincipalArn': `arn:aws:iam::${HUB}:${by}` }),
    ...(ifNoneMatch === undefined ? {} : { 's3:if-none-match': ifNoneMatch }),
  };
}

/** The policy with its references filled in, as CloudFormation would. */
function policyOf(template: Template, id: BucketId): unknown {
  const [policy] = ofType(
    template,
    'AWS::S3::BucketPolicy',
    z.object({ Bucket: z.unknown(), PolicyDocument: z.unknown() }),
  )
    .filter(([policyId]) => policyId === `${id}Policy`)
    .map(([, { PolicyDocument }]) => PolicyDocument);
  return JSON.parse(JSON.stringify(policy), (_key, value: unknown) => {
    const found = Reference.safeParse(value);
    return found.success ? found.data : value;
  });
}

const VALUES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(BUCKETS).map(([id, { arn }]) => [`${id}.Arn`, arn])),
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
