import { anonymousPrincipal, runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import type { Caller, PolicyDocument } from './aws.ts';
import { isoSeconds } from './callers.ts';
import type { Directory, NamedPolicy, Role } from './directory.ts';
import type { Sessions } from './sessions.ts';

/** Whether somebody may do something to something. */
export type Question = {
  readonly caller: Caller | 'anonymous';
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly resourcePolicy?: PolicyDocument;
  readonly context?: Caller['context'];
};

/** IAM's answer; a denial names the kind of policy that it comes from, as AWS's messages do. */
export type Verdict =
  | { readonly outcome: 'allowed' }
  | {
      readonly outcome: 'explicit-deny' | 'implicit-deny';
      readonly policy: 'identity-based' | 'session' | 'resource-based' | 'boundary';
    };

/** Answers questions with the policies in force at this moment. */
export type Evaluator = (question: Question) => Promise<Verdict>;

const ALL: NamedPolicy = {
  name: 'root',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

type Known = { readonly directory: Directory; readonly sessions: Sessions; readonly clock: () => number };

/** An evaluator over what the directory and the sessions say now. */
export function createEvaluator(directory: Directory, sessions: Sessions, clock: () => number): Evaluator {
  const known = { directory, sessions, clock };
  return async (question) => verdictOf(await runSimulation(simulationOf(question, known), {}), question);
}

function simulationOf(question: Question, known: Known): Simulation {
  const { caller } = question;
  return {
    request: {
      principal: caller === 'anonymous' ? anonymousPrincipal : caller.arn,
      action: question.action,
      resource: { resource: question.resource, accountId: question.resourceAccount },
      contextVariables: contextOf(question, known.clock()),
    },
    identityPolicies: caller === 'anonymous' ? [] : [...identityPolicies(caller, known)],
    sessionPolicy: caller === 'anonymous' ? undefined : sessionPolicy(caller, known),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: question.resourcePolicy,
    ...boundaryOf(caller, known),
  };
}

function contextOf(
  { caller, context, resourceAccount }: Question,
  now: number,
): Record<string, string | string[]> {
  const all = {
    'aws:CurrentTime': isoSeconds(now),
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:ResourceAccount': resourceAccount,
    'aws:SecureTransport': 'true',
    'aws:SourceIp': '127.0.0.1',
    'aws:ViaAWSService': 'false',
    ...(caller === 'anonymous' ? {} : caller.context),
    ...context,
  };
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, asMutable(value)]));
}

function identityPolicies(caller: Caller, { directory }: Known): readonly NamedPolicy[] {
  switch (caller.kind) {
    case 'root':
      return [ALL];
    case 'user':
      return directory.userByArn(caller.arn)?.policies ?? [];
    case 'assumed-role': {
      const role = roleOf(caller, directory);
      return role === undefined ? [] : directory.policiesOf(role);
    }
    default:
      return caller.kind satisfies never;
  }
}

/** The role of a session. A role made anew under an old name has another id, and old sessions get nothing from it. */
function roleOf(caller: Caller, directory: Directory): Role | undefined {
  if (caller.kind !== 'assumed-role') return undefined;
  const role = directory.roleByArn(String(caller.context['aws:PrincipalArn']));
  return role !== undefined && caller.userId.startsWith(`${role.id}:`) ? role : undefined;
}

function boundaryOf(
  caller: Caller | 'anonymous',
  { directory }: Known,
): Pick<Simulation, 'permissionBoundaryPolicies'> {
  const role = caller === 'anonymous' ? undefined : roleOf(caller, directory);
  if (role?.boundary === undefined) return {};
  return {
    permissionBoundaryPolicies: [{ name: role.boundary, policy: directory.managedPolicy(role.boundary) }],
  };
}

function sessionPolicy({ accessKeyId }: Caller, { sessions }: Known): PolicyDocument | undefined {
  const of = sessions.find(accessKeyId)?.of;
  return of?.kind === 'role' ? of.policy : undefined;
}

type Result = Awaited<ReturnType<typeof runSimulation>>;

function verdictOf(result: Result, question: Question): Verdict {
  if (result.resultType === 'error') {
    throw new Error(
      `${question.action} on ${question.resource} cannot be evaluated: ${JSON.stringify(result.errors)}`,
    );
  }
  if (result.overallResult === 'Allowed') return { outcome: 'allowed' };
  const outcome = result.overallResult === 'ExplicitlyDenied' ? 'explicit-deny' : 'implicit-deny';
  const analysis = result.resultType === 'single' ? result.result.analysis : result.results[0]?.analysis;
  const wanted = outcome === 'explicit-deny' ? 'ExplicitlyDenied' : 'ImplicitlyDenied';
  if (analysis?.sessionAnalysis?.result === wanted) return { outcome, policy: 'session' };
  if (analysis?.permissionBoundaryAnalysis?.result === wanted) return { outcome, policy: 'boundary' };
  if (analysis?.identityAnalysis?.result === wanted) return { outcome, policy: 'identity-based' };
  return { outcome, policy: 'resource-based' };
}

/** What is wrong with a policy document, in words; undefined where IAM would take it. */
export async function policyFault(policy: unknown, kind: 'identity' | 'trust'): Promise<string | undefined> {
  const result = await runSimulation(
    {
      request: {
        principal: 'arn:aws:iam::111111111111:user/Nobody',
        action: 'sts:GetCallerIdentity',
        resource: { resource: '*', accountId: '111111111111' },
        contextVariables: {},
      },
      identityPolicies: kind === 'identity' ? [{ name: 'policy', policy }] : [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(kind === 'trust' ? { resourcePolicy: policy } : {}),
    },
    {},
  );
  if (result.resultType !== 'error') return undefined;
  const faults = [
    ...Object.values(result.errors.identityPolicyErrors ?? {}).flat(),
    ...(result.errors.resourcePolicyErrors ?? []),
  ];
  return faults.map(({ path, message }) => `${path}: ${message}`).join('; ');
}

function asMutable(value: string | readonly string[]): string | string[] {
  return typeof value === 'string' ? value : [...value];
}
