import * as z from 'zod/mini';
import { parsePolicyDocument } from '../../shared/adapters/auditor/parse-policy.ts';
import { jsonIn } from '../../shared/domain/json-in.ts';
import type { NamedPolicy, PolicyDocument, RolePolicies } from '../../shared/domain/policy/document.ts';
import { Ended } from '../ended.ts';

/** The roles of an account with their policies, and what could not be made out of it. */
export type AccountDetails = { readonly roles: readonly RolePolicies[]; readonly faults: readonly string[] };

const Inline = z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() });
const Attached = z.object({ PolicyArn: z.string() });

const Role = z.object({
  Arn: z.string(),
  AssumeRolePolicyDocument: z.unknown(),
  RolePolicyList: z.optional(z.array(Inline)),
  AttachedManagedPolicies: z.optional(z.array(Attached)),
  PermissionsBoundary: z.optional(z.object({ PermissionsBoundaryArn: z.string() })),
});
type Role = z.output<typeof Role>;

const Managed = z.object({
  Arn: z.string(),
  PolicyVersionList: z.array(z.object({ Document: z.unknown(), IsDefaultVersion: z.boolean() })),
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
const Details = z.object({
  RoleDetailList: z.array(Role),
  Policies: z.array(Managed),
  IsTruncated: z.optional(z.boolean()),
});

const HOW = 'Write it with: aws iam get-account-authorization-details > policies.json';

/**
 * Parses what `aws iam get-account-authorization-details` writes. Of a role with a policy that is not understood nothing
 * is said: a grant that was overlooked would not be missed. Throws a sentence where the text is something else.
 */
export function parseAccountDetails(name: string, content: string): AccountDetails {
  const details = Details.safeParse(jsonIn(content));
  if (!details.success)
    throw new Ended('unreadable', `${name} holds no account authorization details. ${HOW}`);
  if (details.data.IsTruncated === true) {
    throw new Ended(
      'unreadable',
      `${name} holds the first page alone. ${HOW}, without --max-items and --no-paginate.`,
    );
  }
  const managed = managedPolicies(details.data.Policies);
  const roles: RolePolicies[] = [];
  const faults: string[] = [];
  for (const role of details.data.RoleDetailList) {
    const parsed = roleOf(role, managed);
    if ('fault' in parsed) faults.push(`What ${role.Arn} may do is not known: ${parsed.fault}`);
    else roles.push(parsed);
  }
  return { roles, faults };
}

/** The versions in force, by ARN; a document is parsed when a role has it. */
function managedPolicies(policies: readonly z.output<typeof Managed>[]): ReadonlyMap<string, unknown> {
  return new Map(
    policies.map(({ Arn, PolicyVersionList }) => [
      Arn,
      PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document,
    ]),
  );
}

type Fault = { readonly fault: string };

function roleOf(role: Role, managed: ReadonlyMap<string, unknown>): RolePolicies | Fault {
  const trust = documentOf('its trust policy', role.AssumeRolePolicyDocument);
  if ('fault' in trust) return trust;
  const inline = all((role.RolePolicyList ?? []).map((one) => named(one.PolicyName, one.PolicyDocument)));
  if ('fault' in inline) return inline;
  const attached = all(
    (role.AttachedManagedPolicies ?? []).map(({ PolicyArn }) => ofManaged(PolicyArn, managed)),
  );
  if ('fault' in attached) return attached;
  const boundaryArn = role.PermissionsBoundary?.PermissionsBoundaryArn;
  const boundary = boundaryArn === undefined ? undefined : ofManaged(boundaryArn, managed);
  if (boundary !== undefined && 'fault' in boundary) return boundary;
  return {
    ...{ arn: role.Arn, trust, inline, attached },
    ...(boundary === undefined ? {} : { boundary }),
    maxSessionSeconds: 3600, // it is not among the details; IAM's default
  };
}

function ofManaged(arn: string, managed: ReadonlyMap<string, unknown>): NamedPolicy | Fault {
  const document = managed.get(arn);
  return document === undefined
    ? { fault: `the policy ${arn} is not in the file; write it without --filter.` }
    : named(arn, document);
}

function named(name: string, value: unknown): NamedPolicy | Fault {
  const document = documentOf(`the policy ${name}`, value);
  return 'fault' in document ? document : { name, document };
}

/** The AWS CLI writes documents as JSON; others write them as IAM sends them, URL-encoded (RFC 3986). */
function documentOf(what: string, value: unknown): PolicyDocument | Fault {
  const document = parsePolicyDocument(typeof value === 'string' ? jsonIn(decoded(value)) : value);
  return 'fault' in document ? { fault: `${what} is not understood (${document.fault}).` } : document;
}

function all<T extends object>(values: readonly (T | Fault)[]): readonly T[] | Fault {
  const fault = values.find((value): value is Fault => 'fault' in value);
  return fault ?? values.filter((value): value is T => !('fault' in value));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
