import { AwsRefusal, type PolicyDocument } from '../aws.ts';
import { isoSeconds } from '../callers.ts';
import type { Directory, Role, User } from '../directory.ts';
import type { XmlTree } from '../protocols/xml.ts';

/** The role of that name in the account; refuses with NoSuchEntity. */
export function existingRole(directory: Directory, account: string, name: string): Role {
  const role = directory.role(account, name);
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

/** The user of that name in the account; refuses with NoSuchEntity. */
export function existingUser(directory: Directory, account: string, name: string): User {
  const user = directory.user(account, name);
  if (user === undefined) throw noSuchEntity(`The user with name ${name} cannot be found.`);
  return user;
}

/** The managed policy with that ARN; refuses with NoSuchEntity. */
export function existingPolicy(directory: Directory, arn: string): PolicyDocument {
  const policy = directory.managedPolicy(arn);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  return policy;
}

/** What is not there: IAM API Reference, "Errors" of each operation. */
export function noSuchEntity(message: string): AwsRefusal {
  return new AwsRefusal('NoSuchEntity', message, 404);
}

/** The Role structure of the IAM API. */
export function roleXml(role: Role): XmlTree {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: isoSeconds(role.createdAt),
    // Policy documents are URL-encoded, as RFC 3986 has it (GetRole, "Response Elements").
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust)),
    MaxSessionDuration: role.maxSessionSeconds,
    PermissionsBoundary: role.boundary && {
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
      PermissionsBoundaryArn: role.boundary,
    },
  };
}

/** The User structure of the IAM API. */
export function userXml(user: User, createdAt: number): XmlTree {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    CreateDate: isoSeconds(createdAt),
  };
}
