import { progressOn } from '../../cli/progress.ts';
import { printable, styled, terminalOf } from '../../cli/terminal.ts';
import { fitted, labelled } from '../../cli/words.ts';

function streams(tty: boolean, env: Readonly<Record<string, string>> = {}) {
  const written: string[] = [];
  const stream = { isTTY: tty, columns: 90, write: (text: string) => written.push(text) };
  return { terminal: terminalOf({ stdout: stream, stderr: stream, env }), written };
}

test.each([
  ['a terminal', true, {}, true],
  ['a pipe', false, {}, false],
  ['NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['an empty NO_COLOR, which says nothing', true, { NO_COLOR: '' }, true],
  ['a dumb terminal', true, { TERM: 'dumb' }, false],
])('%s has colours as it should', (_what, tty, env, expected) => {
  const { terminal } = streams(tty, env);
  expect(terminal.colours).toBe(expected);
  expect(styled(terminal, 'red', 'x') !== 'x').toBe(expected);
});

test.each([
  [{}, 90],
  [{ COLUMNS: '120' }, 120],
  [{ COLUMNS: '10' }, 60],
  [{ COLUMNS: 'wide' }, 100],
])('the width is that of the terminal, or what COLUMNS says: %j', (env, columns) => {
  expect(streams(true, env).terminal.columns).toBe(columns);
});

test('progress is for whoever watches, at most ten times a second, and is taken away', () => {
  let now = 0;
  const { terminal, written } = streams(true);
  const progress = progressOn(terminal, () => now);
  progress.show('1');
  progress.show('2');
  now = 100;
  progress.show('3');
  progress.done();
  expect(written).toEqual(['\r\u001b[K1', '\r\u001b[K3', '\r\u001b[K']);
  const piped = streams(false);
  progressOn(piped.terminal, () => 0).show('1');
  expect(piped.written).toEqual([]);
});

test('control and direction characters are written as what they are, and letters stay', () => {
  expect(printable('a\u001b[31m\r\n\u202eé日')).toBe('a\\u{1b}[31m\\u{d}\\u{a}\\u{202e}é日');
});

test('what does not fit gives way in the middle', () => {
  expect(fitted('abcdefgh', 8)).toBe('abcdefgh');
  expect(fitted('abcdefghi', 8)).toBe('abcd…ghi');
});

test('words are set under one another after their label, and a long one is not cut', () => {
  expect(labelled('who  ', 'ann and bartholomew too', 14)).toEqual([
    'who  ann and',
    '     bartholomew',
    '     too',
  ]);
});
