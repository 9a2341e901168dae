import * as z from 'zod';
import { AwsRefusal, type WorldKey } from '../aws.ts';
import type { Evaluator } from '../evaluate.ts';
import type { Randomness } from '../identifiers.ts';
import type { TrailDetail } from '../operation.ts';
import { type JsonOperation, jsonReply, jsonService } from '../protocols/json.ts';
import type { Service } from '../service.ts';
import { createKeys, isMac, type Key, mac, usableKey } from './keys.ts';

const CONTENT_TYPE = 'application/x-amz-json-1.1';

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));
const macInput = z.object({
  KeyId: z.string().min(1).max(2048),
  // GenerateMac, "Request Parameters": at most 4,096 bytes.
  Message: base64.refine(
    (it) => it.length >= 1 && it.length <= 4096,
    'The message must have 1 to 4096 bytes.',
  ),
  MacAlgorithm: z.literal('HMAC_SHA_256'),
});
const verifyInput = macInput.extend({ Mac: base64 });

type Parts = { readonly keys: readonly Key[]; readonly evaluate: Evaluator };

/** AWS Key Management Service: MACs with HMAC_256 keys. */
export function createKms(options: {
  readonly keys: readonly WorldKey[];
  readonly region: string;
  readonly evaluate: Evaluator;
  readonly random: Randomness;
}): Service {
  const { evaluate } = options;
  const parts = { evaluate, keys: createKeys(options.keys, options.region, options.random) };
  const operations: Readonly<Record<string, JsonOperation>> = {
    GenerateMac: macOperation(parts, 'kms:GenerateMac', macInput, (input, key) => ({
      Mac: mac(key, input.Message).toString('base64'),
    })),
    VerifyMac: macOperation(parts, 'kms:VerifyMac', verifyInput, (input, key) => {
      if (isMac(key, input.Message, input.Mac)) return { MacValid: true };
      throw new AwsRefusal('KMSInvalidMacException', 'The MAC does not match the message.', 400);
    }),
  };
  return jsonService({
    name: 'kms',
    contentType: CONTENT_TYPE,
    namespace: '',
    operation: (name) => (Object.hasOwn(operations, name) ? operations[name] : undefined),
  });
}

function macOperation<Shape extends typeof macInput>(
  { keys, evaluate }: Parts,
  action: string,
  shape: Shape,
  handle: (input: z.output<Shape>, key: Key) => object,
): JsonOperation {
  return {
    event: { readOnly: true },
    refused: recorded,
    async run(raw, call) {
      const input = parsed(shape, raw);
      const key = await usableKey(keys, input.KeyId, action, evaluate, call);
      const body = { KeyId: key.arn, MacAlgorithm: input.MacAlgorithm, ...handle(input, key) };
      return {
        reply: jsonReply(200, body, CONTENT_TYPE, call.requestId),
        detail: {
          requestParameters: recorded(raw),
          resources: [{ accountId: key.account, type: 'AWS::KMS::Key', ARN: key.arn }],
          ...(key.account === call.caller.account ? {} : { sharedWith: key.account }),
        },
      };
    },
  };
}

function parsed<Shape extends z.ZodType>(shape: Shape, raw: unknown): z.output<Shape> {
  const result = shape.safeParse(raw);
  if (!result.success) throw new AwsRefusal('ValidationException', z.prettifyError(result.error), 400);
  return result.data;
}

/** Neither message nor MAC, as with AWS. */
function recorded(raw: unknown): TrailDetail['requestParameters'] {
  const { data } = z
    .object({ KeyId: z.string().optional(), MacAlgorithm: z.string().optional() })
    .safeParse(raw);
  return { keyId: data?.KeyId, macAlgorithm: data?.MacAlgorithm };
}
