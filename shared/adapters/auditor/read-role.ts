import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  type Role,
} from '@aws-sdk/client-iam';
import type { RoleArn } from '../../domain/arn.ts';
import type { NamedPolicy, PolicyDocument, RolePolicies } from '../../domain/policy/document.ts';
import { bounded } from './bounded.ts';
import { type Doing, NotTold, told } from './failure.ts';
import { decodePolicyDocument } from './parse-policy.ts';

/** IAM's calls are throttled by the account; a role has seldom more than a few policies. */
const AT_A_TIME = 4;

/** Where a role lets no length be set, IAM takes an hour. */
const DEFAULT_SESSION_SECONDS = 3600;

/** Managed policies that have been read, by their ids and versions: neither ever changes its content. */
export type ManagedPolicies = Map<string, PolicyDocument>;

/** What IAM says of a role, whole, or a `NotTold`. */
export async function readRole(
  iam: IAMClient,
  role: RoleArn,
  managed: ManagedPolicies,
): Promise<RolePolicies> {
  const found = await told(reading(`the role ${role.text}`), () =>
    iam.send(new GetRoleCommand({ RoleName: role.name })),
  );
  const { AssumeRolePolicyDocument, PermissionsBoundary, MaxSessionDuration } = sameRole(found.Role, role);
  const names = await pagesOf(role, paginateListRolePolicies({ client: iam }, { RoleName: role.name }));
  const attached = await pagesOf(
    role,
    paginateListAttachedRolePolicies({ client: iam }, { RoleName: role.name }),
  );
  const inlineNames = names.flatMap(({ PolicyNames }) => PolicyNames ?? []);
  const arns = attached
    .flatMap(({ AttachedPolicies }) => AttachedPolicies ?? [])
    .map(({ PolicyArn }) => PolicyArn);
  const boundary = PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    arn: role.text,
    trust: understood(`the trust policy of ${role.text}`, AssumeRolePolicyDocument),
    inline: await bounded(inlineNames, AT_A_TIME, (name) => inlinePolicy(iam, role, name)),
    attached: await bounded(arns, AT_A_TIME, (arn) => managedPolicy(iam, arn, managed)),
    ...(PermissionsBoundary && { boundary: await managedPolicy(iam, boundary, managed) }),
    maxSessionSeconds: MaxSessionDuration ?? DEFAULT_SESSION_SECONDS,
  };
}

/** NB. IAM finds roles by name alone; one at another path is not the role of the catalog, whose ARN nobody can assume. */
function sameRole(found: Role | undefined, { text, account }: RoleArn): Role {
  if (found?.Arn === text) return found;
  throw new NotTold(
    `Account ${account} has no role ${text}, but one of its name at another path. Correct its ARN in the access file.`,
  );
}

async function pagesOf<Page>(role: RoleArn, pages: AsyncIterable<Page>): Promise<readonly Page[]> {
  return told(reading(`the policies of ${role.text}`), async () => {
    const all: Page[] = [];
    for await (const page of pages) all.push(page);
    return all;
  });
}

async function inlinePolicy(iam: IAMClient, role: RoleArn, name: string): Promise<NamedPolicy> {
  const what = `the policy ${name} of ${role.text}`;
  const { PolicyDocument } = await told(reading(what), () =>
    iam.send(new GetRolePolicyCommand({ RoleName: role.name, PolicyName: name })),
  );
  return { name, document: understood(what, PolicyDocument) };
}

async function managedPolicy(
  iam: IAMClient,
  arn: string | undefined,
  managed: ManagedPolicies,
): Promise<NamedPolicy> {
  const what = `the policy ${arn}`;
  const { Policy } = await told(reading(what), () => iam.send(new GetPolicyCommand({ PolicyArn: arn })));
  const { PolicyId, DefaultVersionId } = Policy ?? {};
  // NB. A policy that is made anew under an old name begins with v1 again, and has another id.
  const key = `${arn} ${PolicyId} ${DefaultVersionId}`;
  const document = managed.get(key) ?? (await versionOf(iam, { what, arn, version: DefaultVersionId }));
  managed.set(key, document);
  return { name: arn ?? '', document };
}

async function versionOf(
  iam: IAMClient,
  {
    what,
    arn,
    version,
  }: { readonly what: string; readonly arn: string | undefined; readonly version: string | undefined },
): Promise<PolicyDocument> {
  const { PolicyVersion } = await told(reading(what), () =>
    iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version })),
  );
  return understood(what, PolicyVersion?.Document);
}

function reading(what: string): Doing {
  return {
    what: `Reading ${what}`,
    seeTo:
      'Compare what the auditor role there may do with infra/auditor-role.yml, and see whether the role exists.',
  };
}

function understood(what: string, encoded: string | undefined): PolicyDocument {
  const document = decodePolicyDocument(encoded);
  if (!('fault' in document)) return document;
  throw new NotTold(
    `What IAM says of ${what} is not understood, ${document.fault} Nothing is claimed of the role.`,
  );
}
