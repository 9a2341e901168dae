import { type Partition, parseUserArn, partitionOf } from '../shared/domain/arn.ts';
import { formatDuration, minutes } from '../shared/domain/duration.ts';

/** What the deployment has to know of an access file. */
export type DeployedAccess = {
  readonly hub: { readonly account: string; readonly region: string };
  readonly roles: readonly { readonly arn: string }[];
  /** The IAM users among the people. */
  readonly iamArns: readonly string[];
  readonly longestElevationMinutes: number;
};

/** Facts that serverless.yml and infra/*.yml read from .build/deployment.json. */
export type DeploymentFacts = {
  readonly hubAccount: string;
  readonly region: string;
  readonly partition: Partition;
  readonly catalogRoleArns: readonly string[];
  /** One in each account that has a role of the catalog (infra/auditor-role.yml). */
  readonly auditorRoleArns: readonly string[];
  readonly iamAccounts: readonly string[];
  readonly iamPrincipals: readonly string[];
  readonly longestElevationSeconds: number;
  readonly iamDoorMfa: string;
  readonly iamDoorMfaSeconds: number;
  readonly iamDoorCredentialsMfa: string;
  readonly iamDoorCredentialsMfaSeconds: number;
};

/** How old an MFA session may be when somebody asks or decides at the IAM door. */
const IAM_DOOR_MFA_MINUTES = 15;

/** IAM's quota for all inline policies of one role, in characters, white space not counted. */
const INLINE_POLICY_QUOTA_CHARACTERS = 10_240;

/** What the credentials role's policy takes beside the ARNs of the catalog, rounded up generously. */
const POLICY_FRAME_CHARACTERS = 2_000;

/** AssumeRole, TagSession and SetSourceIdentity each list every ARN. */
const STATEMENTS_PER_ROLE = 3;

/** Derives the facts of a deployment; refuses what AWS would only refuse in the middle of one. */
export function deploymentFacts(access: DeployedAccess): DeploymentFacts {
  const catalogRoleArns = distinct(access.roles.map((role) => role.arn));
  const iamAccounts = accountsAtTheIamDoor(access);
  const partition = partitionOf(access.hub.region);
  refuseEmptyCatalog(catalogRoleArns);
  refuseOversizedCatalog(catalogRoleArns);
  const credentialsMinutes = access.longestElevationMinutes + IAM_DOOR_MFA_MINUTES;
  return {
    hubAccount: access.hub.account,
    region: access.hub.region,
    partition,
    catalogRoleArns,
    auditorRoleArns: auditorRolesOf(catalogRoleArns),
    iamAccounts,
    iamPrincipals: iamAccounts.map((account) => `arn:${partition}:iam::${account}:root`),
    longestElevationSeconds: access.longestElevationMinutes * 60,
    iamDoorMfa: formatDuration(minutes(IAM_DOOR_MFA_MINUTES)),
    iamDoorMfaSeconds: IAM_DOOR_MFA_MINUTES * 60,
    iamDoorCredentialsMfa: formatDuration(minutes(credentialsMinutes)),
    iamDoorCredentialsMfaSeconds: credentialsMinutes * 60,
  };
}

/**
 * Accounts whose principals may knock at the IAM door. A policy needs at least one; where the access file has no IAM
 * users it is the hub's own, of which nobody maps to a person, so the function refuses everybody.
 */
function accountsAtTheIamDoor(access: DeployedAccess): string[] {
  const accounts = distinct(access.iamArns.map(accountOf));
  return accounts.length > 0 ? accounts : [access.hub.account];
}

function auditorRolesOf(catalogRoleArns: readonly string[]): string[] {
  return distinct(
    catalogRoleArns.map((arn) => arn.replace(/:role\/.*$/, ':role/drawbridge/drawbridge-auditor')),
  );
}

function refuseEmptyCatalog(arns: readonly string[]): void {
  if (arns.length > 0) return;
  throw new Error('The access file has no roles: add one to its catalog, then package again.');
}

function refuseOversizedCatalog(arns: readonly string[]): void {
  const characters = arns.reduce((sum, arn) => sum + arn.length + '"",'.length, 0) * STATEMENTS_PER_ROLE;
  if (characters + POLICY_FRAME_CHARACTERS <= INLINE_POLICY_QUOTA_CHARACTERS) return;
  throw new Error(
    `The catalog's ${arns.length} roles do not fit into the policy of the credentials function: IAM takes ` +
      `${INLINE_POLICY_QUOTA_CHARACTERS} characters. Deploy a second hub for a part of them.`,
  );
}

function accountOf(userArn: string): string {
  const arn = parseUserArn(userArn);
  if (arn === undefined) throw new Error(`Not the ARN of an IAM user: ${userArn}`);
  return arn.account;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
