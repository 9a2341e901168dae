import type { RolePolicies, Statement } from '../shared/domain/policy/document.ts';
import type { RoleReader } from '../shared/ports/role-reader.ts';

const ISSUER = 'arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials';

/** Policies as roles have them: wide reading, some writing by wildcards, and a boundary that names what must never be. */
function policiesOf(arn: string): RolePolicies {
  return {
    ...{ arn, maxSessionSeconds: 3600 },
    trust: {
      statements: [
        {
          ...{ effect: 'Allow', actions: only('sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession') },
          principals: { kind: 'any-of', by: { AWS: [ISSUER] } },
        },
      ],
    },
    inline: [
      named('application', [
        allow(['s3:GetObject*', 's3:PutObject*', 's3:DeleteObject*'], ['arn:aws:s3:::bucket-*/*']),
        allow(['s3:ListBucket', 's3:GetBucket*'], ['arn:aws:s3:::bucket-*']),
        allow(
          ['dynamodb:*Item', 'dynamodb:Query', 'dynamodb:Scan'],
          ['arn:aws:dynamodb:us-east-1:999999999999:table/*'],
        ),
        allow(['kms:Decrypt', 'kms:GenerateDataKey'], ['arn:aws:kms:us-east-1:999999999999:key/*']),
        allow(
          ['secretsmanager:GetSecretValue'],
          ['arn:aws:secretsmanager:us-east-1:999999999999:secret:app/*'],
        ),
        allow(['ec2:StartInstances', 'ec2:StopInstances'], ['*']),
      ]),
    ],
    attached: [
      named('arn:aws:iam::999999999999:policy/Looking', [
        allow(
          [
            'ec2:Describe*',
            'logs:Get*',
            'logs:Describe*',
            'lambda:Get*',
            'lambda:List*',
            'ssm:Get*',
            'iam:Get*',
            'iam:List*',
          ],
          ['*'],
        ),
      ]),
    ],
    boundary: named('arn:aws:iam::999999999999:policy/Boundary', [
      allow(['*'], ['*']),
      { effect: 'Deny', actions: only('iam:Create*', 'organizations:*'), resources: only('*') },
    ]),
  };
}

function named(name: string, statements: readonly Statement[]): RolePolicies['inline'][number] {
  return { name, document: { statements } };
}

function allow(actions: readonly string[], resources: readonly string[]): Statement {
  return { effect: 'Allow', actions: only(...actions), resources: only(...resources) };
}

function only(...patterns: readonly string[]): Statement['actions'] {
  return { kind: 'any-of', patterns };
}

/** Says the same of every role, and that every event is recorded. */
export function roleReader(): RoleReader {
  return {
    policiesOf: async (arn) => ({ value: policiesOf(arn) }),
    selectorsOf: async () => ({
      value: {
        ...{ management: 'all', excludedSources: [] },
        data: [
          { resourceType: 'AWS::S3::Object', access: 'all', arnPrefixes: [], arns: [], exceptPrefixes: [] },
        ],
      },
    }),
  };
}
