import type { DecidingBroker } from '../app/broker.ts';
import { NOT_FOUND } from '../app/elevation-book.ts';
import { type Issued, issueCredentials } from '../app/issue-credentials.ts';
import { formatSeconds } from '../domain/instant.ts';
import type { CredentialIssuer } from '../ports/credential-issuer.ts';
import { type Answer, ok } from './answer.ts';
import { bodyOf, type Call, idOf } from './request.ts';
import { Nothing } from './request-schemas.ts';
import type * as schema from './response-schemas.ts';

/** POST /elevations/{id}/credentials */
export async function credentials(
  broker: DecidingBroker & { readonly issuer: CredentialIssuer },
  { event, caller }: Call,
): Promise<Answer> {
  const body = bodyOf(event, Nothing);
  if ('refusal' in body) return body;
  const id = idOf(event);
  if (id === undefined) return { refusal: NOT_FOUND };
  const issued = await issueCredentials(broker, caller, id);
  return 'refusal' in issued ? issued : ok(credentialProcess(issued.value));
}

/** The JSON that the SDKs' credential_process takes, and what names the session. */
function credentialProcess(issued: Issued): schema.Credentials {
  const { accessKeyId, secretAccessKey, sessionToken } = issued.credentials;
  return {
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: formatSeconds(issued.usableUntil),
    ElevationId: issued.elevation,
    SessionName: issued.sessionName,
  };
}
