/**
 * What the gateway may answer by itself, with the status, text and error type that it has where nothing is
 * configured (API Gateway Developer Guide, "Gateway response types"). A response of a function that is no response
 * has no type of its own there: it is a 502, which only DEFAULT_5XX can reword ("Lambda proxy integrations in API
 * Gateway": a different format gives 502 Bad Gateway).
 */
const REFUSALS = {
  ACCESS_DENIED: [403, 'User is not authorized to access this resource', 'AccessDeniedException'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'Internal server error', 'AuthorizerConfigurationException'],
  AUTHORIZER_FAILURE: [500, 'Internal server error', 'AuthorizerFailureException'],
  EXPIRED_TOKEN: [403, 'The security token included in the request is expired', 'ExpiredTokenException'],
  INVALID_SIGNATURE: [403, 'The request signature does not match', 'InvalidSignatureException'],
  MALFORMED_RESPONSE: [502, 'Internal server error', 'InternalServerErrorException'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token', 'MissingAuthenticationTokenException'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long', 'RequestTooLargeException'],
  UNAUTHORIZED: [401, 'Unauthorized', 'UnauthorizedException'],
  URI_TOO_LONG: [414, 'Request URI too long', 'RequestUriTooLongException'],
} as const satisfies Record<string, readonly [status: number, message: string, errorType: string]>;

/** The kinds of refusals. */
export type RefusalType = keyof typeof REFUSALS;

/** A refusal by the gateway itself. */
export type Refusal = {
  readonly kind: 'refused';
  readonly type: RefusalType;
  readonly status: number;
  readonly message: string;
  readonly errorType: string;
};

/** A refusal of this type; the message is AWS's own where none is given. */
export function refusal(type: RefusalType, message?: string): Refusal {
  const [status, standard, errorType] = REFUSALS[type];
  return { kind: 'refused', type, status, message: message ?? standard, errorType };
}
