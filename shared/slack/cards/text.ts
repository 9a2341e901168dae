import { formatSeconds, type Instant } from '../../domain/instant.ts';

/** A text that Slack shows as it is: https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export type PlainText = { readonly type: 'plain_text'; readonly text: string; readonly emoji: false };

/** A text that Slack formats. `verbatim`: what only looks like a link or a name stays what it is. */
export type Mrkdwn = { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true };

/** Controls but tab and line feed, marks that reorder or hide text, and halves of characters (UAX #44). */
const UNSEEN =
  /(?![\t\n]|[\ufe0e\ufe0f])[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\ufff9-\ufffb]/gu;

/** The text with each character that cannot be seen shown as its code point: ⟨U+202E⟩. */
export function seen(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** The text on one line: what somebody typed cannot look like a line of the card. */
export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/gu, ' ⏎ ');
}

/** What somebody wrote, each line marked as theirs, so that none looks like a line of the card. */
export function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '│' : `│ ${line}`))
    .join('\n');
}

/** Text that is shown as it is, in at most so many UTF-16 units; Slack takes no empty one. */
export function plain(text: string, longest: number): PlainText {
  const shown = seen(text);
  return { type: 'plain_text', text: shown === '' ? '–' : capped(shown, longest), emoji: false };
}

/** A text for a place that Slack formats: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function mrkdwn(text: string): string {
  return seen(text).replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');
}

/** Formatted text of Drawbridge's own words, times and mentions; nothing that somebody typed. */
export function formatted(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}

/**
 * The instant on each reader's own clock, or else RFC 3339:
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function when(at: Instant): string {
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time_secs}|${formatSeconds(at)}>`;
}

/** Mentions a user by Slack's id, which tells them. */
export function mention(user: string): string {
  return `<@${mrkdwn(user)}>`;
}

function capped(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  const last = cut.charCodeAt(cut.length - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return `${isHalf ? cut.slice(0, -1) : cut}…`;
}
