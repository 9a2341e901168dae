import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Hash } from '../../domain/hash.ts';
import type { CompiledAccess, CompiledContent } from './compiled.ts';

/** The content with its version: SHA-256 over its canonical JSON. */
export function versioned(content: CompiledContent): CompiledAccess {
  const ordered = JSON.parse(canonicalJson(content)) as CompiledContent;
  return { version: versionOf(ordered), ...ordered };
}

/**
 * The version that a compiled file's content has. NB. Its keys have the order of canonical JSON already, so JSON.stringify
 * says the same in a tenth of the time; a file whose keys were put into another order has another version.
 */
export function versionOf(content: object): Hash {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex') as Hash;
}
