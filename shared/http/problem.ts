import type { Condition } from '../domain/condition.ts';
import type { Fault, Refusal, RefusalCode } from '../domain/refusal.ts';

/** Refusals of the edge itself, before any use case is asked. */
export type EdgeRefusal = {
  readonly code:
    | 'malformed-json'
    | 'unsupported-media-type'
    | 'too-large'
    | 'forbidden'
    | 'unknown-route'
    | 'internal';
  readonly detail: string;
};

/** Every code of the API. */
export type ProblemCode = RefusalCode | EdgeRefusal['code'];

/** The one table from codes to statuses; titles are those of the statuses (RFC 9457, section 4.2.1, about:blank). */
export const STATUSES: Readonly<Record<ProblemCode, number>> = {
  'malformed-json': 400,
  'step-up-required': 401,
  forbidden: 403,
  'denied-by-rule': 403,
  'no-rule-allows': 403,
  'own-request': 403,
  'not-an-approver': 403,
  'not-the-requester': 403,
  'not-an-auditor': 403,
  'no-longer-allowed': 403,
  'not-found': 404,
  'unknown-link-code': 404,
  'unknown-route': 404,
  'wrong-state': 409,
  'digest-mismatch': 409,
  contended: 409,
  'linked-otherwise': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  invalid: 422,
  'idempotency-key-reused': 422,
  'session-policy-too-large': 422,
  'too-many-requests': 429,
  'too-many-pending': 429,
  'too-many-issues': 429,
  internal: 500,
  'record-damaged': 500,
  'role-not-assumable': 502,
  'region-disabled': 502,
  'session-too-long': 502,
  'role-chaining-limit': 502,
  'issuer-answer-mismatch': 502,
  'issuer-throttled': 503,
  'issuer-unavailable': 503,
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** A problem of RFC 9457 with the members that Drawbridge adds. */
export type Problem = {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly Fault[];
  readonly conditions?: readonly Condition[];
  readonly state?: string;
  readonly rule?: string;
  /** The challenge of RFC 9470: API Gateway renames the header that carries it. */
  readonly challenge?: string;
};

/** What a challenge tells a client to ask its identity provider for. */
export type StepUp = { readonly acrValues: readonly string[]; readonly door: 'oidc' | 'iam' | undefined };

/** A refusal as status, headers and problem. */
export function problemOf(
  refusal: Refusal | EdgeRefusal,
  stepUp: StepUp,
): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly problem: Problem;
} {
  const status = STATUSES[refusal.code];
  const challenge = refusal.code === 'step-up-required' ? challengeOf(refusal, stepUp) : undefined;
  const retryAfter = 'retryAfterSeconds' in refusal ? refusal.retryAfterSeconds : undefined;
  return {
    status,
    headers: {
      ...(challenge === undefined ? {} : { 'WWW-Authenticate': challenge }),
      ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
    },
    problem: {
      type: 'about:blank',
      title: TITLES[status] ?? '',
      status,
      code: refusal.code,
      detail:
        stepUp.door === 'iam' && challenge !== undefined
          ? `${refusal.detail} ${AT_THE_IAM_DOOR}`
          : refusal.detail,
      ...('faults' in refusal ? { errors: refusal.faults } : {}),
      ...('conditions' in refusal ? { conditions: refusal.conditions } : {}),
      ...('state' in refusal ? { state: refusal.state } : {}),
      ...('rule' in refusal ? { rule: refusal.rule } : {}),
      ...(challenge === undefined ? {} : { challenge }),
    },
  };
}

const AT_THE_IAM_DOOR =
  'Sign with a new session: aws sts get-session-token --serial-number <your device> --token-code <its code>. ' +
  'Where that is not enough, come to the OIDC door: IAM does not say how old an MFA session is.';

/** RFC 9470, section 3. */
function challengeOf(
  { maxAgeSeconds }: Refusal & { code: 'step-up-required' },
  { acrValues }: StepUp,
): string {
  const parts = [
    'error="insufficient_user_authentication"',
    'error_description="A fresh proof of MFA is required"',
    ...(acrValues.length === 0 ? [] : [`acr_values="${acrValues.join(' ').replace(/["\\]/g, '\\$&')}"`]),
    `max_age="${maxAgeSeconds}"`,
  ];
  return `Bearer ${parts.join(', ')}`;
}
