/** A MAC over a text, made with a key that only the writing functions may use. */
export type Seal = {
  /** The MAC of the text, in base64. */
  seal(text: string): Promise<string>;
  /** Whether the MAC is that of the text; false for anything else that was put in its place. */
  verify(text: string, mac: string): Promise<boolean>;
};
