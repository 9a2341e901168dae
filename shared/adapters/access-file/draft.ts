import * as z from 'zod';
import { ProviderEntry } from './provider.ts';
import { ApprovalEntry, GroupEntry, HubEntry, PersonEntry, RoleEntry } from './schema.ts';
import { SlackEntry } from './slack.ts';
import { FileMemberText, MemberText, RoleNameOrAll, RuleNameText } from './values.ts';

/**
 * What can be understood of an access file, however many mistakes it has: a value that is not well-formed is undefined,
 * but where it stands and what it is called is known. So names and meaning are checked in the same run as the form.
 */
export type Draft = z.output<typeof DraftFile>;
/** A rule of either kind, as far as it is understood. */
export type DraftRule = Draft['rules'][number];

const DraftPerson = z
  .object({
    iam: orUnknown(PersonEntry.shape.iam),
    oidc: orUnknown(PersonEntry.shape.oidc),
    slack: orUnknown(PersonEntry.shape.slack),
  })
  .catch({});

const DraftRuleEntry = z
  .object({
    name: orUnknown(RuleNameText),
    allow: list(MemberText),
    deny: list(FileMemberText),
    roles: list(RoleNameOrAll),
    approval: orUnknown(z.object({ by: list(MemberText), count: orUnknown(ApprovalEntry.shape.count) })),
  })
  .catch({ allow: [], deny: [], roles: [] });

const DraftRole = z
  .object({ arn: orUnknown(RoleEntry.shape.arn), channel: orUnknown(RoleEntry.shape.channel) })
  .catch({});

/** Undefined where there is no such section; one that is not understood is there all the same. */
const DraftSlack = z
  .object({ team: orUnknown(SlackEntry.shape.team) })
  .optional()
  .catch({});

const DraftFile = z.object({
  hub: orUnknown(HubEntry),
  identity: z.object({ oidc: list(ProviderEntry) }).catch({ oidc: [] }),
  people: entries(DraftPerson),
  groups: entries(list(GroupEntry.element)),
  roles: entries(DraftRole),
  rules: z.array(DraftRuleEntry).catch([]),
  admins: list(FileMemberText),
  auditors: list(FileMemberText),
  slack: DraftSlack,
});

/** Reads as much of an access file as is well-formed. */
export function draftOf(value: unknown): Draft {
  return DraftFile.safeParse(value).data ?? DraftFile.parse({});
}

function orUnknown<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined);
}

/** What is no list is one value that is not understood. */
function list<Schema extends z.ZodType>(item: Schema) {
  return z.array(orUnknown(item)).default([]).catch([undefined]);
}

/** A map, since names such as `constructor` are members of every object. */
function entries<Schema extends z.ZodType>(schema: Schema) {
  return z
    .record(z.string(), schema)
    .catch({})
    .transform((record) => new Map(Object.entries(record)));
}
