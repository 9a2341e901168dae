import * as z from 'zod/mini';
import type { AccessLevel } from '../../domain/trail/catalogue.ts';

/** The access levels that AWS documents, the narrowest first. */
export const LEVELS = [
  'Permissions management',
  'Tagging',
  'Write',
  'Read',
  'List',
] as const satisfies readonly AccessLevel[];

/** A group of actions: those of a level, or those of a level that cannot be limited to resources. */
export type ActionGroup = AccessLevel | `${AccessLevel} *`;

/** Every group that a service can have. */
export const GROUPS: readonly ActionGroup[] = LEVELS.flatMap((level) => [level, `${level} *` as const]);

/** Names of actions, with blanks between them. */
const Names = z.string().check(z.regex(/^[A-Za-z][\w-]*( [A-Za-z][\w-]*)*$/));

const Group = z.union([z.enum(LEVELS), z.templateLiteral([z.enum(LEVELS), ' *'])]);

/** The catalogue as a file: for each service prefix its groups, and for each group the names of its actions. */
export const CompactActions = z.strictObject({
  format: z.literal(1),
  /** Of the data that it was made from. */
  version: z.string().check(z.minLength(1)),
  services: z.record(z.string().check(z.regex(/^[a-z0-9-]+$/)), z.partialRecord(Group, Names)),
});
export type CompactActions = z.output<typeof CompactActions>;
