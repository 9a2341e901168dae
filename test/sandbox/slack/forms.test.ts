import { DAVID, RUTH, refusal, type Said, type Stage, section, startStage, TEAM } from './workspace.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await startStage();
});
afterEach(() => stage.stop());

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(`The role ${value}`), value });

const ROLE = {
  type: 'input',
  block_id: 'role',
  dispatch_action: true,
  label: plain('Role'),
  element: { type: 'external_select', action_id: 'role', min_query_length: 0 },
};
const REASON = {
  type: 'input',
  block_id: 'reason',
  label: plain('Reason'),
  element: { type: 'plain_text_input', action_id: 'reason', min_length: 5, max_length: 20 },
};
const TICKET = {
  type: 'input',
  block_id: 'ticket',
  optional: true,
  label: plain('Ticket'),
  element: { type: 'plain_text_input', action_id: 'ticket' },
};

function form(blocks: readonly object[] = [ROLE, REASON, TICKET], more: object = {}) {
  return {
    type: 'modal',
    callback_id: 'request',
    private_metadata: 'kept',
    title: plain('Borrow a role'),
    submit: plain('Send'),
    notify_on_close: true,
    blocks,
    ...more,
  };
}

/** An app that opens the form for the command, offers two roles, and answers a submission so. */
function serve(submission: Said = {}, view: object = form()): void {
  const { app, client } = stage;
  app.answer(async ({ door, fields, payload }) => {
    if (door.endsWith('/commands')) {
      await client.apiCall('views.open', { trigger_id: fields['trigger_id'], view });
      return {};
    }
    if (door.endsWith('/options')) {
      const roles = ['update-app', 'read-billing'].filter((role) => role.includes(String(payload['value'])));
      return { json: { options: roles.map(option) } };
    }
    return payload['type'] === 'view_submission' ? submission : {};
  });
}

const payloads = (type: string) =>
  stage.app.asked.map(({ payload }) => payload).filter((one) => one['type'] === type);

describe('views.open', () => {
  test('shows the form to whoever made the trigger, and to nobody else', async () => {
    serve();
    const { form: opened } = await stage.slack.as(DAVID).command('');
    expect(opened?.view).toMatchObject({ callback_id: 'request', private_metadata: 'kept' });
    expect(stage.slack.as(RUTH).form()).toBeUndefined();
  });

  // docs.slack.dev/reference/methods/views.open, errors; a trigger lives three seconds.
  test('refuses a trigger that is used, old or unknown', async () => {
    const { app, client, slack } = stage;
    await slack.as(DAVID).command('');
    const triggerId = app.asked[0]?.fields['trigger_id'];
    const open = (id: unknown) => client.apiCall('views.open', { trigger_id: id, view: form() });
    await open(triggerId);
    expect((await refusal(open(triggerId))).error).toBe('exchanged_trigger_id');
    expect((await refusal(open('1.2.abc'))).error).toBe('invalid_trigger_id');
    await slack.as(DAVID).command('');
    stage.advance(3001);
    expect((await refusal(open(app.asked[1]?.fields['trigger_id']))).error).toBe('expired_trigger_id');
  });

  test('refuses a view that Slack would not show, and the trigger can be used still', async () => {
    const { app, client, slack } = stage;
    await slack.as(DAVID).command('');
    const triggerId = app.asked[0]?.fields['trigger_id'];
    const bad = client.apiCall('views.open', { trigger_id: triggerId, view: form([REASON, REASON]) });
    expect(await refusal(bad)).toEqual({
      error: 'invalid_arguments',
      messages: ['[ERROR] block_id is not unique: reason [json-pointer:/view/blocks/1/block_id]'],
    });
    await client.apiCall('views.open', { trigger_id: triggerId, view: form() });
    expect(slack.as(DAVID).form()).toBeDefined();
  });
});

describe('a form', () => {
  const opened = async () => {
    await stage.slack.as(DAVID).command('');
    return stage.slack.as(DAVID);
  };

  test('asks the app for the options of an external select', async () => {
    serve();
    const david = await opened();
    expect(await david.options('role', 'upd')).toEqual([option('update-app')]);
    expect(payloads('block_suggestion')).toMatchObject([
      {
        action_id: 'role',
        block_id: 'role',
        value: 'upd',
        team: { id: TEAM },
        user: { id: DAVID },
        container: { type: 'view' },
        view: { callback_id: 'request', private_metadata: 'kept' },
      },
    ]);
  });

  test('tells the app of a choice where the input dispatches, and of no other', async () => {
    serve();
    const david = await opened();
    await david.fill('role', 'update-app');
    await david.fill('reason', 'fix the banner');
    expect(payloads('block_actions')).toMatchObject([
      {
        container: { type: 'view' },
        view: { state: { values: { role: { role: { selected_option: option('update-app') } } } } },
        actions: [{ type: 'external_select', action_id: 'role', selected_option: option('update-app') }],
      },
    ]);
    expect(payloads('block_actions')[0]).not.toHaveProperty('response_url');
  });

  test('is sent with the values of all its elements, and closes', async () => {
    serve();
    const david = await opened();
    await david.fill('role', 'update-app');
    await david.fill('reason', 'fix the banner');
    const seen = await david.submit();
    expect(seen).toMatchObject({ trouble: undefined, form: undefined });
    expect(payloads('view_submission')).toMatchObject([
      {
        user: { id: DAVID },
        view: {
          private_metadata: 'kept',
          state: {
            values: {
              role: { role: { type: 'external_select', selected_option: option('update-app') } },
              reason: { reason: { type: 'plain_text_input', value: 'fix the banner' } },
              ticket: { ticket: { type: 'plain_text_input', value: null } },
            },
          },
        },
      },
    ]);
  });

  test.each([
    ['nothing', undefined],
    ['too little', 'four'],
    ['too much', 'x'.repeat(21)],
  ])('is not sent where %s stands in an input, and says which', async (_what, text) => {
    serve({}, form([REASON]));
    const david = await opened();
    if (text !== undefined) await david.fill('reason', text);
    expect((await david.submit()).form?.errors).toEqual({ reason: expect.any(String) });
    expect(payloads('view_submission')).toEqual([]);
  });

  test('stays with the errors that the app answers', async () => {
    serve({ json: { response_action: 'errors', errors: { reason: 'Say more.' } } }, form([REASON]));
    const david = await opened();
    await david.fill('reason', 'because');
    expect((await david.submit()).form).toMatchObject({
      errors: { reason: 'Say more.' },
      state: { reason: { reason: { value: 'because' } } },
    });
  });

  test.each([
    ['errors of a block that is no input', { response_action: 'errors', errors: { nowhere: 'x' } }],
    ['no errors at all', { response_action: 'errors', errors: {} }],
    ['an unknown action', { response_action: 'dance' }],
    ['a view that Slack would not show', { response_action: 'update', view: { type: 'modal' } }],
  ])('stays, and its user is told, where the app answers %s', async (_what, json) => {
    serve({ json }, form([TICKET]));
    const seen = await (await opened()).submit();
    expect(seen.trouble).toContain('does not take');
    expect(seen.form).toBeDefined();
  });

  test('gives way to another view, or is covered by one, or goes with all beneath it', async () => {
    const next = form([section('sent')], { title: plain('Sent'), submit: undefined });
    serve({ json: { response_action: 'update', view: next } }, form([TICKET]));
    expect((await (await opened()).submit()).form?.view.title.text).toBe('Sent');
    serve({ json: { response_action: 'push', view: next } }, form([TICKET]));
    const david = await opened();
    expect((await david.submit()).form?.view.title.text).toBe('Sent');
    await david.cancel();
    expect(david.form()?.view.title.text).toBe('Borrow a role');
    serve({ json: { response_action: 'clear' } }, form([TICKET]));
    expect((await (await opened()).submit()).form).toBeUndefined();
  });

  test('tells the app that it was closed, where the app wants to know', async () => {
    serve();
    await (await opened()).cancel();
    expect(payloads('view_closed')).toMatchObject([{ view: { callback_id: 'request' }, is_cleared: false }]);
    expect(stage.slack.as(DAVID).form()).toBeUndefined();
  });
});

describe('views.update', () => {
  test('keeps what was put into inputs of the same ids, and changes the hash', async () => {
    serve({}, form([REASON]));
    const { client, slack } = stage;
    const david = slack.as(DAVID);
    const { form: before } = await david.command('');
    await david.fill('reason', 'because');
    await client.apiCall('views.update', {
      view_id: before?.id,
      hash: before?.hash,
      view: form([REASON, TICKET]),
    });
    expect(david.form()).toMatchObject({
      id: before?.id,
      state: { reason: { reason: { value: 'because' } } },
    });
    expect(david.form()?.hash).not.toBe(before?.hash);
  });

  // docs.slack.dev/reference/methods/views.update, errors.
  test('refuses a view that has changed since, or is not there', async () => {
    serve({}, form([REASON]));
    const { client, slack } = stage;
    const { form: before } = await slack.as(DAVID).command('');
    const update = (args: object) => client.apiCall('views.update', { view: form(), ...args });
    expect((await refusal(update({ view_id: before?.id, hash: '1.old' }))).error).toBe('hash_conflict');
    expect((await refusal(update({ view_id: 'VNOWHERE' }))).error).toBe('not_found');
  });
});
