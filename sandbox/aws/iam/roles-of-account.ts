import * as z from 'zod';
import type { Directory, Role } from '../directory.ts';
import type { Call } from '../operation.ts';
import { existingRole } from './entities.ts';

/** Input of the operations on a role. */
export const byRole = z.object({ RoleName: z.string().regex(/^[\w+=,.@-]{1,64}$/) });

/** A role of the caller's account; one that is not there is NoSuchEntity. */
export function roleOf(directory: Directory, { caller }: Call, name: string): Role {
  return existingRole(directory, caller.account, name);
}

/** The role that a call is about, as IAM's policies name it. */
export function roleIn(directory: Directory) {
  return ({ RoleName }: z.output<typeof byRole>, { caller }: Call) => ({
    kind: 'role' as const,
    name: RoleName,
    arn: directory.role(caller.account, RoleName)?.arn ?? `arn:aws:iam::${caller.account}:role/${RoleName}`,
  });
}
