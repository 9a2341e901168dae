import type * as z from 'zod';
import { formatMember, type Member } from '../../domain/access.ts';
import { approvalsPossible } from './checks/approvals-possible.ts';
import { knownNames } from './checks/known-names.ts';
import { onePartition } from './checks/one-partition.ts';
import { oneWorkspace } from './checks/one-workspace.ts';
import { toldApart } from './checks/told-apart.ts';
import type { CompiledAccess, CompiledAllowRule, CompiledApproval, CompiledRule } from './compiled.ts';
import { AccessFileError, type Mistake } from './complaint.ts';
import { type Draft, draftOf } from './draft.ts';
import { readAccessFile } from './read.ts';
import { AccessFile, type WrittenAllowRule, type WrittenRule } from './schema.ts';
import { versioned } from './version.ts';
import { parseAs } from './wording.ts';

const CHECKS: readonly ((draft: Draft) => Mistake[])[] = [
  knownNames,
  toldApart,
  onePartition,
  approvalsPossible,
  oneWorkspace,
];

/** Compiles an access file and what it includes; throws AccessFileError with every mistake at once. */
export async function compileAccessFile(path: string): Promise<CompiledAccess> {
  const text = await readAccessFile(path);
  const parsed = parseAs(AccessFile, text.value);
  const draft = draftOf(text.value);
  const mistakes = [
    ...('mistakes' in parsed ? parsed.mistakes : []),
    ...CHECKS.flatMap((check) => check(draft)),
  ];
  const complaints = [
    ...text.complaints,
    ...mistakes.map((mistake) => ({ ...mistake, ...text.place(mistake.path) })),
  ];
  if ('mistakes' in parsed || complaints.length > 0) throw new AccessFileError(complaints);
  return compiled(parsed.data);
}

function compiled(file: z.output<typeof AccessFile>): CompiledAccess {
  return versioned({
    hub: file.hub,
    providers: file.identity.oidc,
    people: file.people,
    groups: file.groups,
    roles: file.roles,
    rules: file.rules.map((rule) => compiledRule(rule, Object.keys(file.roles))),
    admins: file.admins.map(formatMember),
    auditors: file.auditors.map(formatMember),
    limits: file.limits,
    ...(file.slack === undefined ? {} : { slack: file.slack }),
  });
}

function compiledRule(rule: WrittenRule, catalog: readonly string[]): CompiledRule {
  const roles = rule.roles.includes('*') ? catalog : rule.roles;
  return 'deny' in rule
    ? { kind: 'deny', name: rule.name, who: membersOf(rule.deny), roles }
    : compiledAllowRule(rule, roles);
}

function compiledAllowRule(rule: WrittenAllowRule, roles: readonly string[]): CompiledAllowRule {
  const { name, allow, for: longest, reason, ticket, hours, scope, mfa, approval } = rule;
  return {
    kind: 'allow',
    name,
    who: membersOf(allow),
    roles,
    longest,
    reasonMin: reason?.min ?? 0,
    ...(ticket === undefined ? {} : { ticket }),
    ...(hours === undefined ? {} : { hours }),
    ...(scope === undefined ? {} : { scope }),
    ...(mfa === undefined ? {} : { mfa }),
    ...(approval === undefined ? {} : { approval: compiledApproval(approval, mfa) }),
  };
}

/** Where the file says nothing of the approver's MFA, the requester's bound holds for both; `none` is no bound. */
function compiledApproval(
  { by, count, within, mfa }: NonNullable<WrittenAllowRule['approval']>,
  ofRule: WrittenAllowRule['mfa'],
): CompiledApproval {
  const mfaWithin = mfa ?? ofRule?.within;
  return {
    by: membersOf(by),
    count,
    within,
    ...(mfaWithin === undefined || mfaWithin === 'none' ? {} : { mfaWithin }),
  };
}

function membersOf(members: readonly Member[]): string[] {
  return members.map(formatMember);
}
