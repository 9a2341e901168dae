import { Ended } from './ended.ts';
import type { Ending } from './exit-codes.ts';

/** How a command ends that did not get through, and the sentence that goes with it. */
export function failureOf(error: unknown): { readonly ending: Ending; readonly sentence: string } {
  if (error instanceof Ended) return { ending: error.ending, sentence: error.message };
  const { name = 'Error', message = String(error), code, path } = membersOf(error);
  const said = code !== undefined && path !== undefined ? DISK[code]?.(path) : undefined;
  if (said !== undefined) return { ending: 'unreadable', sentence: said };
  return { ending: 'failed', sentence: name === 'Error' ? message : `${name}: ${message}` };
}

/** What the disk says, in words. */
const DISK: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `There is no ${path}.`,
  ENOTDIR: (path) => `${path} is no folder.`,
  EISDIR: (path) => `${path} is a folder, and a file is wanted.`,
  EACCES: (path) => `${path} may not be read by this user.`,
  EPERM: (path) => `${path} may not be read by this user.`,
};

/** NB. Errors of Node are not always those of this realm, so `instanceof` does not find all of them. */
function membersOf(error: unknown): Readonly<Partial<Record<'name' | 'message' | 'code' | 'path', string>>> {
  if (typeof error !== 'object' || error === null) return {};
  const members = new Map(
    ['name', 'message', 'code', 'path'].map((key) => [key, Reflect.get(error, key)] as const),
  );
  return Object.fromEntries([...members].filter(([, value]) => typeof value === 'string'));
}
