import { type Html, html } from './html.ts';

/** Names by the ids of users and channels. */
export type Names = (id: string) => string;

/**
 * What Slack makes of formatted text: docs.slack.dev/messaging/formatting-message-text. Quotes and lists stay as they
 * are written.
 */
export function formatted(text: string, names: Names): Html {
  const html_: Html[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKUP)) {
    html_.push(plain(text.slice(end, match.index)), marked(match, names));
    end = match.index + match[0].length;
  }
  return html`${html_}${plain(text.slice(end))}`;
}

/** Text whose line breaks are shown, and nothing else in it. */
export function unformatted(text: string): Html {
  return html`${text.split('\n').map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`))}`;
}

/** Marks open after, and close before, what is no letter or digit; as Slack wants them. */
const MARKUP = new RegExp(
  [
    /```(?<pre>[\s\S]+?)```/,
    /`(?<code>[^`\n]+)`/,
    /<(?<special>[^<>\n]+)>/,
    /(?<![\p{L}\p{N}*])\*(?<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\p{L}\p{N}*])/u,
    /(?<![\p{L}\p{N}_])_(?<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?![\p{L}\p{N}_])/u,
    /(?<![\p{L}\p{N}~])~(?<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\p{L}\p{N}~])/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gu',
);

function marked({ groups = {} }: RegExpMatchArray, names: Names): Html {
  const { pre, code, special, bold, italic, strike } = groups;
  if (pre !== undefined) return html`<pre>${decoded(pre.replace(/^\n/, ''))}</pre>`;
  if (code !== undefined) return html`<code>${decoded(code)}</code>`;
  if (bold !== undefined) return html`<strong>${formatted(bold, names)}</strong>`;
  if (italic !== undefined) return html`<em>${formatted(italic, names)}</em>`;
  if (strike !== undefined) return html`<s>${formatted(strike, names)}</s>`;
  return sequence(special ?? '', names);
}

/** `<@U…>`, `<#C…>`, `<!here>`, `<!date^…|…>` and links. */
function sequence(special: string, names: Names): Html {
  const [target = '', label] = special.split('|', 2);
  if (target.startsWith('@')) return html`<span class="mention">@${names(target.slice(1))}</span>`;
  if (target.startsWith('#')) return html`<span class="mention">#${names(target.slice(1))}</span>`;
  if (target.startsWith('!date^')) return date(target, label);
  if (target.startsWith('!')) return html`<span class="mention">@${decoded(label ?? target.slice(1))}</span>`;
  if (!/^(https?:\/\/|mailto:)/.test(target)) return html`${decoded(`<${special}>`)}`;
  return html`<a href="${decoded(target)}" rel="noreferrer">${decoded(label ?? target)}</a>`;
}

/** The fallback is shown to all: Slack would write the time as each reader's clock has it. */
function date(target: string, fallback: string | undefined): Html {
  const seconds = Number(target.split('^')[1]);
  if (!Number.isFinite(seconds)) return html`${decoded(fallback ?? '')}`;
  const iso = new Date(seconds * 1000).toISOString();
  return html`<time datetime="${iso}">${decoded(fallback ?? iso)}</time>`;
}

function plain(text: string): Html {
  return unformatted(decoded(text));
}

/** Slack takes three characters as entities, and no others. */
function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
