import { AwsRefusal, type Caller } from '../aws.ts';
import { callerOfSession } from '../callers.ts';
import type { Directory, Role } from '../directory.ts';
import type { Evaluator } from '../evaluate.ts';
import type { MfaDevices } from '../mfa-devices.ts';
import { authorize, type Call, notAuthorized } from '../operation.ts';
import type { QueryOperation } from '../protocols/query.ts';
import type { SessionOf, Sessions, SessionTag } from '../sessions.ts';
import { type AssumeRoleInput, parseAssumeRole } from './assume-role-input.ts';
import { assumeRoleDetail } from './assume-role-record.ts';
import { credentialsXml } from './credentials-xml.ts';
import { packedPercent, sessionPolicyOf } from './session-policy.ts';

const DEFAULT_SECONDS = 3600;
const LONGEST_CHAINED_SECONDS = 3600;

/** What STS works with. */
export type StsParts = {
  readonly directory: Directory;
  readonly sessions: Sessions;
  readonly devices: MfaDevices;
  readonly evaluate: Evaluator;
};

/** sts:AssumeRole. */
export function assumeRole(parts: StsParts): QueryOperation {
  return {
    readOnly: true,
    refused: () => null,
    async run(raw, call) {
      const input = parseAssumeRole(raw);
      const inherited = inheritedFrom(parts.sessions, call.caller);
      const role = await authorized(parts, call, input, inherited);
      const seconds = durationOf(input, role, call.caller);
      const { of, packed } = await sessionFor(parts, input, role, inherited);
      const session = parts.sessions.issue(of, call.now, seconds);
      const { userId, arn } = callerOfSession(session, call.now);
      return {
        result: {
          Credentials: credentialsXml(session),
          AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
          PackedPolicySize: packed,
          SourceIdentity: of.sourceIdentity,
        },
        detail: assumeRoleDetail(input, call.caller, session, of),
      };
    },
  };
}

type RoleSession = Extract<SessionOf, { kind: 'role' }>;

/** The session that the call describes, and the size of its policies and tags, where it has any. */
async function sessionFor(
  { directory }: StsParts,
  input: AssumeRoleInput,
  role: Role,
  inherited: Inherited,
): Promise<{ readonly of: RoleSession; readonly packed: number | undefined }> {
  const arns = input.PolicyArns.map(({ arn }) => arn);
  const policy = await sessionPolicyOf(input.Policy, arns, directory);
  const tags = sessionTags(input, inherited.tags);
  const percent = packedPercent(input.Policy, arns, tags);
  const sourceIdentity = input.SourceIdentity ?? inherited.sourceIdentity;
  const of: RoleSession = {
    kind: 'role',
    role,
    name: input.RoleSessionName,
    tags,
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    ...(policy === undefined ? {} : { policy }),
  };
  return { of, packed: policy === undefined && tags.length === 0 ? undefined : percent };
}

type Inherited = { readonly sourceIdentity?: string; readonly tags: readonly SessionTag[] };

/** What a chained session keeps of the one that it comes from. */
function inheritedFrom(sessions: Sessions, caller: Caller): Inherited {
  const of: SessionOf | undefined = sessions.find(caller.accessKeyId)?.of;
  if (of?.kind !== 'role') return { tags: [] };
  const tags = of.tags.filter(({ transitive }) => transitive);
  return of.sourceIdentity === undefined ? { tags } : { tags, sourceIdentity: of.sourceIdentity };
}

/** The role, if its trust policy and the caller's own policies let the caller have it as asked. */
async function authorized(
  parts: StsParts,
  call: Call,
  input: AssumeRoleInput,
  inherited: Inherited,
): Promise<Role> {
  const { caller } = call;
  if (caller.kind === 'root') {
    throw new AwsRefusal('AccessDenied', 'Roles may not be assumed by root accounts.', 403);
  }
  const withMfa = input.SerialNumber !== undefined || input.TokenCode !== undefined;
  if (withMfa) parts.devices.prove(caller, input.SerialNumber, input.TokenCode);
  const role = parts.directory.roleByArn(input.RoleArn);
  // A role that is not there is refused like one that does not trust the caller.
  if (role === undefined) throw denied(caller, 'sts:AssumeRole', input.RoleArn);
  const tags = sessionTags(input, inherited.tags);
  const sourceIdentity = sourceIdentityOf(input, inherited, caller, role);
  const context = requestContext(input, sourceIdentity, tags, withMfa);
  const target = { arn: role.arn, account: role.account, policy: role.trust, context };
  for (const action of actionsOf(tags, sourceIdentity)) {
    await authorize(parts.evaluate, call, action, target, () => denied(caller, action, role.arn));
  }
  return role;
}

/** Tagging and naming a source are actions of their own, judged like the first (IAM User Guide, "Pass session tags"). */
function actionsOf(tags: readonly SessionTag[], sourceIdentity: string | undefined): readonly string[] {
  const tagging = tags.length > 0 ? ['sts:TagSession'] : [];
  const naming = sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity'];
  return ['sts:AssumeRole', ...tagging, ...naming];
}

/** What the call names, or the session that it comes from did; the one cannot change the other. */
function sourceIdentityOf(
  { SourceIdentity }: AssumeRoleInput,
  inherited: Inherited,
  caller: Caller,
  role: Role,
): string | undefined {
  const sourceIdentity = SourceIdentity ?? inherited.sourceIdentity;
  if (inherited.sourceIdentity !== undefined && sourceIdentity !== inherited.sourceIdentity) {
    throw denied(caller, 'sts:SetSourceIdentity', role.arn);
  }
  return sourceIdentity;
}

/** The keys that AssumeRole brings to the policies (Service Authorization Reference, "AWS Security Token Service"). */
function requestContext(
  input: AssumeRoleInput,
  sourceIdentity: string | undefined,
  tags: readonly SessionTag[],
  withMfa: boolean,
): Caller['context'] {
  return {
    'sts:RoleSessionName': input.RoleSessionName,
    ...(input.ExternalId === undefined ? {} : { 'sts:ExternalId': input.ExternalId }),
    ...(sourceIdentity === undefined ? {} : { 'sts:SourceIdentity': sourceIdentity }),
    ...Object.fromEntries(tags.map(({ key, value }) => [`aws:RequestTag/${key}`, value])),
    ...(tags.length === 0 ? {} : { 'aws:TagKeys': tags.map(({ key }) => key) }),
    ...(input.TransitiveTagKeys.length === 0 ? {} : { 'sts:TransitiveTagKeys': input.TransitiveTagKeys }),
    ...(withMfa ? { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '0' } : {}),
  };
}

function sessionTags(input: AssumeRoleInput, inherited: readonly SessionTag[]): readonly SessionTag[] {
  const transitive = new Set(input.TransitiveTagKeys);
  const own = input.Tags.map(({ Key, Value }) => ({
    key: Key,
    value: Value,
    transitive: transitive.has(Key),
  }));
  if (own.some(({ key }) => inherited.some((it) => it.key === key))) {
    throw new AwsRefusal(
      'InvalidParameterValue',
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
      400,
    );
  }
  return [...inherited, ...own];
}

/** A role's session may not ask for more than an hour for the next role (AssumeRole, "DurationSeconds"). */
function durationOf({ DurationSeconds: asked }: AssumeRoleInput, role: Role, caller: Caller): number {
  if (asked === undefined) return DEFAULT_SECONDS;
  if (caller.kind === 'assumed-role' && asked > LONGEST_CHAINED_SECONDS) {
    throw new AwsRefusal(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
      400,
    );
  }
  if (asked > role.maxSessionSeconds) {
    throw new AwsRefusal(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      400,
    );
  }
  return asked;
}

function denied(caller: Caller, action: string, roleArn: string): AwsRefusal {
  return new AwsRefusal('AccessDenied', notAuthorized(caller, action, roleArn), 403);
}
