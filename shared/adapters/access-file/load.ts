import {
  type Access,
  type AllowRule,
  type ApprovalRequirement,
  type CatalogRole,
  type FileMember,
  type Member,
  type Person,
  parseMember,
  type Rule,
} from '../../domain/access.ts';
import { parseRoleArn, parseUserArn, partitionOf } from '../../domain/arn.ts';
import { minutes } from '../../domain/duration.ts';
import type { Hash } from '../../domain/hash.ts';
import {
  type Handle,
  parseGroupName,
  parseHandle,
  parseRoleName,
  parseRuleName,
  type RoleName,
} from '../../domain/names.ts';
import type { SlackSettings } from '../../domain/slack.ts';
import type {
  CompiledAccess,
  CompiledAllowRule,
  CompiledApproval,
  CompiledContent,
  CompiledPerson,
  CompiledRole,
  CompiledRule,
  CompiledSlack,
} from './compiled.ts';
import { versionOf } from './version.ts';

/**
 * The compiled access file as the domain knows it; throws where it is not what the compiler wrote. Its hash shows its
 * shape to be the compiler's, who checked that its parts fit together; each value still goes through its parser.
 */
export function loadAccess(json: unknown): Access {
  const { version, content } = unchanged(json);
  const { hub, providers, people, groups, roles, rules, admins, auditors, limits, slack } = content;
  return {
    version,
    hub: { ...hub, partition: partitionOf(hub.region) },
    providers,
    people: byName(people, parseHandle, personOf),
    groups: byName(groups, parseGroupName, (_, members) => new Set(members.map(sure(parseHandle)))),
    roles: byName(roles, parseRoleName, roleOf),
    rules: rules.map(ruleOf),
    admins: admins.map(sure(parseFileMember)),
    auditors: auditors.map(sure(parseFileMember)),
    limits: { ...limits, requests: { ...limits.requests, per: minutes(limits.requests.per) } },
    ...(slack === undefined ? {} : { slack: slackOf(slack) }),
  };
}

function unchanged(json: unknown): { readonly version: Hash; readonly content: CompiledContent } {
  if (typeof json !== 'object' || json === null) throw notCompiled('it holds no object');
  const { version, ...content } = json as CompiledAccess;
  const actual = versionOf(content);
  if (version !== actual) throw notCompiled('its content does not match its version');
  return { version: actual, content };
}

function personOf(handle: Handle, { iam, oidc, slack }: CompiledPerson): Person {
  return { handle, iam: iam.map(sure(parseUserArn)), oidc, slack };
}

function roleOf(name: RoleName, role: CompiledRole): CatalogRole {
  return { ...role, name, arn: sure(parseRoleArn)(role.arn), session: minutes(role.session) };
}

function ruleOf(rule: CompiledRule): Rule {
  switch (rule.kind) {
    case 'deny':
      return { ...rule, ...commonOf(rule), who: rule.who.map(sure(parseFileMember)) };
    case 'allow':
      return allowRuleOf(rule);
    default:
      return rule satisfies never;
  }
}

function commonOf(rule: CompiledRule) {
  return { name: sure(parseRuleName)(rule.name), roles: new Set(rule.roles.map(sure(parseRoleName))) };
}

function allowRuleOf({ mfa, approval, ...rule }: CompiledAllowRule): AllowRule {
  return {
    ...rule,
    ...commonOf(rule),
    who: membersOf(rule.who),
    longest: minutes(rule.longest),
    ...(mfa === undefined ? {} : { mfa: { ...mfa, within: minutes(mfa.within) } }),
    ...(approval === undefined ? {} : { approval: approvalOf(approval) }),
  };
}

function approvalOf({ by, count, within, mfaWithin }: CompiledApproval): ApprovalRequirement {
  const bound = mfaWithin === undefined ? {} : { mfaWithin: minutes(mfaWithin) };
  return { by: membersOf(by), count, within: minutes(within), ...bound };
}

function membersOf(texts: readonly string[]): Member[] {
  return texts.map(sure(parseMember));
}

/** NB. Groups of tokens cannot deny, administer or audit: they are unknown at the other doors. */
function parseFileMember(text: string): FileMember | undefined {
  const member = parseMember(text);
  return member?.kind === 'idp' ? undefined : member;
}

function slackOf({ remind, ...slack }: CompiledSlack): SlackSettings {
  return remind === undefined ? slack : { ...slack, remind: { ...remind, after: minutes(remind.after) } };
}

function byName<Name, From, To>(
  record: Readonly<Record<string, From>>,
  parse: (text: string) => Name | undefined,
  make: (name: Name, from: From) => To,
): ReadonlyMap<Name, To> {
  const nameOf = sure(parse);
  return new Map(
    Object.entries(record).map(([text, from]) => {
      const name = nameOf(text);
      return [name, make(name, from)];
    }),
  );
}

function sure<T>(parse: (text: string) => T | undefined): (text: string) => T {
  return (text) => {
    const value = parse(text);
    if (value === undefined) throw notCompiled(`"${text}" cannot stand where it does`);
    return value;
  };
}

function notCompiled(why: string): Error {
  return new Error(`The compiled access file cannot be used: ${why}. Compile it again with npm run package.`);
}
