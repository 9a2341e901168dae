/** Tells a story step by step and checks each step. */
export type Narrator = {
  chapter(title: string): void;
  /** Time that passes. */
  time(passed: string): void;
  /** One thing that somebody does: what the system answered must be what was expected. */
  step<T extends { readonly said: string }>(
    who: string,
    does: string,
    expected: string,
    doing: () => Promise<T>,
  ): Promise<T>;
  /** How many steps were told. */
  steps(): number;
};

/** A step whose answer differs from the story. */
export class StoryDiffers extends Error {
  constructor(expected: string, said: string) {
    super(`The story says: ${expected}\n   but the answer was: ${said}`);
    this.name = 'StoryDiffers';
  }
}

/** A narrator who writes lines; chapters are numbered. */
export function narrator(write: (line: string) => void): Narrator {
  let chapters = 0;
  let steps = 0;
  return {
    chapter(title) {
      chapters += 1;
      write(`\n${chapters}  ${title}`);
    },
    time(passed) {
      write(`   …      ${passed}`);
    },
    async step(who, does, expected, doing) {
      const done = await doing();
      const holds = done.said === expected;
      write(`   ${who.padEnd(5)}  ${does}`);
      write(`     ${holds ? '✓' : '✗'}    → ${done.said}`);
      if (!holds) throw new StoryDiffers(expected, done.said);
      steps += 1;
      return done;
    },
    steps: () => steps,
  };
}
