import { formatSeconds } from '../../shared/domain/instant.ts';
import type { SurveyedRole } from '../../shared/domain/survey/survey.ts';
import type { Unseen } from '../../shared/domain/survey/unseen.ts';
import type { Audit } from './audit.ts';
import type { AuditJson } from './json-schema.ts';

/** An audit for programs. */
export function auditJson(audit: Audit): string {
  const { survey, files, first, unseen, policyFaults } = audit;
  const { period, accounts, roles, ...rest } = survey;
  const value: AuditJson = {
    ...{ format: 1, files, ...rest, policyFaults },
    ...(period && { period: { from: formatSeconds(period.from), until: formatSeconds(period.until) } }),
    accounts: accounts.map(({ silentHours, ...account }) => ({
      ...account,
      silentHours: silentHours.map(formatSeconds),
    })),
    first: first.map(({ role: _, ...ranked }) => ranked),
    roles: roles.map((role) => roleJson(role, unseen.get(role.arn))),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function roleJson({ first, last, borrowers, ...role }: SurveyedRole, policies: Unseen | undefined) {
  return {
    ...role,
    ...(first === undefined ? {} : { first: formatSeconds(first) }),
    ...(last === undefined ? {} : { last: formatSeconds(last) }),
    borrowers: borrowers.map((one) => ({ ...one, last: formatSeconds(one.last) })),
    ...(policies === undefined ? {} : { policies }),
  };
}
