import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Access } from '../domain/access.ts';
import { parseUserArn } from '../domain/arn.ts';
import type { Caller } from '../domain/caller.ts';
import type { Minutes } from '../domain/duration.ts';
import { peopleByUserArn } from '../domain/identities.ts';
import type { Instant } from '../domain/instant.ts';
import { type GroupName, type Handle, parseHandle, parseTokenGroup } from '../domain/names.ts';

/** Who is calling, by what API Gateway has proved; undefined where it is nobody of the access file. */
export type CallerOf = (event: APIGatewayProxyEvent) => Caller | undefined;

type Doors = {
  readonly access: Access;
  /** How old an MFA session the resource policy lets in at this function's routes. */
  readonly iamDoorMfa: Minutes;
};

/** NB. The console's test invocations name a caller, and neither authorizer nor resource policy has seen them. */
const TEST_STAGE = 'test-invoke-stage';

/** Reads callers. The route decides the door, since its method has one authorizer; what else an event holds does not. */
export function callersAt({ access, iamDoorMfa }: Doors): CallerOf {
  const users = peopleByUserArn(access);
  return ({ resource, requestContext: { identity, authorizer, stage } }) => {
    if (stage === TEST_STAGE) return undefined;
    if (resource.startsWith('/iam/v1/')) {
      const person = users.get(userArnOf(identity) ?? '');
      const mfa = { kind: 'iam-session', within: iamDoorMfa } as const;
      return person && { person, door: 'iam', tokenGroups: [], mfa };
    }
    const caller = resource.startsWith('/v1/') ? parseCaller(authorizer?.['caller']) : undefined;
    return caller !== undefined && access.people.has(caller.person) ? caller : undefined;
  };
}

/**
 * The ARN of an IAM user who signed with a session; undefined for roles, federated users and root.
 *
 * NB. Long-term keys (`AKIA…`) never prove MFA, whatever a resource policy lets in; only STS makes keys of `ASIA…`:
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
 */
function userArnOf({
  accessKey,
  accountId,
  userArn,
}: APIGatewayProxyEvent['requestContext']['identity']): string | undefined {
  const arn = parseUserArn(userArn ?? '');
  const isSession = accessKey?.startsWith('ASIA') === true;
  return arn !== undefined && isSession && arn.account === accountId ? arn.text : undefined;
}

/** What the authorizer hands on, as one text, since its context takes scalars only. */
const CALLER = z.strictObject({
  person: z.custom<Handle>((value) => parseHandle(String(value)) === value),
  door: z.literal('oidc'),
  tokenGroups: z.array(z.custom<GroupName>((value) => parseTokenGroup(String(value)) === value)),
  mfa: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('absent') }),
    z.strictObject({
      kind: z.literal('token'),
      evidence: z.string(),
      at: z.custom<Instant>((value) => Number.isSafeInteger(value)),
    }),
  ]),
});

/** The caller whom the authorizer of the OIDC door has found; undefined where the text is not its own. */
function parseCaller(text: unknown): Caller | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return CALLER.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
