import type { Partition, RoleArn, UserArn } from './arn.ts';
import type { Minutes } from './duration.ts';
import type { Hash } from './hash.ts';
import {
  type GroupName,
  type Handle,
  parseGroupName,
  parseHandle,
  parseTokenGroup,
  type RoleName,
  type RuleName,
} from './names.ts';
import type { Scope } from './scope.ts';
import type { SlackSettings } from './slack.ts';

/** The access file, compiled: who exists, what can be borrowed, and on which conditions. */
export type Access = {
  /** SHA-256 of the file's content; each elevation records the version in force. */
  readonly version: Hash;
  readonly hub: Hub;
  readonly providers: readonly OidcProvider[];
  readonly people: ReadonlyMap<Handle, Person>;
  /** Members of the groups that the file names. */
  readonly groups: ReadonlyMap<GroupName, ReadonlySet<Handle>>;
  readonly roles: ReadonlyMap<RoleName, CatalogRole>;
  /** In the order of the file. */
  readonly rules: readonly Rule[];
  /** May revoke anything and read everything; groups and people of the file only. */
  readonly admins: readonly FileMember[];
  /** May read everything. */
  readonly auditors: readonly FileMember[];
  readonly limits: Limits;
  /** Where Drawbridge is used from Slack. */
  readonly slack?: SlackSettings;
};

/** The account and Region in which Drawbridge runs. */
export type Hub = { readonly account: string; readonly region: string; readonly partition: Partition };

/** An identity provider whose access tokens are accepted. */
export type OidcProvider = {
  readonly issuer: string;
  /** What a token must carry: `aud`, or `client_id` where access tokens have no audience (Cognito). */
  readonly accepts: { readonly claim: 'aud' | 'client_id'; readonly value: string };
  /** The claim that lists a token's groups. */
  readonly groupsClaim?: string;
  /** Values that prove MFA, by claim; any one of them is enough, an absent claim never is. */
  readonly mfa: {
    readonly amr: readonly string[];
    readonly acr: readonly string[];
    readonly acrs: readonly string[];
  };
};

/** A human of the access file with the identities under which they arrive. */
export type Person = {
  readonly handle: Handle;
  readonly iam: readonly UserArn[];
  readonly oidc: readonly { readonly issuer: string; readonly subject: string }[];
  readonly slack: readonly { readonly team: string; readonly user: string }[];
};

/** A role of the catalog: a target IAM role that can be borrowed. */
export type CatalogRole = {
  readonly name: RoleName;
  readonly arn: RoleArn;
  readonly description: string;
  /** Made by the operator, never taken from a request. */
  readonly externalId: string;
  /** How long each set of credentials lives: 15 to 60 minutes. */
  readonly session: Minutes;
  /** The Slack channel for cards of this role; the file's own where it is absent. */
  readonly channel?: string;
};

/** Somebody whom the file alone names: a member of one of its groups, or one person. */
export type FileMember =
  | { readonly kind: 'group'; readonly name: GroupName }
  | { readonly kind: 'person'; readonly handle: Handle };

/** Somebody named by the file or by a group of their token (`idp:<name>`). */
export type Member = FileMember | { readonly kind: 'idp'; readonly name: GroupName };

/** Who never may. */
export type DenyRule = {
  readonly kind: 'deny';
  readonly name: RuleName;
  readonly who: readonly FileMember[];
  readonly roles: ReadonlySet<RoleName>;
};

/** Who may, on which conditions. */
export type AllowRule = {
  readonly kind: 'allow';
  readonly name: RuleName;
  readonly who: readonly Member[];
  readonly roles: ReadonlySet<RoleName>;
  /** The longest elevation under this rule. */
  readonly longest: Minutes;
  /** The fewest characters of a reason. */
  readonly reasonMin: number;
  /** A regular expression that the whole ticket must match; a ticket is then required. */
  readonly ticket?: string;
  readonly hours?: WeeklyHours;
  /** Narrows every session under this rule. */
  readonly scope?: Scope;
  readonly mfa?: MfaRequirement;
  readonly approval?: ApprovalRequirement;
};

/** An entry of the rules. */
export type Rule = DenyRule | AllowRule;

/** The days and times of a week at which a rule holds. */
export type WeeklyHours = {
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  readonly days: readonly number[];
  /** Minutes after midnight, the first included and the last not: 540 and 1020 for 09:00–17:00. */
  readonly from: number;
  readonly to: number;
  /** An IANA name, for example Europe/Berlin. */
  readonly timeZone: string;
};

/** How recently the requester must have proved MFA, counted back from the request or from each issue. */
export type MfaRequirement = { readonly within: Minutes; readonly each: 'request' | 'issue' };

/** How many people of which groups must approve, and how long a request waits for them. */
export type ApprovalRequirement = {
  readonly by: readonly Member[];
  readonly count: number;
  /** After so long without enough approvals a request has lapsed. */
  readonly within: Minutes;
  /** How recently an approver must have proved MFA: as the file says, or else the rule's own bound. */
  readonly mfaWithin?: Minutes;
};

/** How much one person may ask for. */
export type Limits = {
  /** Requests that may wait at the same time. */
  readonly pending: number;
  /** Requests in each window of `per`, which begins at a multiple of it since 1970. */
  readonly requests: { readonly count: number; readonly per: Minutes };
};

/** Whether the person is one of those named; groups of a token count where `tokenGroups` are given. */
export function isAmong(
  access: Access,
  named: readonly Member[],
  person: Handle,
  tokenGroups: readonly GroupName[] = [],
): boolean {
  return named.some((member) => {
    switch (member.kind) {
      case 'person':
        return member.handle === person;
      case 'group':
        return access.groups.get(member.name)?.has(person) === true;
      case 'idp':
        return tokenGroups.includes(member.name);
      default:
        return member satisfies never;
    }
  });
}

/** As the access file writes it: `group:release-managers`, `person:ruth`, `idp:Platform`. */
export function formatMember(member: Member): string {
  return member.kind === 'person' ? `person:${member.handle}` : `${member.kind}:${member.name}`;
}

/** A member as the access file writes it, or undefined where the text names none. */
export function parseMember(text: string): Member | undefined {
  const [, kind, rest = ''] = /^(group|person|idp):(.+)$/u.exec(text) ?? [];
  if (kind === 'person') {
    const handle = parseHandle(rest);
    return handle && { kind, handle };
  }
  const name = kind === 'idp' ? parseTokenGroup(rest) : parseGroupName(rest);
  return name && (kind === 'idp' || kind === 'group') ? { kind, name } : undefined;
}
