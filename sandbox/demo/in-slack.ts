import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { SlackMessage } from '../slack/conversations.ts';
import type { Seen } from '../slack/seen.ts';
import type { Told } from './answers.ts';
import type { Cast } from './cast.ts';

const PEOPLE = { David: 'U0DAVID', Ruth: 'U0RUTH', Tess: 'U0TESS' } as const;
const CHANNEL = 'C0PRODUCTION';

/** Somebody of the story in Slack: what they do there, and what they see. */
export type InSlack = {
  /** The card of an elevation, as it stands when everything is told. */
  card(elevation: string): Promise<Told<SlackMessage>>;
  /** Presses a button of a card as they saw it. */
  press(action: string, on: SlackMessage): Promise<Told<undefined>>;
  /** Presses a button that opens a form, fills in the comment and sends it. */
  pressWithComment(action: string, on: SlackMessage, comment: string): Promise<Told<undefined>>;
  /** Types /drawbridge and these words. */
  command(words: string): Promise<Told<undefined>>;
  /** The newest message that was written to them directly. */
  directMessage(): Promise<Told<undefined>>;
};

/** Gives somebody of the story their hands in Slack. */
export function inSlack({ sandbox }: Pick<Cast, 'sandbox'>, who: keyof typeof PEOPLE): InSlack {
  const { slack } = sandbox;
  const person = slack.as(PEOPLE[who]);
  return {
    async card(elevation) {
      await sandbox.settle();
      const card = slack
        .messages(CHANNEL)
        .find(({ metadata }) => isDeepStrictEqual(metadata?.event_payload, { elevation, key: 'card' }));
      if (card === undefined) throw new Error(`There is no card of ${elevation} in the channel.`);
      return { said: withoutPicture(card.text), value: card };
    },
    press: async (action, on) => replied(await person.press(action, on)),
    async pressWithComment(action, on, comment) {
      await person.press(action, on);
      await person.fill('comment', comment);
      const { form, trouble } = await person.submit();
      await person.cancel();
      return { said: trouble ?? textOf(form?.view.blocks ?? []), value: undefined };
    },
    command: async (words) => replied(await person.command(words)),
    async directMessage() {
      await sandbox.settle();
      return { said: person.directMessages().at(-1)?.text ?? 'nothing', value: undefined };
    },
  };
}

/** What somebody alone was told; what Slack complains of comes before it. */
function replied({ trouble, replies }: Seen): Told<undefined> {
  return { said: trouble ?? replies.at(-1)?.text ?? 'nothing', value: undefined };
}

/** What the sections of a form say. */
function textOf(blocks: readonly object[]): string {
  return blocks
    .map((block) => Section.safeParse(block).data?.text.text ?? '')
    .join(' ')
    .trim();
}

const Section = z.object({ type: z.literal('section'), text: z.object({ text: z.string() }) });

/** Cards begin with a coloured dot, which not every terminal has. */
function withoutPicture(text: string): string {
  return text.replace(/^[^\p{L}]+/u, '');
}
