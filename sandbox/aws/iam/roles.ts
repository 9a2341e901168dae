import * as z from 'zod';
import { AwsRefusal } from '../aws.ts';
import { asRole, type Directory } from '../directory.ts';
import { newId, type Randomness } from '../identifiers.ts';
import { existingPolicy, roleXml } from './entities.ts';
import { type IamOperation, iamOperation } from './operation.ts';
import { parsePolicy } from './policy-documents.ts';
import { byRole, roleIn, roleOf } from './roles-of-account.ts';

type Operations = Readonly<Record<string, IamOperation>>;

/** What IAM does with roles; their policies are apart. */
export function roleOperations(directory: Directory, random: Randomness): Operations {
  return { ...entityOperations(directory), CreateRole: createRole(directory, random) };
}

function entityOperations(directory: Directory): Operations {
  const resource = roleIn(directory);
  return {
    GetRole: iamOperation(byRole, resource, 'read', async ({ RoleName }, call) => ({
      Role: roleXml(roleOf(directory, call, RoleName)),
    })),

    UpdateAssumeRolePolicy: iamOperation(
      byRole.extend({ PolicyDocument: z.string() }),
      resource,
      'write',
      async ({ RoleName, PolicyDocument }, call) => {
        const trust = await parsePolicy(PolicyDocument, 'trust');
        directory.putRole({ ...roleOf(directory, call, RoleName), trust });
        return undefined;
      },
    ),

    DeleteRole: iamOperation(byRole, resource, 'write', async ({ RoleName }, call) => {
      const role = roleOf(directory, call, RoleName);
      if (Object.keys(role.policies).length > 0) throw conflict('must delete policies first.');
      if ((role.attached ?? []).length > 0) throw conflict('must detach all policies first.');
      directory.deleteRole(role);
      return undefined;
    }),
  };
}

function createRole(directory: Directory, random: Randomness): IamOperation {
  return iamOperation(
    byRole.extend({
      AssumeRolePolicyDocument: z.string(),
      Path: z
        .string()
        .regex(/^\/(.*\/)?$/)
        .default('/'),
      PermissionsBoundary: z.string().optional(),
      MaxSessionDuration: z.coerce.number().int().min(3600).max(43_200).default(3600),
    }),
    ({ RoleName, Path }, { caller }) => ({
      kind: 'role',
      name: RoleName,
      arn: `arn:aws:iam::${caller.account}:role${Path}${RoleName}`,
    }),
    'write',
    async ({ RoleName, Path, PermissionsBoundary: boundary, ...input }, { caller, now }) => {
      const trust = await parsePolicy(input.AssumeRolePolicyDocument, 'trust');
      if (boundary !== undefined) existingPolicy(directory, boundary);
      if (directory.role(caller.account, RoleName) !== undefined) {
        throw new AwsRefusal('EntityAlreadyExists', `Role with name ${RoleName} already exists.`, 409);
      }
      const described = {
        account: caller.account,
        name: RoleName,
        path: Path,
        maxSessionSeconds: input.MaxSessionDuration,
        trust,
        policies: {},
        ...(boundary === undefined ? {} : { boundary }),
      };
      const role = asRole(described, newId('AROA', random), now);
      directory.putRole(role);
      return { Role: roleXml(role) };
    },
  );
}

function conflict(why: string): AwsRefusal {
  return new AwsRefusal('DeleteConflict', `Cannot delete entity, ${why}`, 409);
}
