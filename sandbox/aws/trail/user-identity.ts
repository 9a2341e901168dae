import type { Caller } from '../aws.ts';
import { isoSeconds } from '../callers.ts';
import type { Session, SessionOf } from '../sessions.ts';

/** A record's `userIdentity` (CloudTrail User Guide, "CloudTrail userIdentity element"). */
export function userIdentity(caller: Caller, session: Session | undefined): Record<string, unknown> {
  const base = {
    type: typeOf(caller),
    principalId: caller.userId,
    arn: caller.arn,
    accountId: caller.account,
    accessKeyId: caller.accessKeyId,
  };
  const userName = caller.context['aws:username'];
  return {
    ...base,
    ...(userName === undefined ? {} : { userName }),
    ...(session === undefined ? {} : { sessionContext: sessionContext(session) }),
  };
}

/** In the record of another account only the account and the principal's id are told. */
export function foreignIdentity({ userId, account }: Caller): Record<string, unknown> {
  return { type: 'AWSAccount', principalId: userId, accountId: account };
}

function typeOf({ kind }: Caller): string {
  switch (kind) {
    case 'root':
      return 'Root';
    case 'user':
      return 'IAMUser';
    case 'assumed-role':
      return 'AssumedRole';
    default:
      return kind satisfies never;
  }
}

function sessionContext({ of, issuedAt }: Session): Record<string, unknown> {
  const mfaAuthenticated = String(of.kind === 'user' && of.mfaAt !== undefined);
  return {
    ...(of.kind === 'role' ? { sessionIssuer: issuerOf(of) } : {}),
    attributes: { creationDate: isoSeconds(issuedAt), mfaAuthenticated },
    ...(of.kind === 'role' && of.sourceIdentity !== undefined ? { sourceIdentity: of.sourceIdentity } : {}),
  };
}

function issuerOf({ role }: Extract<SessionOf, { kind: 'role' }>): Record<string, unknown> {
  return { type: 'Role', principalId: role.id, arn: role.arn, accountId: role.account, userName: role.name };
}
