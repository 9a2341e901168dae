import { styleText } from 'node:util';

/** Where a command writes, and what is known of who reads it. */
export type Terminal = {
  /** Results. */
  out(text: string): void;
  /** Errors, and progress. */
  err(text: string): void;
  /** How wide results are set. */
  readonly columns: number;
  /** Whether results may have colours. */
  readonly colours: boolean;
  /** Whether somebody watches stderr, so that progress is worth telling. */
  readonly watched: boolean;
};

/** What can be said of the streams of a process. */
export type Streams = {
  readonly stdout: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
};

const NARROWEST = 60;
const WIDEST = 160;
const USUAL = 100;

/** A terminal on a process's streams. NO_COLOR (https://no-color.org) and COLUMNS are heeded. */
export function terminalOf({ stdout, stderr, env }: Streams): Terminal {
  const isPlain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  const columns = Number(env['COLUMNS'] ?? stdout.columns ?? USUAL) || USUAL;
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    columns: Math.min(WIDEST, Math.max(NARROWEST, Math.floor(columns))),
    colours: stdout.isTTY === true && !isPlain,
    watched: stderr.isTTY === true && env['TERM'] !== 'dumb',
  };
}

/** How a text is set off. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** A text with a style, where the terminal has colours. */
export function styled(terminal: Pick<Terminal, 'colours'>, style: Style, text: string): string {
  return terminal.colours ? styleText(style, text, { validateStream: false }) : text;
}

/**
 * A text from a log, fit for a terminal: control characters and those that turn the direction of writing are shown as
 * what they are. Whoever can make an API call chooses parts of a log, session names and user agents among them.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}
