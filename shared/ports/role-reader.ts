import type { RolePolicies } from '../domain/policy/document.ts';
import type { DataEventSelectors } from '../domain/report/observable.ts';
import type { Audited } from '../domain/report/story.ts';

export type { Audited } from '../domain/report/story.ts';

/** Reads roles and trails of the target accounts through the auditor role there. */
export type RoleReader = {
  policiesOf(roleArn: string): Promise<Audited<RolePolicies>>;
  /** Which data events the account's trails record. */
  selectorsOf(account: string): Promise<Audited<DataEventSelectors>>;
};
