import * as z from 'zod';
import {
  FileMembers,
  GroupEntry,
  HubEntry,
  IdentityEntry,
  PersonEntry,
  RoleEntry,
  RuleEntry,
} from './schema.ts';

/**
 * What can be understood of an access file, however many mistakes it has: an entry that is not well-formed is undefined,
 * but its name is known. So names and meaning are checked in the same run as the form.
 */
export type Draft = z.output<typeof DraftFile>;
/** A rule as the access file writes it. */
export type WrittenRule = z.output<typeof RuleEntry>;
/** A rule that allows, as the access file writes it. */
export type WrittenAllowRule = Extract<WrittenRule, { allow: unknown }>;

const DraftFile = z.object({
  hub: orUnknown(HubEntry),
  identity: orUnknown(IdentityEntry),
  people: entries(PersonEntry),
  groups: entries(GroupEntry),
  roles: entries(RoleEntry),
  rules: z.array(orUnknown(RuleEntry)).catch([]),
  admins: FileMembers.catch([]),
  auditors: FileMembers.catch([]),
});

/** Reads as much of an access file as is well-formed. */
export function draftOf(value: unknown): Draft {
  return DraftFile.safeParse(value).data ?? DraftFile.parse({});
}

function orUnknown<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined);
}

/** A map, since names such as `constructor` are members of every object. */
function entries<Schema extends z.ZodType>(schema: Schema) {
  return z
    .record(z.string(), orUnknown(schema))
    .catch({})
    .transform((record) => new Map(Object.entries(record)));
}
