import * as z from 'zod';

/** A string whose length Slack limits; its words for what is wrong with one. */
export function characters(most: number, least = 1) {
  return z
    .string()
    .min(least, `must be more than ${least - 1} characters`)
    .max(most, `must be less than ${most + 1} characters`);
}

/** A list whose length Slack limits. */
export function items<T extends z.ZodType>(item: T, most: number, least = 1) {
  return z
    .array(item)
    .min(least, `must have at least ${least} item${least === 1 ? '' : 's'}`)
    .max(most, `no more than ${most} items allowed`);
}

/** Text that is shown as it is. */
export function plainText(most: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: characters(most),
    emoji: z.boolean().optional(),
  });
}

/** Text that is shown as it is, or formatted. */
export function anyText(most: number) {
  return z.discriminatedUnion('type', [
    plainText(most),
    z.strictObject({ type: z.literal('mrkdwn'), text: characters(most), verbatim: z.boolean().optional() }),
  ]);
}

/** A text object of either kind. */
export type Text = z.infer<ReturnType<typeof anyText>>;
