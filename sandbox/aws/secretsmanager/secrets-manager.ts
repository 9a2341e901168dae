import * as z from 'zod';
import { AwsRefusal, type Caller, type WorldSecret } from '../aws.ts';
import type { Evaluator } from '../evaluate.ts';
import { newUuid, type Randomness } from '../identifiers.ts';
import { authorize, because, type Call, type Denial, notAuthorized, type Target } from '../operation.ts';
import { type JsonOperation, jsonReply, jsonService } from '../protocols/json.ts';
import type { Service } from '../service.ts';
import { createSecrets, findSecret, type Secret, stagesOf, versionOf } from './secrets.ts';

const CONTENT_TYPE = 'application/x-amz-json-1.1';
/** How many values are kept: those that have a label. */
const LABELLED = 2;

const secretId = z.object({ SecretId: z.string().min(1).max(2048) });
const getInput = secretId.extend({ VersionId: z.string().optional(), VersionStage: z.string().optional() });
const putInput = secretId.extend({
  // PutSecretValue, "Request Parameters": at most 65,536 bytes; binary values are not modelled.
  SecretString: z
    .string()
    .min(1)
    .refine((it) => Buffer.byteLength(it) <= 65_536, 'A secret has at most 65536 bytes.'),
  ClientRequestToken: z.string().min(32).max(64).optional(),
});

type Parts = { readonly secrets: readonly Secret[]; readonly evaluate: Evaluator };

/** AWS Secrets Manager: reading, describing and putting values of the world's secrets. */
export function createSecretsManager(options: {
  readonly secrets: readonly WorldSecret[];
  readonly evaluate: Evaluator;
  readonly random: Randomness;
  readonly since: number;
}): Service {
  const newVersionId = () => newUuid(options.random);
  const parts: Parts = {
    evaluate: options.evaluate,
    secrets: createSecrets(options.secrets, options.since, newVersionId),
  };
  const operations: Readonly<Record<string, JsonOperation>> = {
    GetSecretValue: operation(parts, 'GetSecretValue', getInput, secretValue),
    DescribeSecret: operation(parts, 'DescribeSecret', secretId, (_input, secret) => described(secret)),
    PutSecretValue: operation(parts, 'PutSecretValue', putInput, (input, secret, { now }) => {
      const version = { id: input.ClientRequestToken ?? newVersionId(), value: input.SecretString };
      return put(secret, { ...version, createdAt: now });
    }),
  };
  return jsonService({
    name: 'secretsmanager',
    contentType: CONTENT_TYPE,
    namespace: '',
    operation: (name) => (Object.hasOwn(operations, name) ? operations[name] : undefined),
  });
}

function operation<Shape extends typeof secretId>(
  { secrets, evaluate }: Parts,
  name: string,
  shape: Shape,
  handle: (input: z.output<Shape>, secret: Secret, call: Call) => object,
): JsonOperation {
  return {
    event: { readOnly: name !== 'PutSecretValue' },
    refused: recorded,
    async run(raw, call) {
      const input = parsed(shape, raw);
      const secret = await permitted(secrets, input.SecretId, `secretsmanager:${name}`, evaluate, call);
      const body = handle(input, secret, call);
      const isPut = name === 'PutSecretValue';
      return {
        reply: jsonReply(200, body, CONTENT_TYPE, call.requestId),
        detail: {
          requestParameters: recorded(raw),
          ...(isPut ? { responseElements: { arn: secret.arn } } : {}),
          ...(secret.account === call.caller.account ? {} : { sharedWith: secret.account }),
        },
      };
    },
  };
}

/** Whoever may not have a secret is not told whether there is one. */
async function permitted(
  secrets: readonly Secret[],
  id: string,
  action: string,
  evaluate: Evaluator,
  call: Call,
): Promise<Secret> {
  const { account } = call.caller;
  const secret = findSecret(secrets, id, call);
  const named = id.startsWith('arn:') ? id : `arn:aws:secretsmanager:${call.region}:${account}:secret:${id}`;
  const target: Target = { arn: secret?.arn ?? named, account: secret?.account ?? account };
  await authorize(evaluate, call, action, target, refusal);
  if (secret !== undefined) return secret;
  throw new AwsRefusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.", 400);
}

function secretValue(input: z.output<typeof getInput>, secret: Secret): object {
  const version = versionOf(secret, {
    ...(input.VersionId === undefined ? {} : { VersionId: input.VersionId }),
    ...(input.VersionStage === undefined ? {} : { VersionStage: input.VersionStage }),
  });
  return {
    ...named(secret),
    VersionId: version.id,
    VersionStages: stagesOf(secret, version),
    SecretString: version.value,
    CreatedDate: version.createdAt / 1000,
  };
}

function described(secret: Secret): object {
  return {
    ...named(secret),
    CreatedDate: secret.createdAt / 1000,
    VersionIdsToStages: Object.fromEntries(secret.versions.map((it) => [it.id, stagesOf(secret, it)])),
  };
}

/** A repeated token with the same value changes nothing; with another value it is refused (API_PutSecretValue). */
function put(secret: Secret, version: Secret['versions'][number]): object {
  const same = secret.versions.find(({ id }) => id === version.id);
  if (same !== undefined && same.value !== version.value) {
    throw new AwsRefusal(
      'ResourceExistsException',
      `You can't modify version ${version.id}: it has a value already.`,
      400,
    );
  }
  if (same === undefined) {
    secret.versions.unshift(version);
    secret.versions.splice(LABELLED);
  }
  return { ...named(secret), VersionId: version.id, VersionStages: stagesOf(secret, same ?? version) };
}

function named({ arn, name }: Secret) {
  return { ARN: arn, Name: name };
}

function refusal(caller: Caller, action: string, { arn }: Target, verdict: Denial): AwsRefusal {
  const text = notAuthorized(caller, action, arn) + because(action, verdict);
  return new AwsRefusal('AccessDeniedException', text, 400);
}

/** NB. The complaint names the fields that are wrong, never what is in them. */
function parsed<Shape extends z.ZodType>(shape: Shape, raw: unknown): z.output<Shape> {
  const result = shape.safeParse(raw);
  if (!result.success) throw new AwsRefusal('InvalidParameterException', z.prettifyError(result.error), 400);
  return result.data;
}

/** Which secret, and never its value, as with AWS. */
function recorded(raw: unknown) {
  const { data } = z
    .object({ SecretId: z.string().optional(), ClientRequestToken: z.string().optional() })
    .safeParse(raw);
  return { secretId: data?.SecretId, clientRequestToken: data?.ClientRequestToken };
}
