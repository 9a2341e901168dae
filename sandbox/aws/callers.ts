import type { Caller } from './aws.ts';
import { rootArn, type User } from './directory.ts';
import type { Session, SessionOf } from './sessions.ts';

type RoleSession = Extract<SessionOf, { kind: 'role' }>;

/** A user who signs with long-term keys: no key of the context speaks of MFA (IAM User Guide, aws:MultiFactorAuthPresent). */
export function callerOfUser(user: User, accessKeyId: string): Caller {
  return {
    kind: 'user',
    arn: user.arn,
    account: user.account,
    userId: user.id,
    accessKeyId,
    context: {
      'aws:PrincipalArn': user.arn,
      'aws:PrincipalAccount': user.account,
      'aws:PrincipalType': 'User',
      'aws:userid': user.id,
      'aws:username': user.name,
    },
  };
}

/** An account's root user. */
export function callerOfRoot(account: string, accessKeyId: string): Caller {
  return {
    kind: 'root',
    arn: rootArn(account),
    account,
    userId: account,
    accessKeyId,
    context: {
      'aws:PrincipalArn': rootArn(account),
      'aws:PrincipalAccount': account,
      'aws:PrincipalType': 'Account',
      'aws:userid': account,
    },
  };
}

/** Whoever signs with a session's credentials, as IAM sees them at this moment. */
export function callerOfSession(session: Session, now: number): Caller {
  const { accessKeyId } = session.credentials;
  const issued = { 'aws:TokenIssueTime': isoSeconds(session.issuedAt) };
  const { of } = session;
  switch (of.kind) {
    case 'user':
      return withContext(callerOfUser(of.user, accessKeyId), { ...issued, ...mfaContext(of.mfaAt, now) });
    case 'root':
      return withContext(callerOfRoot(of.account, accessKeyId), { ...issued, ...mfaContext(undefined, now) });
    case 'role':
      return withContext(callerOfRole(of, accessKeyId), issued);
    default:
      return of satisfies never;
  }
}

/** The MFA keys of a session; a role's session knows of no MFA (IAM User Guide, "MFA-protected API access"). */
export function mfaContext(mfaAt: number | undefined, now: number): Caller['context'] {
  if (mfaAt === undefined) return { 'aws:MultiFactorAuthPresent': 'false' };
  const age = Math.max(0, Math.floor((now - mfaAt) / 1000));
  return { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': String(age) };
}

/** ISO 8601 without fractions, as AWS writes times. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

function callerOfRole({ role, name, sourceIdentity, tags }: RoleSession, accessKeyId: string): Caller {
  const userId = `${role.id}:${name}`;
  return {
    kind: 'assumed-role',
    arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${name}`,
    account: role.account,
    userId,
    accessKeyId,
    context: {
      'aws:PrincipalArn': role.arn,
      'aws:PrincipalAccount': role.account,
      'aws:PrincipalType': 'AssumedRole',
      'aws:userid': userId,
      ...mfaContext(undefined, 0),
      ...(sourceIdentity === undefined ? {} : { 'aws:SourceIdentity': sourceIdentity }),
      ...Object.fromEntries(tags.map(({ key, value }) => [`aws:PrincipalTag/${key}`, value])),
    },
  };
}

function withContext(caller: Caller, more: Caller['context']): Caller {
  return { ...caller, context: { ...caller.context, ...more } };
}
