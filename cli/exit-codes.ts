/** How a command can end. */
export type Ending = 'fine' | 'findings' | 'wrong-use' | 'unreadable' | 'failed';

/** The one table of exit codes, with what each means; `--help` and docs/command-line.md show it. */
export const EXIT_CODES: Readonly<Record<Ending, { readonly code: number; readonly meaning: string }>> = {
  fine: { code: 0, meaning: 'done, and nothing is wrong' },
  findings: {
    code: 1,
    meaning:
      'done, and something is wrong: a chain is broken, a file is altered, a session is in one record alone',
  },
  'wrong-use': { code: 2, meaning: 'the command was not understood, or its options do not fit together' },
  unreadable: { code: 3, meaning: 'something could not be read: the answer is given, and is not whole' },
  failed: { code: 4, meaning: 'it failed: AWS or the disk refused, or there is a mistake in Drawbridge' },
};

/** The table as `--help` shows it. */
export function exitCodesHelp(): string {
  const rows = Object.values(EXIT_CODES).map(({ code, meaning }) => `  ${code}  ${meaning}`);
  return ['', 'Exit codes:', ...rows].join('\n');
}
