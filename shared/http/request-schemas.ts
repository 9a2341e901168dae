import * as z from 'zod/mini';
import { parseDuration } from '../domain/duration.ts';
import { STATES } from '../domain/elevation.ts';
import type { Hash } from '../domain/hash.ts';
import { parseInstant } from '../domain/instant.ts';
import { parseRoleName, type RoleName } from '../domain/names.ts';
import { faultOfAction, faultOfResource } from '../domain/scope.ts';
import { LONGEST } from '../domain/text-limits.ts';
import { plainText } from './text.ts';

/** A text that a parser of the domain takes. */
function parsed<T>(parse: (text: string) => T | undefined, advice: string) {
  return z.pipe(
    z.string().check(z.maxLength(128)),
    z.transform((text: string, context): T => {
      const value = parse(text);
      if (value !== undefined) return value;
      context.issues.push({ code: 'custom', message: advice, input: text });
      return z.NEVER;
    }),
  );
}

/** A text without the fault that a check finds. */
function faultless(faultOf: (text: string) => string | undefined) {
  return z.string().check(
    z.maxLength(1600),
    z.superRefine((text, context) => {
      const fault = faultOf(text);
      if (fault !== undefined) context.addIssue(fault);
    }),
  );
}

const roleName = parsed<RoleName>(parseRoleName, 'Name a role of the catalog: GET /v1/roles lists them.');
const comment = z
  .optional(plainText(LONGEST.comment))
  .check(z.describe('What others should know of the decision'));

const scopeEntry = z.strictObject({
  actions: z.array(faultless(faultOfAction)).check(z.minLength(1), z.maxLength(50)),
  resources: z.array(faultless(faultOfResource)).check(z.minLength(1), z.maxLength(50)),
});

/** POST /v1/elevations */
export const NewElevation = z.strictObject({
  role: roleName.check(z.describe('A role of the catalog')),
  duration: parsed(parseDuration, 'Write a duration of at least a minute, as 45m, 1h30m or PT1H30M.').check(
    z.describe('How long the role is needed: 45m, 1h30m, or ISO 8601'),
  ),
  reason: plainText(LONGEST.reason).check(z.describe('Why, for the approvers and the audit')),
  ticket: z.optional(plainText(LONGEST.ticket)).check(z.describe('The ticket that the work belongs to')),
  scope: z
    .optional(z.array(scopeEntry).check(z.minLength(1), z.maxLength(20)))
    .check(z.describe('Narrows each session to these permissions')),
  dryRun: z
    .optional(z.boolean())
    .check(z.describe('Only say whether the rules would take it; nothing is created')),
});

/** POST /v1/slack-links */
export const NewSlackLink = z.strictObject({
  code: z
    .string()
    .check(
      z.regex(/^[0-9A-HJKMNP-TV-Z]{16}$/, 'Send the code as /drawbridge link shows it: 16 characters.'),
      z.describe('The one-time code that /drawbridge link shows'),
    ),
});

/** POST …/approval and …/denial */
export const Decision = z.strictObject({
  comment,
  digest: z
    .optional(
      z.pipe(
        z.string().check(z.regex(/^[0-9a-f]{64}$/, 'Take the digest from the elevation that you have read.')),
        z.transform((text: string) => text as Hash),
      ),
    )
    .check(z.describe('The digest of the request that was read: a decision on anything else is refused')),
});

/** POST …/withdrawal, …/return and …/revocation */
export const Ending = z.strictObject({ comment });

/** POST …/credentials */
export const Nothing = z.strictObject({});

/** POST /v1/reports */
export const NewReport = z.strictObject({
  from: parsed(parseInstant, 'Write a time as 2026-11-16T00:00:00Z.').check(
    z.describe('The beginning of the period, RFC 3339, at a whole minute'),
  ),
  until: parsed(parseInstant, 'Write a time as 2026-11-23T00:00:00Z.').check(
    z.describe('Its end, which is not in it; at most 92 days later'),
  ),
});

/** A flag in a query: `?mine` and `?mine=true`. */
const flag = z.optional(
  z.pipe(
    z.enum(['', 'true', 'false']),
    z.transform((text: '' | 'true' | 'false') => text !== 'false'),
  ),
);

/** GET /v1/elevations */
export const ListQuery = z.strictObject({
  mine: flag.check(z.describe('Those that the caller has asked for')),
  toApprove: flag.check(z.describe('Those that wait for the caller')),
  state: z.optional(z.enum(STATES)),
  role: z.optional(roleName),
  limit: z
    ._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 25)
    .check(z.describe('How many are looked at for one page')),
  cursor: z
    .optional(z.string().check(z.minLength(1), z.maxLength(512)))
    .check(z.describe('`next` of the page before')),
});

/** A query string that must be empty. */
export const NoQuery = z.strictObject({});

/** The Idempotency-Key header. */
export const IdempotencyKey = z.optional(
  z.string().check(z.regex(/^[\x21-\x7e]{1,255}$/, 'Send a key of 1 to 255 visible ASCII characters.')),
);
