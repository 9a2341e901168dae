import type { Terminal } from './terminal.ts';

/** One line on stderr that is written over, for whoever watches. */
export type Progress = {
  show(line: string): void;
  /** Takes the line away. */
  done(): void;
};

const EVERY_MS = 100;

/** Progress for a terminal that is watched, and silence elsewhere; at most ten lines a second. */
export function progressOn({ watched, err, columns }: Terminal, now: () => number): Progress {
  let last = Number.NEGATIVE_INFINITY;
  let shown = false;
  return {
    show(line) {
      if (!watched || now() - last < EVERY_MS) return;
      last = now();
      shown = true;
      err(`\r\u001b[K${line.slice(0, columns - 1)}`);
    },
    done() {
      if (shown) err('\r\u001b[K');
      shown = false;
    },
  };
}
