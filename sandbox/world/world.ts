import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import type {
  WorldBus,
  WorldKey,
  WorldQueue,
  WorldRole,
  WorldRule,
  WorldSecret,
  WorldTrail,
} from '../aws/aws.ts';
import { type Account, type WorldFile, worldFile } from './world-file.ts';

/** An IAM user with long-term keys, their groups' policies included in theirs. */
export type WorldUser = {
  readonly account: string;
  readonly name: string;
  readonly path: string;
  readonly key: { readonly id: string; readonly secret: string };
  /** A virtual MFA device: its ARN and its base32 seed. */
  readonly mfa?: { readonly serialNumber: string; readonly seed: string };
  readonly policies: readonly PolicyNamed[];
};

type PolicyNamed = { readonly name: string; readonly policy: WorldRole['trust'] };

/** A bucket with the objects that it holds at the start, as text by key. */
export type WorldBucket = {
  readonly account: string;
  readonly name: string;
  readonly policy?: WorldRole['trust'];
  /** Whether its events go to EventBridge. */
  readonly eventBridge?: boolean;
  readonly objects: Readonly<Record<string, string>>;
};

/** The accounts of an organization, and who and what is in them. */
export type World = {
  readonly region: string;
  /** The account that owns every DynamoDB table. */
  readonly tablesAccount: string;
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly rootKey: WorldUser['key'];
  }[];
  readonly users: readonly WorldUser[];
  readonly roles: readonly WorldRole[];
  readonly buckets: readonly WorldBucket[];
  readonly keys: readonly WorldKey[];
  readonly secrets: readonly WorldSecret[];
  readonly queues: readonly WorldQueue[];
  readonly buses: readonly WorldBus[];
  readonly rules: readonly WorldRule[];
  /** Managed policies by their ARNs. */
  readonly managedPolicies: Readonly<Record<string, WorldRole['trust']>>;
  /** Without one nothing is delivered to a bucket, and rules get no events of CloudTrail. */
  readonly trail?: WorldTrail;
};

/** Reads a world from a YAML file; throws with the path of whatever is wrong in it. */
export function readWorld(path: string): World {
  return parseWorld(parse(readFileSync(path, 'utf8')), path);
}

/** Makes a world of the parsed file; `source` names it in complaints. */
export function parseWorld(content: unknown, source: string): World {
  const parsed = worldFile.safeParse(content);
  if (!parsed.success) throw new Error(`${source} is not a world:\n${z.prettifyError(parsed.error)}`);
  const file = parsed.data;
  if (!(file.tables in file.accounts)) {
    throw new Error(`${source}: tables: ${file.tables} is not one of the accounts. Add it or name another.`);
  }
  const accounts = Object.entries(file.accounts);
  return {
    region: file.region,
    tablesAccount: file.tables,
    accounts: accounts.map(([id, { name, rootKey }]) => ({ id, name, rootKey })),
    users: accounts.flatMap(([id, it]) => usersOf(file, id, it, source)),
    roles: accounts.flatMap(([id, it]) => rolesOf(file, id, it, source)),
    buckets: accounts.flatMap(([id, it]) => bucketsOf(id, it)),
    keys: [],
    secrets: [],
    queues: [],
    buses: [],
    rules: [],
    managedPolicies: file.managedPolicies,
    ...(file.trail === undefined ? {} : { trail: file.trail }),
  };
}

/** What a deployment adds to the world. */
export type Deployment = {
  readonly roles: readonly WorldRole[];
  readonly keys: readonly WorldKey[];
  readonly secrets?: readonly WorldSecret[];
  readonly queues?: readonly WorldQueue[];
  readonly buses?: readonly WorldBus[];
  readonly rules?: readonly WorldRule[];
  /** Buckets begin empty. */
  readonly buckets?: readonly Omit<WorldBucket, 'objects'>[];
};

/** The world with what a deployment adds to it; a role or bucket that is there already is refused. */
export function withDeployment(world: World, deployed: Deployment): World {
  const { roles, keys, secrets = [], queues = [], buses = [], rules = [], buckets = [] } = deployed;
  refuseTwice('role', world.roles, roles, nameInAccount);
  refuseTwice('bucket', world.buckets, buckets, ({ name }) => name); // across all accounts
  return {
    ...world,
    roles: [...world.roles, ...roles],
    keys: [...world.keys, ...keys],
    secrets: [...world.secrets, ...secrets],
    queues: [...world.queues, ...queues],
    buses: [...world.buses, ...buses],
    rules: [...world.rules, ...rules],
    buckets: [...world.buckets, ...buckets.map((it) => ({ ...it, objects: {} }))],
  };
}

type Owned = { readonly account: string; readonly name: string };

function refuseTwice<T extends Owned>(
  kind: string,
  there: readonly T[],
  added: readonly T[],
  nameOf: (it: T) => string,
): void {
  const taken = new Set(there.map(nameOf));
  const twice = added.find((it) => taken.has(nameOf(it)));
  if (twice === undefined) return;
  throw new Error(
    `The world already has a ${kind} ${twice.name} in ${twice.account}. Rename one of the two.`,
  );
}

/** Role names are unique in an account whatever their path and case (IAM User Guide, "Name requirements"). */
function nameInAccount(it: Owned): string {
  return `${it.account}/${it.name.toLowerCase()}`;
}

function usersOf(file: WorldFile, id: string, it: Account, source: string): WorldUser[] {
  return named(it.users, id).map(({ groups, mfa, policies: own, ...user }) => ({
    ...user,
    ...(mfa === undefined
      ? {}
      : { mfa: { serialNumber: `arn:aws:iam::${id}:mfa/${mfa.device}`, seed: mfa.seed } }),
    policies: [
      ...listed(own),
      ...groups.flatMap((name) => policiesOfGroup(file, it, name, `${source}: ${user.name}`)),
    ],
  }));
}

function policiesOfGroup(file: WorldFile, it: Account, name: string, where: string): PolicyNamed[] {
  const found = it.groups[name];
  if (found === undefined)
    throw new Error(`${where} is in the unknown group ${name}. Add it to the account.`);
  const attached = found.attached.map((arn) => ({
    name: arn,
    policy: managedPolicy(file, arn, `${where}: ${name}`),
  }));
  return [...listed(found.policies), ...attached];
}

function rolesOf(file: WorldFile, id: string, it: Account, source: string): WorldRole[] {
  return named(it.roles, id).map(({ boundary, ...role }) => {
    const where = `${source}: ${role.name}`;
    for (const arn of role.attached) managedPolicy(file, arn, where);
    if (boundary === undefined) return role;
    managedPolicy(file, boundary, where);
    return { ...role, boundary };
  });
}

function managedPolicy(file: WorldFile, arn: string, where: string): WorldRole['trust'] {
  const policy = file.managedPolicies[arn];
  if (policy === undefined) throw new Error(`${where} attaches the unknown ${arn}. Add it above.`);
  return policy;
}

function bucketsOf(id: string, it: Account): WorldBucket[] {
  return named(it.buckets, id).map(({ policy, ...rest }) =>
    policy === undefined ? rest : { ...rest, policy },
  );
}

function named<T>(
  things: Readonly<Record<string, T>>,
  id: string,
): (T & { account: string; name: string })[] {
  return Object.entries(things).map(([name, thing]) => ({ ...thing, account: id, name }));
}

function listed(byName: Readonly<Record<string, WorldRole['trust']>>): PolicyNamed[] {
  return Object.entries(byName).map(([name, policy]) => ({ name, policy }));
}
