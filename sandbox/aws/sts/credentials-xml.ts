import { isoSeconds } from '../callers.ts';
import type { XmlTree } from '../protocols/xml.ts';
import type { Session } from '../sessions.ts';

/** The Credentials structure of the STS API. */
export function credentialsXml({ credentials, expiresAt }: Session): XmlTree {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: isoSeconds(expiresAt),
  };
}

/** The same for a CloudTrail record. AWS writes the session token too; here it is left out. */
export function credentialsRecord({ credentials, expiresAt }: Session): Readonly<Record<string, string>> {
  return {
    accessKeyId: credentials.accessKeyId,
    expiration: TIME.format(expiresAt).replaceAll('\u202f', ' '),
  };
}

/** Nov 25, 2026, 1:05:09 PM: so CloudTrail writes this time alone. */
const TIME = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
