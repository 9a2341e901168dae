/** What a rule can ask for; stable codes. */
export type ConditionCode =
  | 'person'
  | 'role'
  | 'duration'
  | 'reason'
  | 'ticket'
  | 'hours'
  | 'scope'
  | 'mfa'
  | 'approval';

/** One condition with its outcome; one that could not be evaluated has failed, and counts as unsatisfied. */
export type Condition = {
  readonly code: ConditionCode;
  readonly outcome: 'satisfied' | 'unsatisfied' | 'failed';
  /** A sentence for the person who meets it. */
  readonly sentence: string;
};

/** Checks one condition; where the check throws, it has failed. */
export function condition(
  code: ConditionCode,
  holds: () => boolean,
  sentences: { readonly satisfied: string; readonly unsatisfied: string },
): Condition {
  try {
    return holds()
      ? { code, outcome: 'satisfied', sentence: sentences.satisfied }
      : { code, outcome: 'unsatisfied', sentence: sentences.unsatisfied };
  } catch {
    return {
      code,
      outcome: 'failed',
      sentence: `The condition "${code}" could not be evaluated, so it counts as not met. Tell the operators.`,
    };
  }
}

/** The conditions that are not met. */
export function unmet(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.filter(({ outcome }) => outcome !== 'satisfied');
}
