import type { Refusal } from '../../shared/domain/refusal.ts';
import { type EdgeRefusal, type ProblemCode, problemOf, STATUSES } from '../../shared/http/problem.ts';
import { Problem } from '../../shared/http/response-schemas.ts';
import { ruleName } from '../domain/values.ts';

const detail = 'What to do next.';
const conditions = [{ code: 'person', outcome: 'unsatisfied', sentence: 'Not met.' }] as const;
const faults = [{ pointer: '/role', detail: 'Correct it.' }];

/**
 * Statuses and their titles as RFC 9110, section 15 has them (401 for a challenge: RFC 9470; 429: RFC 6585), and what
 * each problem carries.
 */
const PROBLEMS: Readonly<Record<ProblemCode, readonly [status: string, members: object]>> = {
  'malformed-json': ['400 Bad Request', {}],
  'step-up-required': ['401 Unauthorized', { maxAgeSeconds: 900, conditions }],
  forbidden: ['403 Forbidden', {}],
  'denied-by-rule': ['403 Forbidden', { rule: ruleName('testers-never') }],
  'no-rule-allows': ['403 Forbidden', { conditions }],
  'own-request': ['403 Forbidden', {}],
  'not-an-approver': ['403 Forbidden', {}],
  'not-the-requester': ['403 Forbidden', {}],
  'not-an-auditor': ['403 Forbidden', {}],
  'no-longer-allowed': ['403 Forbidden', { conditions }],
  'not-found': ['404 Not Found', {}],
  'unknown-route': ['404 Not Found', {}],
  'unknown-link-code': ['404 Not Found', {}],
  'linked-otherwise': ['409 Conflict', {}],
  'wrong-state': ['409 Conflict', { state: 'denied' }],
  'digest-mismatch': ['409 Conflict', {}],
  contended: ['409 Conflict', {}],
  'too-large': ['413 Content Too Large', {}],
  'unsupported-media-type': ['415 Unsupported Media Type', {}],
  invalid: ['422 Unprocessable Content', { faults }],
  'idempotency-key-reused': ['422 Unprocessable Content', {}],
  'session-policy-too-large': ['422 Unprocessable Content', {}],
  'too-many-requests': ['429 Too Many Requests', { retryAfterSeconds: 42 }],
  'too-many-pending': ['429 Too Many Requests', {}],
  'too-many-issues': ['429 Too Many Requests', { retryAfterSeconds: 7 }],
  internal: ['500 Internal Server Error', {}],
  'record-damaged': ['500 Internal Server Error', {}],
  'role-not-assumable': ['502 Bad Gateway', {}],
  'region-disabled': ['502 Bad Gateway', {}],
  'session-too-long': ['502 Bad Gateway', {}],
  'role-chaining-limit': ['502 Bad Gateway', {}],
  'issuer-answer-mismatch': ['502 Bad Gateway', {}],
  'issuer-throttled': ['503 Service Unavailable', { retryAfterSeconds: 2 }],
  'issuer-unavailable': ['503 Service Unavailable', { retryAfterSeconds: 5 }],
};

const cases = Object.entries(PROBLEMS).map(([code, [status, members]]) => ({
  code,
  status,
  refusal: { code, detail, ...members } as Refusal | EdgeRefusal,
}));

test.each(cases)('$code is $status', ({ code, status, refusal }) => {
  const rendered = problemOf(refusal, { acrValues: [], door: 'oidc' });
  expect(`${rendered.status} ${rendered.problem.title}`).toBe(status);
  expect(rendered.problem).toMatchObject({ type: 'about:blank', status: rendered.status, code, detail });
  expect(Problem.strict().parse(rendered.problem)).toEqual(rendered.problem);
});

test.each(cases)('$code says when to try again just where that is known', ({ refusal }) => {
  const { headers } = problemOf(refusal, { acrValues: [], door: 'oidc' });
  const known = 'retryAfterSeconds' in refusal ? String(refusal.retryAfterSeconds) : undefined;
  expect(headers['Retry-After']).toBe(known);
});

test('the table has every code', () => {
  expect(new Set(Object.keys(STATUSES))).toEqual(new Set(Object.keys(PROBLEMS)));
});

test('what a refusal knows is shown, and nothing beyond', () => {
  const { problem } = problemOf({ code: 'wrong-state', detail, state: 'denied', secret: 'x' } as Refusal, {
    acrValues: [],
    door: 'oidc',
  });
  expect(problem).toEqual({
    ...{ type: 'about:blank', title: 'Conflict', status: 409, code: 'wrong-state', detail },
    state: 'denied',
  });
});
