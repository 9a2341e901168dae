import { AwsRefusal, type PolicyDocument, type SandboxAws } from '../aws/aws.ts';
import { headerOf } from '../aws/received-request.ts';
import type { Door, Hub } from '../hub/hub.ts';
import type { Invocation } from '../lambda/invocation.ts';
import { type AuthorizerAnswer, parseAuthorizerAnswer } from './authorizer-answer.ts';
import type { Admission } from './proxy-event.ts';
import { type Refusal, type RefusalType, refusal } from './refusal.ts';
import type { GatewayRequest } from './request.ts';

/** What the doors need from outside. */
export type DoorParts = {
  readonly hub: Hub;
  readonly aws: Pick<SandboxAws, 'authenticate' | 'allows'>;
  /** Runs a function by its name in serverless.yml. */
  readonly invoke: (name: string, event: unknown) => Promise<Invocation>;
};

/** A method's ARN may have 1,600 bytes ("Output from an API Gateway Lambda authorizer"). */
const LONGEST_METHOD_ARN_BYTES = 1600;

/** Whether the request comes in at its door (Developer Guide, "How API Gateway resource policies affect authorization workflow"). */
export function enter(door: Door, request: GatewayRequest, parts: DoorParts): Promise<Admission | Refusal> {
  switch (door.kind) {
    case 'open':
      return enterOpenDoor(request, parts);
    case 'iam':
      return enterByIam(request, parts);
    case 'token':
      return enterByToken(door.authorizer, request, parts);
    default:
      return door satisfies never;
  }
}

/** "API Gateway resource policy only": nothing but an explicit allow lets in. */
async function enterOpenDoor(request: GatewayRequest, parts: DoorParts): Promise<Admission | Refusal> {
  const verdict = await anonymously(parts.hub.resourcePolicy, request, parts);
  return verdict === 'allowed' ? { door: 'open' } : refusal('ACCESS_DENIED');
}

/** "IAM authentication and resource policy": who signed first, then both policies together. */
async function enterByIam(request: GatewayRequest, parts: DoorParts): Promise<Admission | Refusal> {
  const { hub, aws } = parts;
  try {
    const caller = aws.authenticate(request, 'execute-api');
    const question = { ...questionOf(request, hub), caller, resourcePolicy: hub.resourcePolicy };
    if ((await aws.allows(question)) === 'allowed') return { door: 'iam', caller };
    return refusal('ACCESS_DENIED', `User: ${caller.arn} is not authorized to access this resource`);
  } catch (error) {
    if (error instanceof AwsRefusal) return refusal(typeOfRefusal(error.code), error.message);
    throw error;
  }
}

/**
 * "Lambda authorizer and resource policy", table A: a deny of the resource policy keeps the authorizer from being
 * asked; afterwards any deny refuses, and one allow is enough.
 */
async function enterByToken(
  authorizer: string,
  request: GatewayRequest,
  parts: DoorParts,
): Promise<Admission | Refusal> {
  if (Buffer.byteLength(methodArnOf(request, parts.hub)) > LONGEST_METHOD_ARN_BYTES) {
    return refusal('URI_TOO_LONG');
  }
  const byResource = await anonymously(parts.hub.resourcePolicy, request, parts);
  if (byResource === 'explicit-deny') return refusal('ACCESS_DENIED');
  const answer = await askAuthorizer(authorizer, request, parts);
  if ('kind' in answer) return answer;
  const byAuthorizer = await anonymously(answer.policy, request, parts);
  if (byAuthorizer === 'explicit-deny') return refusal('ACCESS_DENIED');
  if (byAuthorizer !== 'allowed' && byResource !== 'allowed') return refusal('ACCESS_DENIED');
  return { door: 'token', authorizer: answer.context };
}

async function askAuthorizer(
  authorizer: string,
  request: GatewayRequest,
  { hub, invoke }: DoorParts,
): Promise<AuthorizerAnswer | Refusal> {
  const authorizationToken = headerOf(request, 'authorization') ?? '';
  if (authorizationToken === '') return refusal('UNAUTHORIZED');
  const event = { type: 'TOKEN', methodArn: methodArnOf(request, hub), authorizationToken };
  const invocation = await invoke(authorizer, event);
  if (invocation.outcome === 'answered') {
    return parseAuthorizerAnswer(invocation.payload) ?? refusal('AUTHORIZER_CONFIGURATION_ERROR');
  }
  const isUnauthorized = invocation.error.errorMessage === 'Unauthorized';
  return refusal(isUnauthorized ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE');
}

function anonymously(resourcePolicy: PolicyDocument, request: GatewayRequest, { hub, aws }: DoorParts) {
  return aws.allows({ ...questionOf(request, hub), caller: 'anonymous', resourcePolicy });
}

function questionOf(request: GatewayRequest, hub: Hub) {
  return {
    action: 'execute-api:Invoke',
    resource: methodArnOf(request, hub),
    resourceAccount: hub.account,
    context: { 'aws:SourceIp': request.sourceIp },
  };
}

/** A star in the path stands for itself: evaluators would read it as any text. */
function methodArnOf({ method, path }: GatewayRequest, hub: Hub): string {
  const api = `arn:${hub.partition}:execute-api:${hub.region}:${hub.account}:${hub.apiId}`;
  return `${api}/${hub.stage}/${method}${path.replaceAll('*', '%2A')}`;
}

function typeOfRefusal(code: string): RefusalType {
  switch (code) {
    case 'MissingAuthenticationTokenException':
      return 'MISSING_AUTHENTICATION_TOKEN';
    case 'ExpiredTokenException':
      return 'EXPIRED_TOKEN';
    default:
      return 'INVALID_SIGNATURE'; // all that is left is a signature or a key that nobody can verify
  }
}
