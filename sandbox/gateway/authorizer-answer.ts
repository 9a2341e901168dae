import * as z from 'zod';
import type { PolicyDocument } from '../aws/aws.ts';

/** What a Lambda authorizer found out. */
export type AuthorizerAnswer = {
  /** As a resource policy, so that it can be asked about anybody. */
  readonly policy: PolicyDocument;
  /** What the function finds in `requestContext.authorizer`. */
  readonly context: Readonly<Record<string, string>>;
};

const OneOrMore = z.union([z.string(), z.array(z.string()).min(1)]);

const Statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: OneOrMore,
  Resource: OneOrMore,
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

/**
 * Developer Guide, "Output from an API Gateway Lambda authorizer": values of the context are texts, numbers or truth
 * values, never objects or lists, and arrive as texts.
 */
const Answer = z.object({
  principalId: z.string(),
  policyDocument: z.object({
    Version: z.string(),
    Statement: z.union([z.array(Statement), Statement.transform((one) => [one])]),
  }),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).nullish(),
});

/** The answer, or undefined where API Gateway could not use it. */
export function parseAuthorizerAnswer(payload: unknown): AuthorizerAnswer | undefined {
  const parsed = Answer.safeParse(payload);
  if (!parsed.success) return undefined;
  const { principalId, policyDocument, context } = parsed.data;
  return {
    policy: {
      Version: policyDocument.Version,
      Statement: policyDocument.Statement.map((statement) => ({ ...statement, Principal: '*' })),
    },
    context: { ...context, principalId },
  };
}
