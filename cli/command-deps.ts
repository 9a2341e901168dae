import type { Sha256 } from '../shared/domain/hash.ts';
import type { Terminal } from './terminal.ts';

/** What every command is given. */
export type CommandDeps = {
  readonly terminal: Terminal;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
  readonly sha256: Sha256;
};
