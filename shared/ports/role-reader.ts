import type { RolePolicies } from '../domain/policy/document.ts';
import type { DataEventSelectors } from '../domain/report/observable.ts';

/** What the auditor role of an account lets us know, or why we do not. */
export type Audited<T> = { readonly value: T } | { readonly unknown: string };

/** Reads roles and trails of the target accounts through the auditor role there. */
export type RoleReader = {
  policiesOf(roleArn: string): Promise<Audited<RolePolicies>>;
  /** Which data events the account's trails record. */
  selectorsOf(account: string): Promise<Audited<DataEventSelectors>>;
};
