import type { World, WorldUser } from '../world/world.ts';
import type { PolicyDocument, WorldRole } from './aws.ts';
import { idOf } from './identifiers.ts';

/** A role as it is now. */
export type Role = WorldRole & { readonly id: string; readonly arn: string; readonly createdAt: number };

/** An IAM user with the ids that AWS gives. */
export type User = WorldUser & { readonly id: string; readonly arn: string };

/** A policy with its name. */
export type NamedPolicy = { readonly name: string; readonly policy: PolicyDocument };

/** Whose long-term access key it is. */
export type KeyHolder =
  | { readonly kind: 'root'; readonly account: string; readonly secret: string }
  | { readonly kind: 'user'; readonly user: User; readonly secret: string };

/** What IAM knows: users and keys, which stay, and roles, which the IAM API changes. Changes hold at once. */
export class Directory {
  readonly #roles = new Map<string, Role>();
  readonly #users: readonly User[];
  readonly #holders = new Map<string, KeyHolder>();
  readonly #managed: World['managedPolicies'];

  constructor(world: World, now: number) {
    this.#managed = world.managedPolicies;
    this.#users = world.users.map((it) => ({ ...it, arn: userArn(it), id: idOf('AIDA', userArn(it)) }));
    for (const role of world.roles) this.putRole(asRole(role, idOf('AROA', roleArn(role)), now));
    for (const { id, rootKey } of world.accounts) {
      this.#holders.set(rootKey.id, { kind: 'root', account: id, secret: rootKey.secret });
    }
    for (const user of this.#users) {
      this.#holders.set(user.key.id, { kind: 'user', user, secret: user.key.secret });
    }
  }

  holderOf(accessKeyId: string): KeyHolder | undefined {
    return this.#holders.get(accessKeyId);
  }

  /** The long-term key of a user or of an account's root. */
  keyOf(arn: string): { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined {
    const found = [...this.#holders].find(([, it]) => holderArn(it) === arn);
    return found && { accessKeyId: found[0], secretAccessKey: found[1].secret };
  }

  user(account: string, name: string): User | undefined {
    return this.#users.find((it) => it.account === account && it.name.toLowerCase() === name.toLowerCase());
  }

  userByArn(arn: string): User | undefined {
    return this.#users.find((it) => it.arn === arn);
  }

  role(account: string, name: string): Role | undefined {
    return this.#roles.get(`${account}/${name.toLowerCase()}`);
  }

  /** The role that the ARN names with its path, exactly. */
  roleByArn(arn: string): Role | undefined {
    return [...this.#roles.values()].find((it) => it.arn === arn);
  }

  managedPolicy(arn: string): PolicyDocument | undefined {
    return this.#managed[arn];
  }

  /** A role's inline policies and those that are attached to it. */
  policiesOf({ policies, attached = [] }: WorldRole): readonly NamedPolicy[] {
    const inline = Object.entries(policies).map(([name, policy]) => ({ name, policy }));
    const managed = attached.flatMap((arn) => {
      const policy = this.#managed[arn];
      return policy === undefined ? [] : [{ name: arn, policy }];
    });
    return [...inline, ...managed];
  }

  putRole(role: Role): void {
    this.#roles.set(`${role.account}/${role.name.toLowerCase()}`, role);
  }

  deleteRole(role: Role): void {
    this.#roles.delete(`${role.account}/${role.name.toLowerCase()}`);
  }
}

/** A role of the directory, from its description. */
export function asRole(role: WorldRole, id: string, createdAt: number): Role {
  return { ...role, id, arn: roleArn(role), createdAt };
}

/** The ARN of an account's root user. */
export function rootArn(account: string): string {
  return `arn:aws:iam::${account}:root`;
}

function holderArn(it: KeyHolder): string {
  return it.kind === 'root' ? rootArn(it.account) : it.user.arn;
}

function userArn({ account, path, name }: WorldUser): string {
  return `arn:aws:iam::${account}:user${path}${name}`;
}

function roleArn({ account, path, name }: WorldRole): string {
  return `arn:aws:iam::${account}:role${path}${name}`;
}
