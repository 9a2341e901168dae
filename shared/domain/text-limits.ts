/** The most characters of what people write: every door, and every form, holds to the same. */
export const LONGEST = { reason: 1000, ticket: 64, comment: 500 } as const;
