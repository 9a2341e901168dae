import * as z from 'zod';

/** Controls but tab and line feed, marks that reorder or hide text, and separators that terminals obey. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;

/** What a person writes for others to read: what is shown is what is there. */
export function plainText(longest: number) {
  return z
    .string()
    .trim()
    .min(1, 'Write something here.')
    .max(longest, `Write at most ${longest} characters.`)
    .refine((text) => text.isWellFormed() && !UNSEEN.test(text), {
      error: 'Leave out control characters and marks that hide or reorder text.',
    });
}
