import * as z from 'zod/mini';

/**
 * Controls but tab and line feed, marks that reorder or hide text, and separators that terminals obey. Unicode's
 * properties say which those are (UAX #44); the two selectors of emoji stay.
 */
const UNSEEN =
  /(?![\t\n]|[\ufe0e\ufe0f])[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\ufff9-\ufffb]/u;

/** What a person writes for others to read: what is shown is what is there. */
export function plainText(longest: number) {
  return z.string().check(
    z.trim(),
    z.minLength(1, 'Write something here.'),
    z.maxLength(longest, `Write at most ${longest} characters.`),
    z.refine((text) => text.isWellFormed() && !UNSEEN.test(text), {
      error: 'Leave out control characters and marks that hide or reorder text.',
    }),
  );
}
