import * as z from 'zod';
import type { Invocation } from '../lambda/invocation.ts';

/** What an answer says of a batch: all of it succeeded, all of it failed, or the named items failed. */
export type BatchAnswer =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'partial'; readonly failed: ReadonlySet<string> };

const Answer = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * Reads an answer as Lambda does (developer guide, "Configuring partial batch response with DynamoDB and Lambda" and
 * "Handling errors for an SQS event source in Lambda"): nothing at all, or an empty list, is success; an identifier that is
 * empty, missing or none of the batch's is failure. Without ReportBatchItemFailures nobody looks at an answer.
 */
export function readBatchAnswer(
  invocation: Invocation,
  reportsFailures: boolean,
  identifiers: readonly string[],
): BatchAnswer {
  if (invocation.outcome === 'failed') return { kind: 'failed' };
  if (!reportsFailures) return { kind: 'succeeded' };
  const answer = Answer.safeParse(invocation.payload);
  if (!answer.success) return { kind: 'failed' };
  const failed = new Set((answer.data?.batchItemFailures ?? []).map((item) => item.itemIdentifier));
  if (failed.size === 0) return { kind: 'succeeded' };
  const known = [...failed].every((identifier) => identifiers.includes(identifier));
  return known ? { kind: 'partial', failed } : { kind: 'failed' };
}
