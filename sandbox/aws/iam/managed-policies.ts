import * as z from 'zod';
import { AwsRefusal } from '../aws.ts';
import { isoSeconds } from '../callers.ts';
import type { Directory } from '../directory.ts';
import { existingPolicy, noSuchEntity } from './entities.ts';
import { type IamOperation, iamOperation } from './operation.ts';
import { inPages, pageOf } from './pages.ts';
import { byRole, roleIn, roleOf } from './roles-of-account.ts';

const policyArn = z.string().regex(/^arn:aws:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/);
const byArn = z.object({ PolicyArn: policyArn });
const attachment = byRole.extend({ PolicyArn: policyArn });

/** Managed policies of the world do not change, so each has one version. */
const VERSION = 'v1';

/** IAM quotas: managed policies attached to a role. */
const MOST_ATTACHED = 10;

type Operations = Readonly<Record<string, IamOperation>>;

/** What IAM does with managed policies: reading them, and attaching them to roles. `since` is when the world began. */
export function managedPolicyOperations(directory: Directory, since: number): Operations {
  return {
    ...readOperations(directory, since),
    ...attachOperations(directory),
    ...boundaryOperations(directory),
  };
}

function readOperations(directory: Directory, since: number): Operations {
  const created = isoSeconds(since);
  return {
    GetPolicy: iamOperation(byArn, policyIn, 'read', async ({ PolicyArn }) => {
      existingPolicy(directory, PolicyArn);
      return {
        Policy: {
          PolicyName: nameOf(PolicyArn),
          Arn: PolicyArn,
          Path: pathOf(PolicyArn),
          DefaultVersionId: VERSION,
          IsAttachable: true,
          CreateDate: created,
          UpdateDate: created,
        },
      };
    }),

    GetPolicyVersion: iamOperation(
      byArn.extend({ VersionId: z.string().regex(/^v[1-9]\d*$/) }),
      policyIn,
      'read',
      async ({ PolicyArn, VersionId }) => {
        const policy = existingPolicy(directory, PolicyArn);
        if (VersionId !== VERSION) {
          throw noSuchEntity(`Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`);
        }
        const Document = encodeURIComponent(JSON.stringify(policy));
        return { PolicyVersion: { Document, VersionId, IsDefaultVersion: true, CreateDate: created } };
      },
    ),

    ListAttachedRolePolicies: iamOperation(
      byRole.extend(inPages),
      roleIn(directory),
      'read',
      async (input, call) => {
        const { attached = [] } = roleOf(directory, call, input.RoleName);
        const { items, ...rest } = pageOf(attached, input);
        return {
          AttachedPolicies: items.map((arn) => ({ PolicyName: nameOf(arn), PolicyArn: arn })),
          ...rest,
        };
      },
    ),
  };
}

function attachOperations(directory: Directory): Operations {
  const resource = roleIn(directory);
  return {
    AttachRolePolicy: iamOperation(attachment, resource, 'write', async ({ RoleName, PolicyArn }, call) => {
      existingPolicy(directory, PolicyArn);
      const role = roleOf(directory, call, RoleName);
      const attached = [...new Set([...(role.attached ?? []), PolicyArn])];
      if (attached.length > MOST_ATTACHED) {
        throw new AwsRefusal(
          'LimitExceeded',
          `Cannot exceed quota for PoliciesPerRole: ${MOST_ATTACHED}`,
          409,
        );
      }
      directory.putRole({ ...role, attached });
      return undefined;
    }),

    DetachRolePolicy: iamOperation(attachment, resource, 'write', async ({ RoleName, PolicyArn }, call) => {
      const role = roleOf(directory, call, RoleName);
      const attached = (role.attached ?? []).filter((it) => it !== PolicyArn);
      if (attached.length === (role.attached ?? []).length) {
        throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
      }
      directory.putRole({ ...role, attached });
      return undefined;
    }),
  };
}

function boundaryOperations(directory: Directory): Operations {
  const resource = roleIn(directory);
  return {
    PutRolePermissionsBoundary: iamOperation(
      byRole.extend({ PermissionsBoundary: policyArn }),
      resource,
      'write',
      async ({ RoleName, PermissionsBoundary }, call) => {
        existingPolicy(directory, PermissionsBoundary);
        directory.putRole({ ...roleOf(directory, call, RoleName), boundary: PermissionsBoundary });
        return undefined;
      },
    ),

    DeleteRolePermissionsBoundary: iamOperation(byRole, resource, 'write', async ({ RoleName }, call) => {
      const { boundary: _, ...role } = roleOf(directory, call, RoleName);
      directory.putRole(role);
      return undefined;
    }),
  };
}

/** What a call is about, in the words of its refusal: "… on resource: policy <ARN>". */
function policyIn({ PolicyArn }: { readonly PolicyArn: string }) {
  return { kind: 'policy' as const, name: PolicyArn, arn: PolicyArn };
}

function nameOf(arn: string): string {
  return arn.split('/').at(-1) ?? '';
}

/** The path within a policy's ARN: / or /service-role/. */
function pathOf(arn: string): string {
  return /:policy(\/.*\/|\/)/.exec(arn)?.[1] ?? '/';
}
