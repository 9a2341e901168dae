import * as z from 'zod/mini';

// What is read of Slack's payloads, and nothing else of them: what a message says, where it stands and what Slack calls
// somebody is never believed. https://docs.slack.dev/reference/interaction-payloads

const userId = z.string().check(z.regex(/^[UW][A-Z0-9]{2,20}$/));
const teamId = z.string().check(z.regex(/^[TE][A-Z0-9]{2,20}$/));
const appId = z.string().check(z.regex(/^A[A-Z0-9]{2,20}$/));
const viewId = z.string().check(z.regex(/^V[A-Z0-9]{2,40}$/));
const opaque = z.string().check(z.minLength(1), z.maxLength(512));
const label = z.string().check(z.maxLength(255));

const sender = {
  api_app_id: appId,
  team: z.object({ id: teamId, enterprise_id: z.nullish(teamId) }),
  user: z.object({ id: userId, team_id: z.nullish(teamId) }),
};

/** An element of a form as somebody has filled it in. */
const element = z.object({
  value: z.nullish(z.string()),
  selected_option: z.nullish(z.object({ value: z.string() })),
});

const view = z.object({
  id: viewId,
  hash: opaque,
  callback_id: label,
  private_metadata: z._default(z.string().check(z.maxLength(3000)), ''),
  state: z.object({ values: z.record(label, z.record(label, element)) }),
});

/** A view of ours with what is filled in. */
export type OpenView = z.output<typeof view>;

const action = z.object({ action_id: label, value: z.optional(z.string()) });

/** The fields of a slash command. */
export const CommandFields = z.object({
  api_app_id: appId,
  team_id: teamId,
  user_id: userId,
  text: z.string(),
  trigger_id: opaque,
});

/** What interactivity sends. */
export const Interaction = z.discriminatedUnion('type', [
  z.object({
    ...sender,
    type: z.literal('block_actions'),
    trigger_id: opaque,
    response_url: z.nullish(z.string().check(z.maxLength(1024))),
    view: z.nullish(view),
    actions: z.array(action).check(z.minLength(1), z.maxLength(1)),
  }),
  z.object({ ...sender, type: z.literal('view_submission'), view }),
  z.object({
    ...sender,
    type: z.literal('block_suggestion'),
    action_id: label,
    value: z.string().check(z.maxLength(1024)),
  }),
]);

/** What interactivity sends that means nothing here: a form that was closed, a shortcut. */
export const Ignored = z.object({ ...sender, type: z.string() });
