import type { Directory } from '../directory.ts';
import type { Evaluator } from '../evaluate.ts';
import type { Randomness } from '../identifiers.ts';
import { queryService } from '../protocols/query.ts';
import type { Service } from '../service.ts';
import { managedPolicyOperations } from './managed-policies.ts';
import { rolePolicyOperations } from './role-policies.ts';
import { roleOperations } from './roles.ts';
import { userOperations } from './users.ts';

/** AWS Identity and Access Management: every change holds at once, where AWS takes seconds. */
export function createIam(parts: {
  readonly directory: Directory;
  readonly evaluate: Evaluator;
  readonly random: Randomness;
  readonly since: number;
}): Service {
  const operations = {
    ...roleOperations(parts.directory, parts.random),
    ...rolePolicyOperations(parts.directory),
    ...managedPolicyOperations(parts.directory, parts.since),
    ...userOperations(parts.directory, parts.since),
  };
  return queryService({
    name: 'iam',
    version: '2010-05-08',
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    operations: Object.fromEntries(
      Object.entries(operations).map(([action, operation]) => [action, operation(action, parts.evaluate)]),
    ),
  });
}
