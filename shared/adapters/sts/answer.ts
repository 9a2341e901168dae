import type { AssumeRoleResponse } from '@aws-sdk/client-sts';
import { parseRoleArn } from '../../domain/arn.ts';
import type { CredentialSpec } from '../../domain/credential-spec.ts';
import { instant } from '../../domain/instant.ts';
import type { IssuedCredentials, IssuerRefusal } from '../../ports/credential-issuer.ts';

/** The credentials of an answer, if it is the answer to this call: same role, session name and source identity. */
export function credentialsIn(
  answer: AssumeRoleResponse,
  spec: CredentialSpec,
): IssuedCredentials | IssuerRefusal {
  const wrong = wrongPart(answer, spec);
  if (wrong !== undefined) return mismatch(wrong);
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
  const assumedRoleId = answer.AssumedRoleUser?.AssumedRoleId;
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration || !assumedRoleId) {
    return mismatch('credentials');
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiresAt: instant(Expiration.getTime()),
    assumedRoleId,
  };
}

function wrongPart(
  { SourceIdentity, AssumedRoleUser }: AssumeRoleResponse,
  spec: CredentialSpec,
): string | undefined {
  const [roleId, ...sessionName] = (AssumedRoleUser?.AssumedRoleId ?? '').split(':');
  if (SourceIdentity !== spec.sourceIdentity) return 'source identity';
  if (!roleId || sessionName.join(':') !== spec.roleSessionName) return 'assumed role id';
  return AssumedRoleUser?.Arn === sessionArn(spec) ? undefined : 'ARN';
}

/** A session's ARN has the role's name without its path (IAM User Guide, IAM identifiers). */
function sessionArn({ roleArn, roleSessionName }: CredentialSpec): string | undefined {
  const role = parseRoleArn(roleArn);
  return role && `arn:${role.partition}:sts::${role.account}:assumed-role/${role.name}/${roleSessionName}`;
}

/** NB. What was issued is dropped unseen: it may be somebody else's. */
function mismatch(part: string): IssuerRefusal {
  return {
    refused: 'issuer-answer-mismatch',
    text: `The ${part} in the answer of STS is not what was asked for.`,
  };
}
