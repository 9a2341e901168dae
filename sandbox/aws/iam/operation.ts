import * as z from 'zod';
import { AwsRefusal } from '../aws.ts';
import type { Evaluator } from '../evaluate.ts';
import { authorize, because, type Call, notAuthorized, type TrailDetail } from '../operation.ts';
import type { QueryInput, QueryOperation } from '../protocols/query.ts';
import type { XmlTree } from '../protocols/xml.ts';

/** An IAM operation that still needs its name and somebody who judges. */
export type IamOperation = (action: string, evaluate: Evaluator) => QueryOperation;

type Resource = { readonly kind: 'role' | 'user' | 'policy'; readonly name: string; readonly arn: string };

/** Parses, authorizes on the resource, and only then looks whether it is there. */
export function iamOperation<Shape extends z.ZodType>(
  shape: Shape,
  resource: (input: z.output<Shape>, call: Call) => Resource,
  access: 'read' | 'write',
  handle: (input: z.output<Shape>, call: Call) => Promise<XmlTree>,
): IamOperation {
  return (action, evaluate) => ({
    readOnly: access === 'read',
    refused: recorded,
    async run(raw, call) {
      const input = parsed(shape, raw);
      const { kind, name, arn } = resource(input, call);
      const target = { arn, account: call.caller.account };
      await authorize(evaluate, call, `iam:${action}`, target, (caller, denied, _target, verdict) => {
        const text = notAuthorized(caller, denied, `${kind} ${name}`) + because(denied, verdict);
        return new AwsRefusal('AccessDenied', text, 403);
      });
      return { result: await handle(input, call), detail: { requestParameters: recorded(raw) } };
    },
  });
}

function parsed<Shape extends z.ZodType>(shape: Shape, raw: QueryInput): z.output<Shape> {
  const result = shape.safeParse(raw);
  if (!result.success) throw new AwsRefusal('ValidationError', z.prettifyError(result.error), 400);
  return result.data;
}

/** IAM's parameters as CloudTrail writes them: the same, beginning with a small letter. */
function recorded(raw: QueryInput): TrailDetail['requestParameters'] {
  const parameters = Object.entries(raw).filter(([name]) => name !== 'Action' && name !== 'Version');
  return Object.fromEntries(
    parameters.map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
  );
}
