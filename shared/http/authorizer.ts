import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import type { TokenVerifier } from '../ports/caller-identity.ts';
import type { Log } from '../ports/log.ts';

/** A Lambda authorizer of type TOKEN: decides for one call and is asked again at the next. */
export type Authorizer = (event: APIGatewayTokenAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/** RFC 6750, section 2.1; the scheme's case does not matter (RFC 9110, section 11.1). */
const BEARER = /^bearer ([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * The OIDC door. API Gateway answers 401 to the error `Unauthorized`, 403 to a Deny and 500 to any other error:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export function authorizer({
  verify,
  log,
}: {
  readonly verify: TokenVerifier;
  readonly log: Log;
}): Authorizer {
  return async ({ authorizationToken, methodArn }) => {
    const token = BEARER.exec(authorizationToken)?.[1];
    if (token === undefined) {
      log('warn', 'token-refused', { fault: 'malformed', detail: 'The header is not: Bearer <token>.' });
      throw unauthorized();
    }
    const caller = await verify(token);
    if ('person' in caller)
      return answer('Allow', methodArn, caller.person, { caller: JSON.stringify(caller) });
    const { fault, detail } = caller;
    log(fault === 'keys-unavailable' ? 'error' : 'warn', 'token-refused', { fault, detail });
    if (fault === 'unknown-person') return answer('Deny', methodArn, 'unknown-person', {});
    throw fault === 'keys-unavailable'
      ? new Error("The identity provider's keys are unavailable, so nobody can be let in.")
      : unauthorized();
  };
}

/** NB. For this very method and path: with a wider policy a cached answer would open other routes. */
function answer(
  effect: 'Allow' | 'Deny',
  methodArn: string,
  principalId: string,
  context: { readonly caller?: string },
): APIGatewayAuthorizerResult {
  return {
    principalId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: effect, Action: 'execute-api:Invoke', Resource: methodArn }],
    },
    context,
  };
}

/** The very word that API Gateway turns into 401. */
function unauthorized(): Error {
  return new Error('Unauthorized');
}
