/** Something that stands out: a sentence with its numbers, and what to do next. */
export type Highlight = {
  /** `act`: somebody may have come round the side; `look`: power or sight that is missing; `note`: could be tidier. */
  readonly weight: 'act' | 'look' | 'note';
  readonly sentence: string;
  readonly next: string;
  /** The part of the report that shows it. */
  readonly section: 'out-of-band' | 'standing' | 'changes' | 'gaps' | 'roles' | 'elevations';
};
