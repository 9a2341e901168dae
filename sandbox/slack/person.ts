import { commandAnswer } from './callbacks/answers.ts';
import type { AppDoor } from './callbacks/app-door.ts';
import { commandFields, type Pressable, placed, pressPayload } from './callbacks/payloads.ts';
import { show } from './callbacks/respond.ts';
import { explained } from './callbacks/trouble.ts';
import type { Conversation, SlackMessage } from './conversations.ts';
import { createFormHand, type FormHand } from './form-hand.ts';
import type { OpenView } from './modals.ts';
import type { PrivateNote } from './private-notes.ts';
import type { Seen } from './seen.ts';
import type { SlackUser, Workspace } from './workspace.ts';

/** Somebody who uses Slack: what they do, and what they see. */
export type SlackPerson = FormHand & {
  readonly id: string;
  /** Writes `/drawbridge <text>`, in the first channel or in the one that is named. */
  command(text: string, channel?: string): Promise<Seen>;
  /** Presses a button by its action id, on the message as they saw it: it may have changed since. */
  press(actionId: string, on: Pressable): Promise<Seen>;
  /** The form before them; undefined where none is open. */
  form(): OpenView | undefined;
  /** What they alone have been told, oldest first. */
  replies(): readonly PrivateNote[];
  /** What the app has written to them directly, oldest first. */
  directMessages(): readonly SlackMessage[];
};

/** Gives somebody their hands. */
export function createPerson(user: SlackUser, workspace: Workspace, app: AppDoor): SlackPerson {
  const { conversations, modals, notes } = workspace;
  const watched = async (act: () => Promise<string | undefined>): Promise<Seen> => {
    const before = new Set(notes.of(user.id).map(({ ts }) => ts));
    const trouble = await act();
    const replies = notes.of(user.id).filter(({ ts, from }) => !before.has(ts) && from === 'app');
    return { trouble, replies, form: modals.top(user.id) };
  };
  const complain = (channel: string, trouble: string | undefined) => {
    if (trouble !== undefined)
      notes.add({ user: user.id, channel, from: 'slack', text: trouble, blocks: [] });
    return trouble;
  };
  return {
    id: user.id,
    ...createFormHand({ user, workspace, app, watched }),
    command: (text, channel) =>
      watched(async () => {
        const place = channel === undefined ? conversations.all()[0] : conversations.find(channel);
        if (place === undefined) throw new Error(`There is no channel ${channel ?? ''} in this workspace.`);
        return complain(place.id, await runCommand({ user, text, place, workspace, app }));
      }),
    press: (actionId, on) =>
      watched(async () => {
        const found = placed(on.blocks, actionId);
        if (found === undefined) throw new Error(`The message has no button with the action id ${actionId}.`);
        const payload = JSON.stringify(pressPayload(user, on, found, workspace));
        return complain(on.channel, explained.action(await app.send('interactions', { payload })));
      }),
    form: () => modals.top(user.id),
    replies: () => notes.of(user.id).filter(({ from }) => from === 'app'),
    directMessages: () => conversations.messages(conversations.directWith(user.id).id),
  };
}

/** Sends a slash command and shows its answer; what went wrong, if anything did. */
async function runCommand(options: {
  readonly user: SlackUser;
  readonly text: string;
  readonly place: Conversation;
  readonly workspace: Workspace;
  readonly app: AppDoor;
}): Promise<string | undefined> {
  const { user, text, place, workspace, app } = options;
  const delivery = await app.send('commands', commandFields(user, text, place, workspace));
  if (delivery.kind !== 'answered' || delivery.status !== 200) return explained.command(delivery);
  const answer = commandAnswer(delivery.contentType, delivery.body);
  if ('wrong' in answer) return explained.answer(answer.wrong);
  if (answer.read !== undefined) show(answer.read, { user: user.id, channel: place.id }, workspace);
  return undefined;
}
