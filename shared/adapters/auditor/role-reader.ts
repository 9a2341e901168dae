import { parseRoleArn } from '../../domain/arn.ts';
import type { DataEventSelectors } from '../../domain/report/observable.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RoleReader } from '../../ports/role-reader.ts';
import { type AccountSession, accountSessions } from './account-session.ts';
import { audited } from './failure.ts';
import { type ManagedPolicies, readRole } from './read-role.ts';
import { readSelectors, type TrailsThatCount } from './read-trails.ts';

/**
 * Reads through the auditor role of each account. Region, credentials and endpoints come from the SDK's own variables;
 * what an account does not tell is `unknown`, with a sentence for operators.
 */
export function auditorRoleReader(clock: Clock, trails: TrailsThatCount = {}): RoleReader {
  const sessions = accountSessions(clock);
  const managed: ManagedPolicies = new Map();
  return {
    async policiesOf(roleArn) {
      const role = parseRoleArn(roleArn);
      if (role === undefined) return { unknown: `${roleArn} is not the ARN of an IAM role.` };
      return audited(async () => readRole((await sessions(role.account)).iam, role, managed));
    },
    async selectorsOf(account) {
      return audited(async () => selectorsIn(await sessions(account), trails));
    },
  };
}

/** Reads the selectors once a session, since many roles of one account ask for them. */
async function selectorsIn(session: AccountSession, trails: TrailsThatCount): Promise<DataEventSelectors> {
  session.selectors ??= readSelectors(session, trails);
  try {
    return await session.selectors;
  } catch (error) {
    delete session.selectors;
    throw error;
  }
}
