import type { Fault, Refusal } from '../domain/refusal.ts';
import type { EdgeRefusal, ProblemCode } from '../http/problem.ts';

/** What a person in Slack reads about a refusal: never less than why, and what to do next. */
export function sentencesOf(refusal: Refusal | EdgeRefusal): readonly string[] {
  const said = SENTENCES[refusal.code];
  const why = 'conditions' in refusal ? refusal.conditions.map(({ sentence }) => sentence) : [];
  const faults = 'faults' in refusal ? refusal.faults.map(faultSentence) : [];
  return [said ?? refusal.detail, ...new Set([...why, ...faults])];
}

function faultSentence({ pointer, detail }: Fault): string {
  const field = pointer.slice(1);
  return field === '' ? detail : `${field}: ${detail}`;
}

/** The one table from codes to words in Slack; null where the refusal says it well itself. */
const SENTENCES: Readonly<Record<ProblemCode, string | null>> = {
  invalid: 'This cannot be asked for as it stands:',
  'not-found': 'There is no such request, or it is not yours to see.',
  'denied-by-rule': null,
  'no-rule-allows': null,
  'step-up-required':
    'This needs a fresh proof of MFA, which Slack cannot give. Nothing was done here. Finish it at another door:',
  'own-request': null,
  'not-an-approver': null,
  'not-the-requester': null,
  'not-an-auditor': null,
  'wrong-state': null,
  'digest-mismatch':
    'What you clicked on does not show this request as it is, so nothing was done. Look at its card, or type /drawbridge pending.',
  'no-longer-allowed': null,
  'idempotency-key-reused': 'This form has sent another request before. Open a new one: /drawbridge',
  'too-many-requests': null,
  'too-many-pending': null,
  'too-many-issues': null,
  'record-damaged': null,
  'unknown-link-code': null,
  'linked-otherwise': null,
  contended: 'Others are deciding at the same moment. Nothing was done; click again.',
  'role-not-assumable': null,
  'region-disabled': null,
  'session-policy-too-large': null,
  'session-too-long': null,
  'role-chaining-limit': null,
  'issuer-throttled': null,
  'issuer-unavailable': null,
  'issuer-answer-mismatch': null,
  'malformed-json': null,
  'unsupported-media-type': null,
  'too-large': null,
  forbidden: null,
  'unknown-route': null,
  internal: null,
};
