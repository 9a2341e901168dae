import type * as z from 'zod/mini';
import { jsonIn } from '../domain/json-in.ts';
import type { SlackSettings, SlackUser } from '../domain/slack.ts';
import { BUTTON_ACTIONS, type ButtonAction, type ButtonValue, parseButtonValue } from './button.ts';
import { type Filled, filledIn } from './filled.ts';
import type { Form } from './form.ts';
import { CommandFields, Ignored, Interaction, type OpenView } from './payloads.ts';

/** A form of ours, as it is open before somebody. */
export type OpenForm = { readonly id: string; readonly hash: string };

/** What somebody wants, in words of ours. */
export type SlackRequest =
  | { readonly kind: 'command'; readonly text: string; readonly trigger: string }
  | {
      readonly kind: 'click';
      readonly action: ButtonAction;
      /** Undefined where the button is none of ours. */
      readonly button: ButtonValue | undefined;
      readonly trigger: string;
      readonly responseUrl: string;
    }
  | { readonly kind: 'role-chosen'; readonly form: OpenForm; readonly filled: Filled }
  | { readonly kind: 'ask-sent'; readonly form: OpenForm; readonly filled: Filled }
  | {
      readonly kind: 'comment-sent';
      readonly action: 'deny' | 'revoke';
      readonly button: ButtonValue | undefined;
      readonly filled: Filled;
    }
  | { readonly kind: 'role-typed'; readonly text: string }
  /** Nothing that is answered with more than an empty 200. */
  | { readonly kind: 'nothing' };

/** A request with who sent it, by what Slack has signed. */
export type Sent = { readonly from: Sender; readonly request: SlackRequest };

/** The workspace, the app and the user; `home` is where Slack says that the user belongs. */
type Sender = {
  readonly app: string;
  readonly user: SlackUser;
  readonly home: string;
  readonly enterprise: string | undefined;
};

/** What was sent to a route; undefined where it is nothing that Slack sends. */
export function sentTo(resource: string, form: Form): Sent | undefined {
  if (resource.endsWith('/commands')) return commandOf(form);
  const payload = jsonIn(form.get('payload') ?? '');
  const interaction = Interaction.safeParse(payload);
  if (interaction.success) return { from: senderOf(interaction.data), request: requestOf(interaction.data) };
  const ignored = Ignored.safeParse(payload);
  if (!ignored.success || KNOWN.has(ignored.data.type)) return undefined;
  return { from: senderOf(ignored.data), request: { kind: 'nothing' } };
}

/** Whether the request comes from the one workspace and app that are listened to, and from a user who belongs there. */
export function isFromOurs({ app, user, home, enterprise }: Sender, settings: SlackSettings): boolean {
  // NB. In an Enterprise Grid the user's team_id can be the organization's; users.info then says which workspace it is.
  const isHome = home === settings.team || home === enterprise;
  return app === settings.app && user.team === settings.team && isHome;
}

const KNOWN: ReadonlySet<string> = new Set(['block_actions', 'view_submission', 'block_suggestion']);

function commandOf(form: Form): Sent | undefined {
  const parsed = CommandFields.safeParse(Object.fromEntries(form));
  if (!parsed.success) return undefined;
  const { api_app_id: app, team_id: team, user_id: user, text, trigger_id: trigger } = parsed.data;
  const from = { app, user: { team, user }, home: team, enterprise: undefined };
  return { from, request: { kind: 'command', text: unescaped(text), trigger } };
}

/** Slack escapes these three in what people type: https://docs.slack.dev/messaging/formatting-message-text */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function senderOf({ api_app_id: app, team, user }: z.output<typeof Ignored>): Sender {
  return {
    app,
    user: { team: team.id, user: user.id },
    home: user.team_id ?? team.id,
    enterprise: team.enterprise_id ?? undefined,
  };
}

function requestOf(interaction: z.output<typeof Interaction>): SlackRequest {
  switch (interaction.type) {
    case 'block_actions':
      return interaction.view ? roleChosen(interaction.view, interaction.actions) : clickOf(interaction);
    case 'view_submission':
      return submissionOf(interaction.view);
    case 'block_suggestion':
      return interaction.action_id === 'role'
        ? { kind: 'role-typed', text: interaction.value }
        : { kind: 'nothing' };
    default:
      return interaction satisfies never;
  }
}

type Clicked = Extract<z.output<typeof Interaction>, { readonly type: 'block_actions' }>;

function clickOf({ actions, trigger_id: trigger, response_url: responseUrl }: Clicked): SlackRequest {
  const [clicked] = actions;
  const action = BUTTON_ACTIONS.find((known) => known === clicked?.action_id);
  if (action === undefined || !responseUrl) return { kind: 'nothing' };
  return { kind: 'click', action, button: parseButtonValue(clicked?.value ?? ''), trigger, responseUrl };
}

function roleChosen(view: OpenView, actions: Clicked['actions']): SlackRequest {
  if (view.callback_id !== 'ask' || actions[0]?.action_id !== 'role') return { kind: 'nothing' };
  return { kind: 'role-chosen', form: { id: view.id, hash: view.hash }, filled: filledIn(view) };
}

function submissionOf(view: OpenView): SlackRequest {
  const filled = filledIn(view);
  switch (view.callback_id) {
    case 'ask':
      return { kind: 'ask-sent', form: { id: view.id, hash: view.hash }, filled };
    case 'deny':
    case 'revoke':
      return {
        kind: 'comment-sent',
        action: view.callback_id,
        button: parseButtonValue(view.private_metadata),
        filled,
      };
    default:
      return { kind: 'nothing' };
  }
}
