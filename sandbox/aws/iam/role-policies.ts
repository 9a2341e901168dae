import * as z from 'zod';
import type { Directory } from '../directory.ts';
import { noSuchEntity } from './entities.ts';
import { type IamOperation, iamOperation } from './operation.ts';
import { inPages, pageOf } from './pages.ts';
import { parsePolicy, refuseTooLong } from './policy-documents.ts';
import { byRole, roleIn, roleOf } from './roles-of-account.ts';

const byPolicy = byRole.extend({ PolicyName: z.string().regex(/^[\w+=,.@-]{1,128}$/) });

/** What IAM does with the inline policies of roles. */
export function rolePolicyOperations(directory: Directory): Readonly<Record<string, IamOperation>> {
  const resource = roleIn(directory);
  return {
    ListRolePolicies: iamOperation(byRole.extend(inPages), resource, 'read', async (input, call) => {
      const { items, ...rest } = pageOf(Object.keys(roleOf(directory, call, input.RoleName).policies), input);
      return { PolicyNames: items, ...rest };
    }),

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
