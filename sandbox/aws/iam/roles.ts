import * as z from 'zod';
import { AwsRefusal } from '../aws.ts';
import { asRole, type Directory, type Role } from '../directory.ts';
import { newId, type Randomness } from '../identifiers.ts';
import type { Call } from '../operation.ts';
import { existingRole, noSuchEntity, roleXml } from './entities.ts';
import { type IamOperation, iamOperation } from './operation.ts';
import { parsePolicy, refuseTooLong } from './policy-documents.ts';

const roleName = z.string().regex(/^[\w+=,.@-]{1,64}$/);
const policyName = z.string().regex(/^[\w+=,.@-]{1,128}$/);
const byRole = z.object({ RoleName: roleName });
const byPolicy = z.object({ RoleName: roleName, PolicyName: policyName });

type Operations = Readonly<Record<string, IamOperation>>;

/** What IAM does with roles and their inline policies. */
export function roleOperations(directory: Directory, random: Randomness): Operations {
  return {
    ...entityOperations(directory),
    ...policyOperations(directory),
    CreateRole: createRole(directory, random),
  };
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
      if (Object.keys(role.policies).length > 0) {
        throw new AwsRefusal('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409);
      }
      directory.deleteRole(role);
      return undefined;
    }),
  };
}

function policyOperations(directory: Directory): Operations {
  const resource = roleIn(directory);
  return {
    ListRolePolicies: iamOperation(byRole, resource, 'read', async ({ RoleName }, call) => ({
      PolicyNames: Object.keys(roleOf(directory, call, RoleName).policies),
      IsTruncated: false,
    })),

    GetRolePolicy: iamOperation(byPolicy, resource, 'read', async ({ RoleName, PolicyName }, call) => {
      const { name, policies } = roleOf(directory, call, RoleName);
      const policy = policies[PolicyName];
      if (policy === undefined)
        throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
      return { RoleName: name, PolicyName, PolicyDocument: encodeURIComponent(JSON.stringify(policy)) };
    }),

    PutRolePolicy: iamOperation(
      byPolicy.extend({ PolicyDocument: z.string() }),
      resource,
      'write',
      async ({ RoleName, PolicyName, PolicyDocument }, call) => {
        const policy = await parsePolicy(PolicyDocument, 'identity');
        const role = roleOf(directory, call, RoleName);
        const policies = { ...role.policies, [PolicyName]: policy };
        refuseTooLong(role.name, policies);
        directory.putRole({ ...role, policies });
        return undefined;
      },
    ),

    DeleteRolePolicy: iamOperation(byPolicy, resource, 'write', async ({ RoleName, PolicyName }, call) => {
      const role = roleOf(directory, call, RoleName);
      const { [PolicyName]: gone, ...policies } = role.policies;
      if (gone === undefined) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
      directory.putRole({ ...role, policies });
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
      MaxSessionDuration: z.coerce.number().int().min(3600).max(43_200).default(3600),
    }),
    ({ RoleName, Path }, { caller }) => ({
      kind: 'role',
      name: RoleName,
      arn: `arn:aws:iam::${caller.account}:role${Path}${RoleName}`,
    }),
    'write',
    async ({ RoleName, Path, MaxSessionDuration, AssumeRolePolicyDocument }, { caller, now }) => {
      const trust = await parsePolicy(AssumeRolePolicyDocument, 'trust');
      if (directory.role(caller.account, RoleName) !== undefined) {
        throw new AwsRefusal('EntityAlreadyExists', `Role with name ${RoleName} already exists.`, 409);
      }
      const described = {
        account: caller.account,
        name: RoleName,
        path: Path,
        maxSessionSeconds: MaxSessionDuration,
        trust,
        policies: {},
      };
      const role = asRole(described, newId('AROA', random), now);
      directory.putRole(role);
      return { Role: roleXml(role) };
    },
  );
}

/** A role of the caller's account; one that is not there is NoSuchEntity. */
function roleOf(directory: Directory, { caller }: Call, name: string): Role {
  return existingRole(directory, caller.account, name);
}

/** The role that a call is about, as IAM's policies name it. */
function roleIn(directory: Directory) {
  return ({ RoleName }: z.output<typeof byRole>, { caller }: Call) => ({
    kind: 'role' as const,
    name: RoleName,
    arn: directory.role(caller.account, RoleName)?.arn ?? `arn:aws:iam::${caller.account}:role/${RoleName}`,
  });
}
