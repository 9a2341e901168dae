import * as z from 'zod';
import { LEVELS } from '../../shared/domain/survey/unseen.ts';

const Count = z.int().min(0);
const Time = z.iso.datetime().describe('RFC 3339 in UTC');
const Levelled = z.strictObject({ action: z.string(), level: z.enum(LEVELS).optional() });
const Mark = z.strictObject({ mark: z.int().min(0).max(3), because: z.string() });

const Borrower = z.strictObject({
  kind: z.enum(['source-identity', 'user', 'role', 'federated', 'web-identity', 'service', 'account']),
  name: z.string(),
  allowed: Count,
  denied: Count,
  last: Time,
  mfa: z
    .strictObject({ seen: Count, notSeen: Count, notTold: Count })
    .describe(
      'of the times that it was let in: AWS saw MFA in the session that asked, saw none, or the record does not tell',
    ),
});

const Policies = z
  .strictObject({
    granted: Count,
    used: Count,
    deniedOnly: z.array(z.string()),
    notSeen: z.array(Levelled).describe('granted, never seen, and it would show'),
    notObservable: z.array(Levelled).describe('granted, and these files would not show its use'),
    unexpanded: z.array(z.string()).describe('patterns that allow more than is known by name'),
    levels: z.array(z.enum(LEVELS)),
  })
  .describe('only where --policies told what the role may do');

const Role = z.strictObject({
  arn: z.string(),
  kind: z.enum(['people', 'workload', 'service-linked', 'unknown']),
  calls: Count,
  denied: Count,
  first: Time.optional(),
  last: Time.optional(),
  days: Count.describe('days in UTC on which a session of it called'),
  sessions: Count.describe('different sessions that called'),
  unlinked: Count.describe('sessions whose beginning is in none of the files'),
  assumed: z.strictObject({ allowed: Count, denied: Count }),
  borrowers: z.array(Borrower),
  moreBorrowers: Count,
  actions: z.array(Levelled.extend({ allowed: Count, denied: Count, unknown: Count })),
  regions: z.array(z.string()),
  policies: Policies.optional(),
});

/** What `drawbridge audit --json` writes; docs/audit.schema.json is made of it. */
export const AuditJson = z.strictObject({
  format: z.literal(1),
  files: z.strictObject({
    read: Count,
    records: Count,
    skipped: z.record(z.string(), Count),
    unreadable: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
    unreadableCount: Count,
  }),
  events: Count.describe('each call once, however many files and trails have it'),
  repeated: Count,
  mayRepeat: z.boolean().describe('there were more events than can be told apart'),
  period: z.strictObject({ from: Time, until: Time }).optional(),
  accounts: z.array(z.strictObject({ account: z.string(), events: Count, silentHours: z.array(Time) })),
  regions: z.array(z.string()),
  dataEvents: z.array(z.string()).describe('types of data events that occur'),
  first: z.array(
    z.strictObject({ arn: z.string(), score: z.int(), power: Mark, rarity: Mark, people: Mark }),
  ),
  roles: z.array(Role),
  unmapped: z.strictObject({
    named: z.array(z.strictObject({ name: z.string(), count: Count })),
    more: Count,
  }),
  policyFaults: z.array(z.string()),
});
export type AuditJson = Frozen<z.output<typeof AuditJson>>;

type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;

/** The JSON schema that is published as docs/audit.schema.json. */
export function auditJsonSchema(): object {
  return z.toJSONSchema(AuditJson, { target: 'draft-2020-12' });
}
