import { runSimulation } from '@cloud-copilot/iam-simulate';

const ACCOUNT = '999999999999';

/** What an independent evaluator of IAM's policies says of a role with these policies. */
export async function isAllowed(
  policy: unknown,
  action: string,
  resource: string,
  boundary?: unknown,
): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/UpdateApp`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: {},
      },
      identityPolicies: [{ name: 'policy', policy }],
      ...(boundary === undefined
        ? {}
        : { permissionBoundaryPolicies: [{ name: 'boundary', policy: boundary }] }),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult === 'Allowed';
}
