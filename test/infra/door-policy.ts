import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Statement } from './template.ts';

/** A signed call at the IAM door. */
export type Call = {
  readonly by: string;
  /** Seconds since MFA was proved; absent for long-term keys and for sessions without MFA. */
  readonly mfaAgeSeconds?: number;
  /** Absent for long-term keys, which carry no MFA keys at all. */
  readonly session?: boolean;
  readonly method: string;
  readonly path: string;
};

const HUB = '222222222222';
const API = `arn:aws:execute-api:us-east-1:${HUB}:abcdefghij`;

/** Whether IAM lets the call through to the function, for a caller whose own account allows every call. */
export async function letsIn(policy: readonly Statement[], call: Call): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        principal: call.by,
        action: 'execute-api:Invoke',
        resource: { resource: `${API}/prod/${call.method}${call.path}`, accountId: HUB },
        contextVariables: contextOf(call),
      },
      identityPolicies: [{ name: 'all', policy: { Version: '2012-10-17', Statement: [ALLOW_ALL] } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: { Version: '2012-10-17', Statement: policy.map(inFull) },
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult === 'Allowed';
}

const ALLOW_ALL = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' };

function contextOf(call: Call): Record<string, string> {
  const age = call.mfaAgeSeconds;
  return {
    'aws:PrincipalAccount': call.by.split(':')[4] ?? '',
    'aws:PrincipalArn': call.by,
    ...(call.session === true ? { 'aws:MultiFactorAuthPresent': String(age !== undefined) } : {}),
    ...(age === undefined ? {} : { 'aws:MultiFactorAuthAge': String(age) }),
  };
}

/** API Gateway completes the short form of its resources with its own ARN. */
function inFull(statement: Statement): object {
  const inFullText = (resource: unknown) => String(resource).replace(/^execute-api:/, API);
  const condition = JSON.parse(JSON.stringify(statement.Condition ?? {}), (_key, value: unknown) =>
    typeof value === 'number' ? String(value) : value,
  );
  return { ...statement, Resource: statement.Resource.map(inFullText), Condition: condition };
}
