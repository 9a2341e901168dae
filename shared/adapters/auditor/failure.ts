import type { Audited } from '../../domain/report/story.ts';

/** Something that the account did not tell, in a sentence for operators. */
export class NotTold extends Error {}

/** Node's and the SDK's names for a connection that was not made, was lost, or took too long. */
const NETWORK =
  /^(TimeoutError|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/**
 * What a call came to, or else why it is not known: `doing` says what was tried, and what to see to. NB. Of another
 * account's error only the code is told; its text names principals and policies there. Defects of ours are thrown.
 */
export async function told<T>(doing: Doing, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof NotTold) throw error;
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new NotTold(`${doing.what} failed (${code}). ${doing.seeTo}`);
  }
}

/** What was tried, as the beginning of a sentence, and what an operator does about its failure, as a whole one. */
export type Doing = { readonly what: string; readonly seeTo: string };

/** The value, or the sentence of the `NotTold` that was thrown. */
export async function audited<T>(read: () => Promise<T>): Promise<Audited<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof NotTold) return { unknown: error.message };
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  const { name, code, $fault } = Object(error) as { name?: unknown; code?: unknown; $fault?: unknown };
  if ($fault !== undefined) return /^[\w.]{1,64}$/.test(String(name)) ? String(name) : 'an unnamed error';
  return [name, code].map(String).find((one) => NETWORK.test(one));
}
