import {
  formatted,
  mention,
  mrkdwn,
  oneLine,
  plain,
  quoted,
  when,
} from '../../../shared/slack/cards/text.ts';
import { at } from '../../domain/values.ts';

test.each([
  ['an override of direction', 'pay\u202egnp.exe', 'pay⟨U+202E⟩gnp.exe'],
  ['a character without width', 'ad\u200bmin', 'ad⟨U+200B⟩min'],
  ['a control', 'a\u0007b\u001b[31m', 'a⟨U+0007⟩b⟨U+001B⟩[31m'],
  ['a separator of lines', 'a\u2028b', 'a⟨U+2028⟩b'],
  ['half a character', 'a\ud83d', 'a⟨U+D83D⟩'],
  ['a character of a tag', 'a\u{e0041}', 'a⟨U+E0041⟩'],
  ['line feeds and tabs', 'a\n\tb', 'a\n\tb'],
  ['an emoji with its selector', '\u2764\ufe0f', '\u2764\ufe0f'],
])('plain text shows %s', (_, typed, text) => {
  expect(plain(typed, 100)).toEqual({ type: 'plain_text', text, emoji: false });
});

test('plain text is not decoded: what looks like formatting stays', () => {
  expect(plain('<!channel> *bold* &amp; :tada:', 100).text).toBe('<!channel> *bold* &amp; :tada:');
});

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdefg', 6, 'abcde…'],
  ['abcd😀g', 6, 'abcd…'],
  ['', 6, '–'],
])('plain text %j in %i characters is %j', (typed, longest, text) => {
  expect(plain(typed, longest).text).toBe(text);
});

// https://docs.slack.dev/messaging/formatting-message-text#escaping
test('formatted text escapes what Slack parses', () => {
  expect(mrkdwn('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
  expect(mention('U1|x> <!here')).toBe('<@U1|x&gt; &lt;!here>');
});

test('formatted text links nothing by itself', () => {
  expect(formatted('david.io')).toEqual({ type: 'mrkdwn', text: 'david.io', verbatim: true });
});

// https://docs.slack.dev/messaging/formatting-message-text#date-formatting
test('a time is shown on the clock of each reader, with RFC 3339 where that fails', () => {
  const written = when(at('2026-11-24T09:00:00.999Z'));
  expect(written).toMatch(/^<!date\^1795510800\^[^|^]*\{time_secs\}\|2026-11-24T09:00:00Z>$/);
});

test('typed lines are marked as typed, or joined to one', () => {
  expect(quoted('Fix it\n\nApproved by ruth')).toBe('│ Fix it\n│\n│ Approved by ruth');
  expect(oneLine('OPS-1\n\n MFA')).toBe('OPS-1 ⏎ MFA');
});
