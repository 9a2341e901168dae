import { type Condition, unmet } from './condition.ts';
import type { Minutes } from './duration.ts';
import type { State } from './elevation.ts';
import type { Evaluation } from './evaluation.ts';
import type { RuleName } from './names.ts';
import type { Carried } from './redecision.ts';
import type { Refusal } from './refusal.ts';

/** Another outcome came first. */
export function wrongState(state: State, wanted: string): Refusal {
  return {
    code: 'wrong-state',
    state,
    detail: `This elevation is ${state}, so it cannot be ${wanted}.`,
  };
}

/** A fresh MFA would do; the tightest of the bounds that are set becomes the challenge's max_age. */
export function stepUp(
  conditions: readonly Condition[],
  ...bounds: readonly (Minutes | undefined)[]
): Refusal {
  const withinMinutes = Math.min(...bounds.filter((bound) => bound !== undefined));
  return {
    code: 'step-up-required',
    maxAgeSeconds: withinMinutes * 60,
    conditions: unmet(conditions),
    detail: `Prove MFA again, then repeat the call: the proof must be no older than ${withinMinutes} minutes.`,
  };
}

/** An explicit deny of the file. */
export function deniedByRule(rule: RuleName): Refusal {
  return {
    code: 'denied-by-rule',
    rule,
    detail: `Rule ${rule} says that you never get this role, whatever other rules allow.`,
  };
}

/** Why the rules do not take a request. */
export function refusalOf(evaluation: Exclude<Evaluation, { outcome: 'allowed' }>): Refusal {
  switch (evaluation.outcome) {
    case 'denied':
      return deniedByRule(evaluation.rule.name);
    case 'not-allowed':
      return {
        code: 'no-rule-allows',
        conditions: evaluation.conditions,
        detail: 'No rule lends you this role on these terms.',
      };
    case 'not-yet':
      return stepUp(evaluation.conditions, evaluation.rule.mfa?.within);
    default:
      return evaluation satisfies never;
  }
}

/** Why the file of today does not carry an elevation. */
export function noLongerAllowed(carried: Carried): Refusal {
  if (carried.outcome === 'denied') return deniedByRule(carried.rule);
  return {
    code: 'no-longer-allowed',
    conditions: unmet(carried.conditions),
    detail: 'The access file, as it is now, does not allow this elevation any more. Ask again.',
  };
}
