import * as z from 'zod';
import type { Check } from './checks.ts';
import { ofType } from './template.ts';

const Rule = z.object({ State: z.string().default('ENABLED'), Targets: z.array(z.unknown()) });

const TO_THE_QUEUE = JSON.stringify({ 'Fn::GetAtt': ['TrailQueue', 'Arn'] });

/** Ways in which what CloudTrail says would not reach the function that follows it. */
export const trailIsHeard: Check = (template) => {
  const rules = new Map(ofType(template, 'AWS::Events::Rule', Rule));
  const hears = (id: string) => JSON.stringify(rules.get(id)?.Targets ?? []).includes(TO_THE_QUEUE);
  const { State: state } = rules.get('TrailEventsRule') ?? {};
  return [
    ...['TrailFilesRule', 'TrailEventsRule']
      .filter((id) => !hears(id))
      .map((id) => `${id} does not reach the queue`),
    // AssumeRole is a read-only event, and a rule that is merely enabled gets none of those.
    ...(state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'
      ? []
      : ['the rule for events misses AssumeRole']),
  ];
};

const Statement = z.looseObject({ Principal: z.unknown(), Condition: z.unknown().optional() });
const QueuePolicy = z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) });

/** Queue policies that let in more than the rules of this hub. */
export const onlyRulesSend: Check = (template) =>
  ofType(template, 'AWS::SQS::QueuePolicy', QueuePolicy).flatMap(
    ([
      id,
      {
        PolicyDocument: { Statement: all },
      },
    ]) =>
      all
        .filter((one) => !JSON.stringify(one.Condition ?? {}).includes('aws:SourceArn'))
        .map(() => `${id} lets in anybody's rules`),
  );

const Bucket = z.object({
  VersioningConfiguration: z.object({ Status: z.literal('Enabled') }),
  PublicAccessBlockConfiguration: z.record(z.string(), z.literal(true)),
  BucketEncryption: z.unknown(),
  NotificationConfiguration: z
    .object({ EventBridgeConfiguration: z.object({ EventBridgeEnabled: z.literal(true) }) })
    .optional(),
});

/** What would lose log files or reports, show them, or keep silent of them. */
export const auditBucketsAreKept: Check = (template) =>
  ['TrailBucket', 'ReportsBucket'].flatMap((id) => {
    const resource = template.Resources[id];
    const parsed = Bucket.safeParse(resource?.Properties);
    if (!parsed.success) return parsed.error.issues.map(({ path }) => `${id} ${path.join('.')}`);
    const isRetained = Reflect.get(Object(resource), 'DeletionPolicy') === 'Retain';
    const isSilent = id === 'TrailBucket' && parsed.data.NotificationConfiguration === undefined;
    return [
      ...(isRetained ? [] : [`${id} goes with the stack`]),
      ...(isSilent ? ['nobody hears of log files'] : []),
    ];
  });
