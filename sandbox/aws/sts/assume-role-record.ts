import type { Caller } from '../aws.ts';
import { callerOfSession } from '../callers.ts';
import type { TrailDetail } from '../operation.ts';
import type { Session, SessionOf } from '../sessions.ts';
import type { AssumeRoleInput } from './assume-role-input.ts';
import { credentialsRecord } from './credentials-xml.ts';

/** What CloudTrail says of a role that was assumed. */
export function assumeRoleDetail(
  input: AssumeRoleInput,
  caller: Caller,
  session: Session,
  { role, sourceIdentity }: Extract<SessionOf, { kind: 'role' }>,
): TrailDetail {
  const { userId, arn } = callerOfSession(session, session.issuedAt);
  return {
    requestParameters: {
      roleArn: input.RoleArn,
      roleSessionName: input.RoleSessionName,
      ...present('durationSeconds', input.DurationSeconds),
      ...present('externalId', input.ExternalId),
      ...present('sourceIdentity', input.SourceIdentity),
      ...present('policy', input.Policy),
      ...present('policyArns', nonEmpty(input.PolicyArns)),
      ...present('tags', nonEmpty(input.Tags.map(({ Key, Value }) => ({ key: Key, value: Value })))),
      ...present('transitiveTagKeys', nonEmpty(input.TransitiveTagKeys)),
      ...present('serialNumber', input.SerialNumber),
    },
    responseElements: {
      credentials: credentialsRecord(session),
      assumedRoleUser: { assumedRoleId: userId, arn },
      ...present('sourceIdentity', sourceIdentity),
    },
    resources: [{ accountId: role.account, type: 'AWS::IAM::Role', ARN: role.arn }],
    ...(role.account === caller.account ? {} : { sharedWith: role.account }),
  };
}

function present(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
