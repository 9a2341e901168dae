import type { Json } from '../domain/canonical-json.ts';
import type { ConditionCode } from '../domain/condition.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { EdgeRefusal } from '../http/problem.ts';
import type { Filled } from './filled.ts';
import { sentencesOf } from './refusal-sentences.ts';

/** Keeps the form open and shows under each field what to mend; what no field can mend stands under the first. */
export function errorsUnder(filled: Filled, refusal: Refusal | EdgeRefusal): Json {
  const [first] = filled.values();
  const errors = new Map<string, string>();
  for (const { field, sentence } of complaintsOf(refusal)) {
    const { block } = filled.get(field) ?? first ?? { block: field };
    const before = errors.get(block);
    errors.set(block, before === undefined ? sentence : `${before} ${sentence}`);
  }
  return { response_action: 'errors', errors: Object.fromEntries(errors) };
}

type Complaint = { readonly field: string; readonly sentence: string };

function complaintsOf(refusal: Refusal | EdgeRefusal): readonly Complaint[] {
  if (refusal.code === 'invalid')
    return refusal.faults.map(({ pointer, detail }) => ({ field: pointer.slice(1), sentence: detail }));
  if (refusal.code === 'no-rule-allows')
    return refusal.conditions.map(({ code, sentence }) => ({ field: FIELD_OF[code], sentence }));
  return [{ field: 'role', sentence: sentencesOf(refusal).join(' ') }];
}

/** The field that can mend a condition. */
const FIELD_OF: Readonly<Record<ConditionCode, string>> = {
  person: 'role',
  role: 'role',
  duration: 'duration',
  reason: 'reason',
  ticket: 'ticket',
  hours: 'role',
  scope: 'role',
  mfa: 'role',
  approval: 'role',
};
