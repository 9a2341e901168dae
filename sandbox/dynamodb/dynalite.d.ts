declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** Times in milliseconds that a table stays in a state of change; without a path the store is in memory. */
  type Options = {
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
    readonly path?: string;
  };

  function dynalite(options?: Options): Server;
  export = dynalite;
}
