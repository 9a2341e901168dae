import * as z from 'zod';
import { parseRoleName } from '../domain/names.ts';
import type { RoleReport } from '../domain/report/report.ts';
import { duration, time, word } from './codecs.ts';

const count = z.int().nonnegative();
const texts = z.array(z.string()).readonly();

const Seen = z.discriminatedUnion('as', [
  z.object({
    as: z.literal('used'),
    first: time,
    last: time,
    people: count,
    allowed: count,
    denied: count,
    unknown: count,
    resources: texts,
  }),
  z.object({ as: z.literal('denied-only'), first: time, last: time, people: count, denied: count }),
  z.object({ as: z.literal('not-seen') }),
  z.object({
    as: z.literal('not-observable'),
    reason: z.enum([
      'data-event-not-recorded',
      'management-event-not-recorded',
      'permission-only',
      'hours-without-digest',
      'no-files',
      'outcome-unknown',
      'call-unmapped',
      'record-damaged',
      'trail-changed',
      'selectors-unknown',
    ]),
  }),
]);

const Permission = z.object({
  action: z.string(),
  level: z.exactOptional(z.enum(['List', 'Read', 'Write', 'Permissions management', 'Tagging'])),
  granted: z.boolean(),
  conditional: z.boolean(),
  seen: Seen,
});

const Policy = z.object({
  Version: z.literal('2012-10-17'),
  Statement: z.array(z.object({ Effect: z.literal('Allow'), Action: texts, Resource: texts })).readonly(),
});

const Narrower = z.object({
  policy: Policy,
  scope: z.string().describe('A patch to the access file, YAML'),
  proof: z.object({ events: count, matched: count }),
  actionsBefore: count,
  actionsAfter: count,
  left: texts,
  kept: texts,
  conditional: z.exactOptional(texts),
});

const Standing = z.object({
  principal: z.string(),
  kind: z.enum(['aws', 'service', 'federated', 'anybody']),
  condition: z.exactOptional(z.string()),
});

/** What `report.json` says of one role. */
export const RoleEntry = z.object({
  role: word(parseRoleName, 'the name of a role of the catalog'),
  arn: z.string(),
  inCatalog: z.boolean(),
  elevations: count,
  people: count,
  lent: duration,
  policiesUnknown: z.exactOptional(z.string()),
  permissions: z.array(Permission).readonly(),
  unexpanded: texts,
  narrower: z.exactOptional(Narrower),
  standing: z.array(Standing).readonly(),
}) satisfies z.ZodType<RoleReport>;
