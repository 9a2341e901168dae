import * as z from 'zod';
import type { EventPattern, WorldRule } from '../aws/aws.ts';
import type { PhysicalNames } from './intrinsics.ts';
import type { Place } from './physical-names.ts';
import { resourcesOfType } from './resources.ts';
import type { Templates } from './templates.ts';

const UNKNOWN_PATTERN =
  'Of the language of event patterns the sandbox knows values and prefixes alone: { source: [aws.s3], detail: { name: [{ prefix: a }] } }. ' +
  'Write the pattern so, or teach sandbox/aws/events/pattern.ts.';

const Pattern: z.ZodType<EventPattern> = z.lazy(() =>
  z.record(
    z.string(),
    z.union(
      [
        z
          .array(
            z.union([z.string(), z.number(), z.boolean(), z.null(), z.strictObject({ prefix: z.string() })]),
          )
          .min(1),
        Pattern,
      ],
      UNKNOWN_PATTERN,
    ),
  ),
);

/** Strict, so that what changes a target's event (a path, a transformer, a queue of failures) is an error. */
const Rule = z.strictObject({
  Name: z.string(),
  Description: z.string().optional(),
  State: z.enum(['ENABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS', 'DISABLED']).default('ENABLED'),
  EventPattern: Pattern,
  Targets: z.array(z.strictObject({ Id: z.string(), Arn: z.string() })),
});

/** Every rule of the templates that is not disabled; all are on the account's default bus. */
export function rulesOf(templates: Templates, names: PhysicalNames, place: Place): WorldRule[] {
  const { account, region } = place;
  return resourcesOfType('AWS::Events::Rule', Rule, templates, names)
    .filter(([, { State }]) => State !== 'DISABLED')
    .map(([, rule]) => ({
      account,
      region,
      name: rule.Name,
      pattern: rule.EventPattern,
      takesReadOnlyEvents: rule.State === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      queueArns: rule.Targets.map(({ Arn }) => Arn),
    }));
}
