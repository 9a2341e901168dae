import type { Ending } from './exit-codes.ts';

/** Ends a command early, with a sentence that tells what to do. */
export class Ended extends Error {
  readonly ending: Ending;
  constructor(ending: Ending, sentence: string) {
    super(sentence);
    this.name = 'Ended';
    this.ending = ending;
  }
}
