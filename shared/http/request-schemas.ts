import * as z from 'zod';
import { parseDuration } from '../domain/duration.ts';
import { STATES } from '../domain/elevation.ts';
import type { Hash } from '../domain/hash.ts';
import { parseRoleName, type RoleName } from '../domain/names.ts';
import { faultOfAction, faultOfResource } from '../domain/scope.ts';
import { plainText } from './text.ts';

/** A text that a parser of the domain takes. */
function parsed<T>(parse: (text: string) => T | undefined, advice: string) {
  return z
    .string()
    .max(128)
    .transform((text, context): T => {
      const value = parse(text);
      if (value !== undefined) return value;
      context.addIssue(advice);
      return z.NEVER;
    });
}

/** A text without the fault that a check finds. */
function faultless(faultOf: (text: string) => string | undefined) {
  return z
    .string()
    .max(1600)
    .superRefine((text, context) => {
      const fault = faultOf(text);
      if (fault !== undefined) context.addIssue(fault);
    });
}

const roleName = parsed<RoleName>(parseRoleName, 'Name a role of the catalog: GET /v1/roles lists them.');
const comment = plainText(500).optional().describe('What others should know of the decision');

const scopeEntry = z.strictObject({
  actions: z.array(faultless(faultOfAction)).min(1).max(50),
  resources: z.array(faultless(faultOfResource)).min(1).max(50),
});

/** POST /v1/elevations */
export const NewElevation = z.strictObject({
  role: roleName.describe('A role of the catalog'),
  duration: parsed(
    parseDuration,
    'Write a duration of at least a minute, as 45m, 1h30m or PT1H30M.',
  ).describe('How long the role is needed: 45m, 1h30m, or ISO 8601'),
  reason: plainText(1000).describe('Why, for the approvers and the audit'),
  ticket: plainText(64).optional().describe('The ticket that the work belongs to'),
  scope: z.array(scopeEntry).min(1).max(20).optional().describe('Narrows each session to these permissions'),
  dryRun: z.boolean().optional().describe('Only say whether the rules would take it; nothing is created'),
});

/** POST …/approval and …/denial */
export const Decision = z.strictObject({
  comment,
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'Take the digest from the elevation that you have read.')
    .transform((text) => text as Hash)
    .optional()
    .describe('The digest of the request that was read: a decision on anything else is refused'),
});

/** POST …/withdrawal, …/return and …/revocation */
export const Ending = z.strictObject({ comment });

/** POST …/credentials */
export const Nothing = z.strictObject({});

/** A flag in a query: `?mine` and `?mine=true`. */
const flag = z
  .enum(['', 'true', 'false'])
  .transform((text) => text !== 'false')
  .optional();

/** GET /v1/elevations */
export const ListQuery = z.strictObject({
  mine: flag.describe('Those that the caller has asked for'),
  toApprove: flag.describe('Those that wait for the caller'),
  state: z.enum(STATES).optional(),
  role: roleName.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25).describe('How many are looked at for one page'),
  cursor: z.string().min(1).max(512).optional().describe('`next` of the page before'),
});

/** A query string that must be empty. */
export const NoQuery = z.strictObject({});

/** The Idempotency-Key header. */
export const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'Send a key of 1 to 255 visible ASCII characters.')
  .optional();
