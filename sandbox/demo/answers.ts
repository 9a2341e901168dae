import * as z from 'zod';
import type { Answer } from '../client/api.ts';

/** An answer of the API as the story tells it. */
export type Told<T> = { readonly said: string; readonly value: T };

const Problem = z.looseObject({ code: z.string(), detail: z.string(), state: z.string().optional() });

const Elevation = z.looseObject({
  id: z.string(),
  state: z.string(),
  digest: z.string(),
  window: z.object({ from: z.string(), until: z.string() }).optional(),
});

const CredentialProcess = z
  .looseObject({
    Version: z.literal(1),
    AccessKeyId: z.string(),
    SecretAccessKey: z.string(),
    SessionToken: z.string(),
    Expiration: z.iso.datetime(),
  })
  .transform((keys) => ({
    accessKeyId: keys.AccessKeyId,
    secretAccessKey: keys.SecretAccessKey,
    sessionToken: keys.SessionToken,
    until: Date.parse(keys.Expiration),
  }));

/** An elevation in the answer, or the problem that came instead. */
export function elevation({ status, body }: Answer): Told<z.infer<typeof Elevation> | undefined> {
  if (status >= 400) return { said: problem({ status, body }), value: undefined };
  const value = Elevation.parse(body);
  return { said: `${status} ${value.state}`, value };
}

/** Credentials in the answer, with how many minutes they last, or the problem that came instead. */
export function credentials(
  { status, body }: Answer,
  now: number,
): Told<z.infer<typeof CredentialProcess> | undefined> {
  if (status >= 400) return { said: problem({ status, body }), value: undefined };
  const value = CredentialProcess.parse(body);
  const minutes = Math.round((value.until - now) / 60_000);
  return { said: `${status} credentials for ${minutes} minutes`, value };
}

/** How many elevations the answer lists. */
export function list({ status, body }: Answer): Told<readonly z.infer<typeof Elevation>[]> {
  const { elevations } = z.object({ elevations: z.array(Elevation) }).parse(body);
  return { said: `${status} ${elevations.length} of them`, value: elevations };
}

/** A problem as its status and code, and the state that stands in the way where there is one. */
function problem({ status, body }: Pick<Answer, 'status' | 'body'>): string {
  const { code, state } = Problem.parse(body);
  return state === undefined ? `${status} ${code}` : `${status} ${code}: it is ${state}`;
}
