import type { RolePolicies, Statement } from '../policy/document.ts';
import type { RoleKind, Survey, SurveyedRole } from './survey.ts';
import { byText } from './tally.ts';

/**
 * The survey with the roles that exist and of which the files have nothing. NB. Of an account that the files have nothing
 * of, no role can be called unused.
 */
export function withUnused(survey: Survey, existing: readonly RolePolicies[]): Survey {
  const seen = new Set(survey.roles.map(({ arn }) => arn));
  const accounts = new Set(survey.accounts.map(({ account }) => account));
  const unused = existing
    .filter(({ arn }) => !seen.has(arn) && accounts.has(arn.split(':')[4] ?? ''))
    .map(unusedRole);
  return { ...survey, roles: [...survey.roles, ...unused].sort((one, other) => byText(one.arn, other.arn)) };
}

function unusedRole({ arn, trust }: RolePolicies): SurveyedRole {
  return {
    ...{ arn, kind: kindOf(arn, trust.statements) },
    ...{ calls: 0, denied: 0, days: 0, sessions: 0, unlinked: 0, moreBorrowers: 0 },
    assumed: { allowed: 0, denied: 0 },
    ...{ borrowers: [], actions: [], regions: [] },
  };
}

/** By whom it trusts: services and web identities are no people. */
function kindOf(arn: string, trust: readonly Statement[]): RoleKind {
  if (arn.includes(':role/aws-service-role/')) return 'service-linked';
  const letIn = trust
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principals }) => (principals ? [principals] : []));
  const people = letIn.some(
    ({ kind, by }) => kind === 'none-of' || by['AWS'] !== undefined || federatesPeople(by),
  );
  return people ? 'people' : 'workload';
}

/** SAML providers speak for people; OpenID providers for workloads, most of the time. */
function federatesPeople(by: Readonly<Record<string, readonly string[]>>): boolean {
  return (by['Federated'] ?? []).some((provider) => provider.includes(':saml-provider/'));
}
