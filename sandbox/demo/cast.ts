import type { Credentials } from '../aws/aws.ts';
import { type Visitor, withSignature, withToken } from '../client/api.ts';
import type { Sandbox } from '../sandbox.ts';
import { type AwsCalls, awsCalls } from './aws-calls.ts';
import type { Narrator } from './narrator.ts';

/** The target role of the story. */
export const UPDATE_APP = 'arn:aws:iam::999999999999:role/UpdateApp';

/** The same permissions behind the classic recipe. */
export const LEGACY_UPDATE_APP = 'arn:aws:iam::999999999999:role/LegacyUpdateApp';

/** What David asks for. */
export const ASK = {
  role: 'update-app',
  duration: '1h',
  reason: 'Fix the banner of the shop',
  ticket: 'OPS-12',
};

/** Who is in the story, with what they can do. */
export type Cast = {
  readonly sandbox: Sandbox;
  readonly tell: Narrator;
  /** AWS with somebody's keys: the long-term ones of a user of Development, or any others. */
  aws(who: 'David' | 'Tess' | 'root' | Credentials): AwsCalls;
  /** The IAM door with keys of AWS. */
  signed(credentials: Credentials): Visitor;
  /** The OIDC door; MFA was proved just now, or never. */
  token(person: string, mfa: 'with MFA' | 'without MFA'): Promise<Visitor>;
};

/** Gathers the cast of a story in a sandbox. */
export function castOf(sandbox: Sandbox, tell: Narrator): Cast {
  return {
    sandbox,
    tell,
    aws(who) {
      const keys = typeof who === 'string' ? sandbox.aws.userCredentials(arnOf(who)) : who;
      return awsCalls(sandbox.endpoints.aws, keys, sandbox.now);
    },
    signed: (credentials) => withSignature(sandbox.endpoints.api, credentials, sandbox.now),
    token: async (person, mfa) =>
      withToken(sandbox.endpoints.api, await sandbox.accessToken(person, { mfa: mfa === 'with MFA' })),
  };
}

/** The ARN of somebody in the Development account. */
export function arnOf(who: 'David' | 'Tess' | 'root'): string {
  return `arn:aws:iam::111111111111:${who === 'root' ? who : `user/${who}`}`;
}

/** David at the IAM door, with a session for the code that his device shows. */
export async function withMfaSession({ sandbox, aws, signed }: Cast): Promise<Visitor> {
  const { serialNumber, code } = sandbox.aws.mfaCode(arnOf('David'));
  const session = await aws('David').sessionToken(serialNumber, code);
  if (session.value === undefined) throw new Error(`STS gave no session: ${session.said}.`);
  return signed(session.value);
}
