import * as z from 'zod/mini';

const Text = z.nullish(z.string());

/** CloudTrail writes most of its flags as texts. */
const Flag = z.nullish(z.union([z.string(), z.boolean()]));

/**
 * A CloudTrail record, of what the audit reads; members it does not name may hold anything. Optional is what the guide
 * says may be absent, and what records of the first versions did not have yet.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const RecordSchema = z.object({
  eventVersion: z.nullish(z.string().check(z.regex(/^1\./))),
  eventID: Text,
  sharedEventID: Text,
  addendum: z.nullish(z.object({ reason: Text, originalEventID: Text })),
  eventTime: z.string(),
  eventSource: z.string(),
  eventName: z.string(),
  eventType: Text,
  awsRegion: z.string(),
  recipientAccountId: Text,
  sourceIPAddress: Text,
  userAgent: Text,
  errorCode: Text,
  errorMessage: Text,
  readOnly: z.nullish(z.boolean()),
  userIdentity: z.nullish(
    z.object({
      type: Text,
      arn: Text,
      principalId: Text,
      accountId: Text,
      accessKeyId: Text,
      invokedBy: Text,
      sessionContext: z.nullish(
        z.object({
          sessionIssuer: z.nullish(z.object({ arn: Text })),
          sourceIdentity: Text,
          attributes: z.nullish(z.object({ mfaAuthenticated: Flag })),
        }),
      ),
    }),
  ),
  requestParameters: z.optional(z.unknown()),
  responseElements: z.optional(z.unknown()),
  additionalEventData: z.optional(z.unknown()),
  resources: z.nullish(z.array(z.object({ ARN: Text, ARNPrefix: Text, type: Text, accountId: Text }))),
  sessionCredentialFromConsole: Flag,
});

/** What the schema reads. */
export type RecordJson = z.infer<typeof RecordSchema>;
