import * as z from 'zod';
import type { MfaRequirement } from '../../domain/access.ts';
import { minutes } from '../../domain/duration.ts';
import { OidcIdentity, ProviderEntry } from './provider.ts';
import { ChannelText, SlackEntry, SlackIdentity } from './slack.ts';
import { faultOfTicketPattern } from './ticket-pattern.ts';
import {
  DescriptionText,
  FileMemberText,
  GroupNameText,
  HandleText,
  lengthOfTime,
  lengthOfTimeOrNone,
  MemberText,
  matching,
  ONE_DAY,
  ONE_MINUTE,
  oneOrMany,
  RoleArnText,
  RoleNameOrAll,
  RoleNameText,
  RuleNameText,
  ScopeList,
  UserArnText,
  wholeNumber,
} from './values.ts';
import { HoursEntry } from './weekly-hours.ts';

/** Credentials live from STS's least, 900 s, to its most for a role that assumes a role, 3,600 s. */
const SessionLength = lengthOfTime(minutes(15), minutes(60));
const WEEK = minutes(7 * 24 * 60);

/** Where Drawbridge runs. */
export const HubEntry = z.strictObject({
  account: matching(/^\d{12}$/, 'Write the account as 12 digits in quotes, for example "222222222222".'),
  // The isolated and the European sovereign Regions lie in partitions that Drawbridge does not know.
  region: matching(
    /^(?!us-iso|eu-iso|eusc-)[a-z]{2}(?:-[a-z]+)+-\d$/,
    'Write a Region of the partitions aws, aws-cn or aws-us-gov, for example us-east-1.',
  ),
});

/** A person: the identities under which they arrive. */
export const PersonEntry = z
  .strictObject({
    iam: oneOrMany(UserArnText).default([]).describe('ARNs of their IAM users'),
    oidc: oneOrMany(OidcIdentity).default([]).describe('Their subjects at the identity providers'),
    slack: oneOrMany(SlackIdentity).default([]).describe('Their Slack users: <team id>/<user id>'),
  })
  .describe('A person and the identities under which they arrive');

/** A group: handles of people. */
export const GroupEntry = z.array(HandleText).describe('Handles of people');

/** A role that can be borrowed. */
export const RoleEntry = z.strictObject({
  arn: RoleArnText.describe("The target role's ARN"),
  description: DescriptionText.describe('What the role is for, in one line'),
  // ExternalId of AssumeRole: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  externalId: matching(
    /^[\w+=,.@:/-]{2,1224}$/,
    'Write 2 to 1224 letters, digits and _+=,.@:/- (a random UUID does).',
  ).describe("The ExternalId of the target role's trust policy, made by the operator"),
  session: SessionLength.prefault('15m').describe('How long each set of credentials lives, 15m to 1h'),
  channel: ChannelText.exactOptional().describe(
    "The Slack channel for this role's cards; slack.channel by default",
  ),
});

const RoleNames = z
  .array(RoleNameOrAll)
  .min(1)
  .refine((names) => names.length === 1 || !names.includes('*'), 'Write * alone: it stands for every role.')
  .describe('Names under roles, or * for every role');

const DenyEntry = z
  .strictObject({
    name: RuleNameText,
    deny: z.array(FileMemberText).min(1).describe('Who never may: group:<name> or person:<handle>'),
    roles: RoleNames,
  })
  .describe('Who never may, whatever other rules allow');

const MfaEntry = z
  .strictObject({
    within: lengthOfTime(ONE_MINUTE, ONE_DAY).describe('The oldest proof that counts'),
    each: z
      .enum(['request', 'issue'])
      .default('request')
      .describe('Whether it counts from the request or each issue'),
  })
  .transform((mfa): MfaRequirement => mfa);

/** The approvals that a rule requires. */
export const ApprovalEntry = z.strictObject({
  by: z.array(MemberText).min(1).describe('Who may approve; never the requester'),
  count: wholeNumber(1, 10).default(1).describe('How many different people must approve'),
  within: lengthOfTime(ONE_MINUTE, WEEK).describe('After so long without them the request has lapsed'),
  mfa: lengthOfTimeOrNone(ONE_MINUTE, ONE_DAY)
    .optional()
    .describe("How recent an approver's MFA is; mfa.within by default. none: they need not prove it"),
});

const TicketPattern = z
  .string()
  .superRefine((pattern, context) => {
    const fault = faultOfTicketPattern(pattern);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  })
  .describe('A ticket is required, and the whole of it matches this regular expression');

const AllowEntry = z
  .strictObject({
    name: RuleNameText,
    allow: z
      .array(MemberText)
      .min(1)
      .describe('Who may: group:<name>, person:<handle> or idp:<group of the token>'),
    roles: RoleNames,
    for: lengthOfTime(ONE_MINUTE, ONE_DAY).describe('The longest elevation under this rule'),
    reason: z.strictObject({ min: wholeNumber(0, 200).describe('The fewest characters') }).optional(),
    ticket: TicketPattern.optional(),
    hours: HoursEntry.optional().describe('When the rule holds'),
    mfa: MfaEntry.optional().describe('How recently the requester has proved MFA'),
    approval: ApprovalEntry.optional(),
    scope: ScopeList.optional().describe('Narrows every session under this rule'),
  })
  .describe('Who may, on which conditions; the first rule in the order of the file that fits governs');

const FileMembers = z.array(FileMemberText);

/** A rule that allows, as it is read. */
export type WrittenAllowRule = z.output<typeof AllowEntry>;
/** A rule as it is read: the kind is told by its key, allow or deny. */
export type WrittenRule = z.output<typeof DenyEntry> | WrittenAllowRule;

const LimitsEntry = z.strictObject({
  pending: wholeNumber(1, 50).default(5).describe('Requests of one person that may wait at the same time'),
  requests: z
    .strictObject({ count: wholeNumber(1, 10_000), per: lengthOfTime(ONE_MINUTE, ONE_DAY) })
    .prefault({ count: 20, per: '1h' })
    .describe('Requests of one person in a time'),
});

const IdentityEntry = z.strictObject({ oidc: z.array(ProviderEntry).default([]) });

const include = z
  .array(z.string().min(1, 'Write the path of a file.'))
  .default([])
  .describe('Files with people and groups, relative to this one and within its folder');

/** The access file as it is written. */
export const AccessFile = z.strictObject({
  include,
  hub: HubEntry.describe('The account and Region in which Drawbridge runs'),
  identity: IdentityEntry.prefault({}).describe('Identity providers whose access tokens are accepted'),
  people: z.record(HandleText, PersonEntry).default({}).describe('People by handle; nobody else exists'),
  groups: z
    .record(GroupNameText, GroupEntry)
    .default({})
    .describe('Groups by name, seen in rules as group:<name>'),
  roles: z.record(RoleNameText, RoleEntry).describe('Roles that can be borrowed, by name'),
  rules: z
    .array(z.union([DenyEntry, AllowEntry]))
    .describe('Who may borrow what; deny beats allow, and nothing matches means no'),
  admins: FileMembers.default([]).describe('May revoke anything and read everything'),
  auditors: FileMembers.default([]).describe('May read everything'),
  limits: LimitsEntry.prefault({}),
  slack: SlackEntry.optional(),
});

/** A file that an access file includes; the main file's schema judges the entries. */
export const IncludedFile = z.strictObject({
  include,
  people: z.record(z.string(), z.unknown()).default({}),
  groups: z.record(z.string(), z.unknown()).default({}),
});
