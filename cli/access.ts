import { compileAccessFile } from '../shared/adapters/access-file/compile.ts';
import { AccessFileError } from '../shared/adapters/access-file/complaint.ts';
import { loadAccess } from '../shared/adapters/access-file/load.ts';
import type { Access } from '../shared/domain/access.ts';
import { Ended } from './ended.ts';

/** The access file as it is written, or compiled (`.json`); ends the command where it cannot be used. */
export async function readAccess(path: string, readText: (path: string) => Promise<string>): Promise<Access> {
  if (path.endsWith('.json')) return compiledAccess(path, await readText(path));
  try {
    return loadAccess(await compileAccessFile(path));
  } catch (error) {
    if (!(error instanceof AccessFileError)) throw error;
    const [first = '', ...more] = error.message.split('\n');
    const rest = more.length > 0 ? ` There are ${more.length} more mistakes.` : '';
    throw new Ended('unreadable', `${first}${rest}`);
  }
}

function compiledAccess(path: string, text: string): Access {
  try {
    return loadAccess(JSON.parse(text));
  } catch (error) {
    throw new Ended('unreadable', `${path}: ${error instanceof Error ? error.message : error}`);
  }
}
