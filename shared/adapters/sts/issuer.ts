import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { CredentialSpec } from '../../domain/credential-spec.ts';
import type { CredentialIssuer, IssuedCredentials, IssuerRefusal } from '../../ports/credential-issuer.ts';
import { credentialsIn } from './answer.ts';
import { refusalOfError } from './refusal-of-error.ts';

/** Issues credentials with AssumeRole, sending the specification and nothing else. */
export function stsIssuer(client: STSClient): CredentialIssuer {
  return { issue: (spec) => issue(client, spec) };
}

async function issue(client: STSClient, spec: CredentialSpec): Promise<IssuedCredentials | IssuerRefusal> {
  try {
    return credentialsIn(await client.send(assumeRole(spec)), spec);
  } catch (error) {
    const refusal = refusalOfError(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}

function assumeRole(spec: CredentialSpec): AssumeRoleCommand {
  return new AssumeRoleCommand({
    RoleArn: spec.roleArn,
    RoleSessionName: spec.roleSessionName,
    SourceIdentity: spec.sourceIdentity,
    ExternalId: spec.externalId,
    DurationSeconds: spec.durationSeconds,
    Tags: spec.tags.map(({ key, value }) => ({ Key: key, Value: value })),
    Policy: spec.policy,
  });
}
