/**
 * What is changed in the story; the path of the one complaint and what it says; what stands at its place, where that is
 * not the last key of the path.
 */
type Mistake = readonly [from: string, to: string, path: string, says: RegExp, at?: string];

/** Mistakes by what they are. */
export type MistakeTable = Readonly<Record<string, Mistake>>;
