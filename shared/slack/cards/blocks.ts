import type { ActionsBlock, ContextBlock, HeaderBlock, SectionBlock } from '@slack/types';
import type { Json } from '../../domain/canonical-json.ts';
import type { Common } from '../../domain/elevation.ts';
import type { MessageContent } from '../../ports/messenger.ts';
import { type ButtonAction, buttonValue } from '../button.ts';
import type { Call } from './calls.ts';
import { formatted, mrkdwn, plain } from './text.ts';

// Limits: https://docs.slack.dev/reference/block-kit/blocks (header, section, actions).
const LONGEST_HEADER = 150;
const LONGEST_SECTION = 3000;
const LONGEST_FIELD = 2000;

/** The heading of a card. */
export function header(text: string): Json {
  return { type: 'header', text: plain(text, LONGEST_HEADER) } satisfies HeaderBlock;
}

/** A paragraph that is shown as it is; shorter than Slack's own limit where that is asked for. */
export function paragraph(text: string, longest: number = LONGEST_SECTION): Json {
  return { type: 'section', text: plain(text, longest) } satisfies SectionBlock;
}

/** A paragraph with times or mentions; nothing that somebody typed. */
export function line(text: string): Json {
  return { type: 'section', text: formatted(text) } satisfies SectionBlock;
}

/** Small print with times; nothing that somebody typed. */
export function smallPrint(texts: readonly string[]): Json {
  return { type: 'context', elements: texts.map(formatted) } satisfies ContextBlock;
}

/** Names with their values, in two columns: at most ten. */
export function fields(pairs: readonly (readonly [name: string, value: string])[]): Json {
  return {
    type: 'section',
    fields: pairs.map(([name, value]) => plain(`${name}\n${value}`, LONGEST_FIELD)),
  } satisfies SectionBlock;
}

const BUTTONS = {
  approve: { label: 'Approve', style: 'primary' },
  deny: { label: 'Deny', style: 'danger' },
  details: { label: 'Details' },
  revoke: { label: 'Revoke', style: 'danger' },
  return: { label: 'Return' },
  withdraw: { label: 'Withdraw' },
} as const satisfies Readonly<Record<ButtonAction, { readonly label: string; readonly style?: string }>>;

/** Buttons of this elevation: each carries its id and the digest of the request that is shown beside it. */
export function buttons(
  { request, digest }: Pick<Common, 'request' | 'digest'>,
  actions: readonly ButtonAction[],
): Json {
  const value = buttonValue({ id: request.id, digest });
  return {
    type: 'actions',
    elements: actions.map((action) => {
      const { label, ...style } = BUTTONS[action];
      return { type: 'button' as const, action_id: action, value, text: plain(label, 75), ...style };
    }),
  } satisfies ActionsBlock;
}

const AT_THE_DOOR = {
  oidc: 'With a token of your identity provider, for which you have just proved MFA:',
  iam: 'With the session that aws sts get-session-token gave you for your MFA code:',
} as const satisfies Readonly<Record<Call['door'], string>>;

/** Commands ready to copy, a door each. They hold ids alone, so none is too long or ends its own block. */
export function commands(calls: readonly Call[]): readonly Json[] {
  return calls.flatMap(({ door, command }) => [
    paragraph(AT_THE_DOOR[door]),
    line(`\`\`\`\n${mrkdwn(command)}\n\`\`\``),
  ]);
}

/** Blocks with the words for notifications and screen readers; no word of them was typed by somebody. */
export function content(text: string, blocks: readonly (Json | undefined)[]): MessageContent {
  return { text: mrkdwn(text), blocks: blocks.filter((block) => block !== undefined) };
}
