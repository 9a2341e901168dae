import * as z from 'zod';
import type { Credentials } from '../../sandbox/aws/aws.ts';
import { type Answer, type Visitor, withSignature, withToken } from '../../sandbox/client/api.ts';
import { awsCalls } from '../../sandbox/demo/aws-calls.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

/** What David asks for in the story. */
export const ASK = {
  role: 'update-app',
  duration: '1h',
  reason: 'Fix the banner of the shop',
  ticket: 'OPS-12',
};

const Body = z.looseObject({
  code: z.string().optional(),
  id: z.string().optional(),
  state: z.string().optional(),
  digest: z.string().optional(),
});

/** The members of an answer that tests look at. */
export function told({ status, body }: Answer): z.infer<typeof Body> & { readonly status: number } {
  return { status, ...Body.parse(body) };
}

/** A person at the OIDC door; MFA was proved so many minutes ago, or never. */
export async function byToken(sandbox: Sandbox, person: string, mfaMinutesAgo?: number): Promise<Visitor> {
  const mfa = mfaMinutesAgo === undefined ? { mfa: false } : { mfa: true, minutesAgo: mfaMinutesAgo };
  return withToken(sandbox.endpoints.api, await sandbox.accessToken(person, mfa));
}

/** A session of an IAM user for the code that their device shows. */
export async function mfaSession(sandbox: Sandbox, userArn: string): Promise<Credentials> {
  const { serialNumber, code } = sandbox.aws.mfaCode(userArn);
  const calls = awsCalls(sandbox.endpoints.aws, sandbox.aws.userCredentials(userArn), sandbox.now);
  const { said, value } = await calls.sessionToken(serialNumber, code);
  if (value === undefined) throw new Error(`STS gave no session: ${said}`);
  return value;
}

/** Somebody at the IAM door with these keys. */
export function bySignature(sandbox: Sandbox, credentials: Credentials): Visitor {
  return withSignature(sandbox.endpoints.api, credentials, sandbox.now);
}

/** The id of a new elevation of David's that waits for approval. */
export async function pending(sandbox: Sandbox): Promise<string> {
  const david = await byToken(sandbox, 'david', 0);
  const { id, status, code } = told(await david('POST', '/elevations', ASK));
  if (id === undefined) throw new Error(`David could not ask: ${status} ${code}`);
  return id;
}

/** The id of a new elevation of David's that Ruth has approved. */
export async function approved(sandbox: Sandbox): Promise<string> {
  const id = await pending(sandbox);
  const ruth = await byToken(sandbox, 'ruth', 0);
  const { state, code } = told(await ruth('POST', `/elevations/${id}/approval`));
  if (state !== 'approved') throw new Error(`Ruth could not approve: ${code}`);
  return id;
}
