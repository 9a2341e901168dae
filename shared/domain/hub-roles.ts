import type { Hub } from './access.ts';

/** The ARN of the only role that may assume those of the catalog (infra/roles.yml); its name is fixed, since they trust it. */
export function issuerRoleArn({ partition, account }: Pick<Hub, 'partition' | 'account'>): string {
  return `arn:${partition}:iam::${account}:role/drawbridge/drawbridge-credentials`;
}
