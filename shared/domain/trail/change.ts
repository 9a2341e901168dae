import { partitionOf } from '../arn.ts';
import { textAt } from './members.ts';
import type { RoleChange } from './observation.ts';
import type { TrailRecord } from './record.ts';
import { changedTrail } from './trail-change.ts';

type Kind = {
  readonly of: 'role' | 'policy';
  readonly what: RoleChange['what'];
  /** The parameter that names the policy. */
  readonly policy?: string;
};

const role = (what: RoleChange['what'], policy?: string): Kind => ({
  of: 'role',
  what,
  ...(policy && { policy }),
});
const POLICY: Kind = { of: 'policy', what: 'policy-version' };

/** IAM's calls that change what a role is or may do, or what a managed policy says (IAM API Reference, Actions). */
export const CHANGES: ReadonlyMap<string, Kind> = new Map([
  ['UpdateAssumeRolePolicy', role('trust')],
  ['PutRolePolicy', role('inline-policy', 'policyName')],
  ['DeleteRolePolicy', role('inline-policy', 'policyName')],
  ['AttachRolePolicy', role('attached-policy', 'policyArn')],
  ['DetachRolePolicy', role('attached-policy', 'policyArn')],
  ['PutRolePermissionsBoundary', role('boundary', 'permissionsBoundary')],
  ['DeleteRolePermissionsBoundary', role('boundary')],
  ['CreateRole', role('role')],
  ['DeleteRole', role('role')],
  ['UpdateRole', role('role')],
  ['UpdateRoleDescription', role('role')],
  // Policies can allow by tags.
  ['TagRole', role('role')],
  ['UntagRole', role('role')],
  ['CreatePolicyVersion', POLICY],
  ['SetDefaultPolicyVersion', POLICY],
  ['DeletePolicyVersion', POLICY],
  ['DeletePolicy', POLICY],
]);

/** IAM's messages name its resources by kind: "on resource: role UpdateApp", "on resource: policy arn:aws:iam::…". */
const IN_MESSAGE = /\bon resource: (?:role |policy )?([\w+=,.@:/-]+)/;

/** The change to a role, managed policy or trail that a call made, or tried to make; undefined where it is none. */
export function changeOf(record: TrailRecord): RoleChange | undefined {
  return changedTrail(record) ?? changedInIam(record);
}

function changedInIam(record: TrailRecord): RoleChange | undefined {
  const kind = record.source === 'iam.amazonaws.com' ? CHANGES.get(record.name) : undefined;
  const arn = kind && arnOf(kind.of, record);
  if (kind === undefined || arn === undefined) return undefined;
  const policy = kind.policy && textAt(record.parameters, kind.policy);
  return { of: kind.of, arn, what: kind.what, ...(policy && { policy }) };
}

/**
 * The ARN of a managed policy, of an account or of AWS. NB. A call that fails can name anything, and what is no ARN is no
 * policy; paths have at most 512 characters and names 128 ("IAM and AWS STS quotas" in the IAM User Guide).
 */
const POLICY_ARN = /^arn:[\w-]{1,20}:iam::(?:\d{12}|aws):policy\/[\x21-\x7e]{1,640}$/;

/** NB. A denied call has no parameters, and most others name the role without its path. */
function arnOf(of: Kind['of'], record: TrailRecord): string | undefined {
  const { parameters, response, account, region } = record;
  const named =
    textAt(parameters, of === 'role' ? 'roleName' : 'policyArn') ??
    IN_MESSAGE.exec(record.error?.message ?? '')?.[1];
  if (of === 'policy') return named !== undefined && POLICY_ARN.test(named) ? named : undefined;
  if (named === undefined || named.startsWith('arn:')) return named;
  const path = textAt(parameters, 'path') ?? '/';
  return textAt(response, 'role', 'arn') ?? `arn:${partitionOf(region)}:iam::${account}:role${path}${named}`;
}
