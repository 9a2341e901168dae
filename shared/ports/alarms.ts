import type { Finding } from '../domain/trail/finding.ts';

/** Tells whoever is on call that something did not come through Drawbridge. Can be told twice; none is lost. */
export type Alarms = {
  /** Raises all of them, or throws. */
  raise(findings: readonly Finding[]): Promise<void>;
};
