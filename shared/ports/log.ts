/** Something for the operators: an event's name and what it is about, never a secret. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  event: string,
  facts: Readonly<Record<string, string | number>>,
) => void;
