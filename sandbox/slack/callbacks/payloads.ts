import type { Block } from '../block-kit/blocks.ts';
import { elementsOf } from '../block-kit/blocks.ts';
import type { Element } from '../block-kit/elements.ts';
import type { Conversation, SlackMessage } from '../conversations.ts';
import type { StateValue } from '../form-state.ts';
import { messageJson } from '../message-json.ts';
import type { OpenView } from '../modals.ts';
import type { PrivateNote } from '../private-notes.ts';
import { viewJson } from '../view-json.ts';
import { DOMAIN, type SlackUser, type Workspace } from '../workspace.ts';

/** What somebody presses a button of: a message that all see, or one that they alone do. */
export type Pressable = SlackMessage | PrivateNote;

/** The deprecated verification token, which nobody should look at. */
const VERIFICATION_TOKEN = 'deprecated-verification-token';

/** An element with its place. */
export type Placed<E extends Element = Element> = { readonly block: Block; readonly element: E };

/** The element of this action id among blocks. */
export function placed(blocks: readonly Block[], actionId: string): Placed | undefined {
  return blocks
    .flatMap((block) => elementsOf(block).map((element) => ({ block, element })))
    .find(({ element }) => element.action_id === actionId);
}

/** Fields of a slash command: docs.slack.dev/interactivity/implementing-slash-commands. */
export function commandFields(
  user: SlackUser,
  text: string,
  place: Conversation,
  workspace: Workspace,
): Readonly<Record<string, string>> {
  return {
    token: VERIFICATION_TOKEN,
    team_id: user.team ?? workspace.team,
    team_domain: DOMAIN,
    channel_id: place.id,
    channel_name: place.user === undefined ? place.name : 'directmessage',
    user_id: user.id,
    user_name: user.name.toLowerCase(),
    command: '/drawbridge',
    text,
    api_app_id: workspace.app,
    is_enterprise_install: 'false',
    response_url: workspace.responseUrls.issue('commands', { user: user.id, channel: place.id }),
    trigger_id: workspace.triggers.issue(user.id),
  };
}

/** A press of a button of a message: docs.slack.dev/reference/interaction-payloads/block_actions-payload. */
export function pressPayload(
  user: SlackUser,
  on: Pressable,
  { block, element }: Placed,
  workspace: Workspace,
) {
  const seenByAll = !('from' in on);
  const answerable = { user: user.id, channel: on.channel, ...threadOf(on) };
  const name = workspace.conversations.find(on.channel)?.name ?? '';
  return {
    type: 'block_actions',
    ...common(user, workspace),
    container: {
      type: 'message',
      message_ts: on.ts,
      channel_id: on.channel,
      is_ephemeral: !seenByAll,
      ...('thread_ts' in on ? { thread_ts: on.thread_ts } : {}),
    },
    trigger_id: workspace.triggers.issue(user.id),
    channel: { id: on.channel, name: name === '' ? 'directmessage' : name },
    ...(seenByAll ? { message: messageJson(on, workspace, { metadata: true }) } : {}),
    state: { values: {} },
    response_url: workspace.responseUrls.issue('actions', {
      ...answerable,
      ...(seenByAll ? { ts: on.ts } : {}),
    }),
    actions: [actionOf(block, element, undefined, workspace)],
  };
}

/** A press or a choice within a view. */
export function viewActionPayload(
  user: SlackUser,
  open: OpenView,
  { block, element }: Placed,
  workspace: Workspace,
) {
  const value = open.state[block.block_id]?.[element.action_id ?? ''];
  return {
    type: 'block_actions',
    ...common(user, workspace),
    container: { type: 'view', view_id: open.id },
    trigger_id: workspace.triggers.issue(user.id),
    view: viewJson(open, workspace),
    actions: [actionOf(block, element, value, workspace)],
  };
}

/** A form that is sent: docs.slack.dev/reference/interaction-payloads/view-interactions-payload. */
export function submissionPayload(user: SlackUser, open: OpenView, workspace: Workspace) {
  return {
    type: 'view_submission',
    ...common(user, workspace),
    trigger_id: workspace.triggers.issue(user.id),
    view: viewJson(open, workspace),
    response_urls: [],
  };
}

/** A view that is closed without being sent. */
export function closedPayload(user: SlackUser, open: OpenView, workspace: Workspace) {
  return {
    type: 'view_closed',
    ...common(user, workspace),
    view: viewJson(open, workspace),
    is_cleared: false,
  };
}

/** A question for options: docs.slack.dev/reference/interaction-payloads/block_suggestion-payload. */
export function suggestionPayload(
  user: SlackUser,
  open: OpenView,
  { block, element, typed }: Placed & { readonly typed: string },
  workspace: Workspace,
) {
  return {
    type: 'block_suggestion',
    ...common(user, workspace),
    container: { type: 'view', view_id: open.id },
    action_id: element.action_id,
    block_id: block.block_id,
    value: typed,
    view: viewJson(open, workspace),
  };
}

function common(user: SlackUser, { team, app }: Workspace) {
  const name = user.name.toLowerCase();
  return {
    user: { id: user.id, username: name, name, team_id: user.team ?? team },
    team: { id: user.team ?? team, domain: DOMAIN },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: app,
    token: VERIFICATION_TOKEN,
  };
}

function threadOf(on: Pressable) {
  return on.thread_ts === undefined ? {} : { thread: on.thread_ts };
}

function actionOf(block: Block, element: Element, value: StateValue | undefined, workspace: Workspace) {
  const named = {
    type: element.type,
    block_id: block.block_id,
    action_id: element.action_id,
    action_ts: workspace.conversations.nextTs(),
  };
  if (element.type !== 'button') return { ...named, ...value };
  const { text, style, value: carried } = element;
  return {
    ...named,
    text,
    ...(carried === undefined ? {} : { value: carried }),
    ...(style === undefined ? {} : { style }),
  };
}
