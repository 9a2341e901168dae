import { listRoles, type RoleOffer } from '../app/list-roles.ts';
import { isAmong } from '../domain/access.ts';
import { formatDuration } from '../domain/duration.ts';
import { ok } from './answer.ts';
import type { Handler } from './elevation-handlers.ts';
import { queryOf } from './request.ts';
import { NoQuery } from './request-schemas.ts';
import type * as schema from './response-schemas.ts';
import { callerView, groupsOf, ruleView } from './views.ts';

/** GET /me */
export const me: Handler = async ({ access }, { event, caller }) => {
  const query = queryOf(event, NoQuery);
  if ('refusal' in query) return query;
  const body: schema.Me = {
    ...callerView(caller),
    groups: groupsOf(access, caller),
    tokenGroups: caller.tokenGroups,
    admin: isAmong(access, access.admins, caller.person),
    auditor: isAmong(access, access.auditors, caller.person),
  };
  return ok(body);
};

/** GET /roles */
export const roles: Handler = async (broker, { event, caller }) => {
  const query = queryOf(event, NoQuery);
  if ('refusal' in query) return query;
  const body: schema.RolePage = { roles: listRoles(broker, caller).map(offerView) };
  return ok(body);
};

function offerView(offered: RoleOffer): schema.RolePage['roles'][number] {
  const { name, arn, description, session } = offered.role;
  const role = {
    name,
    account: arn.account,
    roleArn: arn.text,
    description,
    session: formatDuration(session),
  };
  switch (offered.offer) {
    case 'may-ask':
      return { ...role, mayAsk: true, rules: offered.rules.map(ruleView) };
    case 'denied':
      return {
        ...role,
        mayAsk: false,
        rules: [],
        whyNot: `Rule ${offered.rule} says that you never get it.`,
      };
    case 'no-rule':
      return { ...role, mayAsk: false, rules: [], whyNot: 'No rule lends it to you.' };
    default:
      return offered satisfies never;
  }
}
