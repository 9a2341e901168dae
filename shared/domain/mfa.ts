import type { MfaProof } from './caller.ts';
import { type Condition, condition } from './condition.ts';
import { formatDuration, type Minutes } from './duration.ts';
import { before, type Instant } from './instant.ts';

/** How recent a proof of MFA must be. */
export type MfaDemand = {
  readonly within: Minutes;
  readonly backFrom: Instant;
  /**
   * Whether an MFA session that IAM let in is enough, whatever its exact age: at an issue, since the asking was
   * proved fresh.
   */
  readonly boundIsEnough: boolean;
};

/** Whether the proof is recent enough, the oldest that is asked for included. The doors let in none from the future. */
export function mfaHolds(demand: MfaDemand, proof: MfaProof): boolean {
  const oldest = before(demand.backFrom, demand.within);
  switch (proof.kind) {
    case 'absent':
      return false;
    case 'token':
      return proof.at >= oldest;
    case 'iam-session':
      return demand.boundIsEnough || proof.within <= demand.within;
    default:
      return proof satisfies never;
  }
}

/** The demand as a condition. */
export function mfaCondition(demand: MfaDemand, proof: MfaProof): Condition {
  const length = formatDuration(demand.within);
  return condition('mfa', () => mfaHolds(demand, proof), {
    satisfied: `MFA was proved within ${length}.`,
    unsatisfied: `Prove MFA again: a proof no older than ${length} is needed.`,
  });
}
