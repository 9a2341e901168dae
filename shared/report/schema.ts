import * as z from 'zod';
import { STATES } from '../domain/elevation.ts';
import { parseElevationId } from '../domain/elevation-id.ts';
import type { Hash } from '../domain/hash.ts';
import { parseHandle, parseRoleName } from '../domain/names.ts';
import type { Report } from '../domain/report/report.ts';
import { duration, time, word } from './codecs.ts';
import { RoleEntry } from './role-schema.ts';

const SHA_256 = /^[0-9a-f]{64}$/;

const count = z.int().nonnegative();
const hash = word((text) => (SHA_256.test(text) ? (text as Hash) : undefined), 'a SHA-256 in hexadecimal');
const person = word(parseHandle, 'the handle of a person');
const role = word(parseRoleName, 'the name of a role of the catalog');
const elevation = word(parseElevationId, 'the id of an elevation');
const events = z.object({ allowed: count, denied: count, unknown: count });

const Totals = z.object({
  asked: count,
  approved: count,
  denied: count,
  lapsed: count,
  withdrawn: count,
  returned: count,
  revoked: count,
  cut: count.describe('Elevations whose live sessions were cut off'),
  waiting: count,
  timeToApprove: z.exactOptional(z.object({ p50: duration, p95: duration, count })),
  decidedBy: z.array(z.object({ person, approved: count, denied: count })).readonly(),
  selfApprovalAttempts: count,
  breakGlass: z.object({ used: count, reviewed: count }),
  approvedNeverUsed: count,
  sessions: count.describe('Sets of credentials that were issued'),
  sessionsNeverUsed: count,
  events,
  people: count,
});

const ElevationEntry = z.object({
  id: elevation,
  person,
  role,
  state: z.enum(STATES),
  requestedAt: time,
  reason: z.string(),
  ticket: z.exactOptional(z.string()),
  approvedBy: z.array(person).readonly(),
  window: z.exactOptional(z.object({ from: time, until: time })),
  mfa: z.string().describe('How MFA was proved when it was asked for'),
  sessions: count,
  sessionsNeverUsed: count,
  events,
  lastUse: z.exactOptional(time),
  usageHash: hash.describe('Over the events of the elevation'),
  usageEvents: count,
});

const Finding = z.object({
  code: z.enum([
    'foreign-session',
    'foreign-assume-role',
    'false-name',
    'no-intent',
    'unexplained-session',
    'use-after-end',
    'use-after-cut',
    'issue-not-in-trail',
    'role-changed',
    'trail-changed',
  ]),
  at: time,
  about: z.string().describe('The ARN of the role, managed policy or trail'),
  role: z.exactOptional(role),
  elevation: z.exactOptional(elevation),
  eventId: z.exactOptional(z.string()),
  actor: z.exactOptional(z.string()),
  detail: z.string(),
});

const Change = z.discriminatedUnion('of', [
  z.object({
    of: z.enum(['role', 'policy', 'trail']),
    at: time,
    about: z.string(),
    what: z.string(),
    by: z.string(),
    outcome: z.enum(['allowed', 'denied', 'unknown']),
    eventId: z.string(),
  }),
  z.object({ of: z.literal('access-file'), at: time, version: hash }),
]);

const Gap = z.object({
  account: z.string(),
  region: z.exactOptional(z.string()),
  kind: z.enum(['no-files', 'no-digest', 'selectors-unknown']),
  from: z.exactOptional(time),
  until: z.exactOptional(time),
  roles: z.array(role).readonly(),
});

/** `report.json`, both ways: decoding parses it, encoding writes it. Its JSON Schema is published. */
export const ReportDocument = z.object({
  format: z.literal(1),
  period: z.object({ from: time, until: time }),
  accessVersion: hash,
  catalogueVersion: z.string(),
  totals: Totals,
  elevations: z.array(ElevationEntry).readonly(),
  roles: z.array(RoleEntry).readonly(),
  outOfBand: z.array(Finding).readonly(),
  changes: z.array(Change).readonly(),
  gaps: z.array(Gap).readonly(),
  unmapped: z.array(z.object({ source: z.string(), name: z.string(), count })).readonly(),
  damaged: z
    .exactOptional(z.array(elevation).readonly())
    .describe('Elevations whose record is not as it was sealed: nothing else is said of them'),
  reopened: z.array(z.object({ elevation, events: count, before: count })).readonly(),
}) satisfies z.ZodType<Report>;

/** The JSON Schema (2020-12) of `report.json`. */
export function reportJsonSchema(): object {
  return z.toJSONSchema(ReportDocument, {
    io: 'input',
    reused: 'inline',
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
}
