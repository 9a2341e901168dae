import * as z from 'zod';
import { AwsRefusal } from '../aws.ts';
import type { Evaluator } from '../evaluate.ts';
import { authorize, because, type Call, notAuthorized, type TrailDetail } from '../operation.ts';
import { type JsonOperation, jsonReply } from '../protocols/json.ts';

/** What CloudTrail speaks. */
export const CONTENT_TYPE = 'application/x-amz-json-1.1';

/** An operation of CloudTrail that still needs its name and somebody who judges. */
export type CloudTrailOperation = (name: string, evaluate: Evaluator) => JsonOperation;

/** An operation that reads: parsed, authorized on the resource, then answered. Each is a read-only management event. */
export function readOperation<Shape extends z.ZodType>(
  shape: Shape,
  resource: (input: z.output<Shape>, call: Call) => string,
  answer: (input: z.output<Shape>, call: Call) => object | Promise<object>,
): CloudTrailOperation {
  return (name, evaluate) => ({
    event: { readOnly: true },
    refused: recorded,
    async run(raw, call) {
      const input = parsed(shape, raw);
      // In member accounts their own policies alone decide about the organization's trail.
      const target = { arn: resource(input, call), account: call.caller.account };
      await authorize(evaluate, call, `cloudtrail:${name}`, target, (caller, action, { arn }, verdict) => {
        const text = notAuthorized(caller, action, arn) + because(action, verdict);
        return new AwsRefusal('AccessDeniedException', text, 400);
      });
      const body = await answer(input, call);
      return {
        reply: jsonReply(200, body, CONTENT_TYPE, call.requestId),
        detail: { requestParameters: recorded(raw) },
      };
    },
  });
}

function parsed<Shape extends z.ZodType>(shape: Shape, raw: unknown): z.output<Shape> {
  const result = shape.safeParse(raw);
  if (!result.success) throw new AwsRefusal('ValidationException', z.prettifyError(result.error), 400);
  return result.data;
}

/** The parameters as CloudTrail writes its own: the same, beginning with a small letter. */
function recorded(raw: unknown): TrailDetail['requestParameters'] {
  return Object.fromEntries(
    Object.entries(Object(raw)).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
  );
}
