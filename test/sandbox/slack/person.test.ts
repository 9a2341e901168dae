import { APP, card, DAVID, RELEASES, RUTH, type Stage, section, startStage, TEAM } from './workspace.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await startStage();
});
afterEach(() => stage.stop());

/** The answer of the app goes to hooks.slack.com, which is this server too. */
async function respond(responseUrl: unknown, body: object): Promise<Response> {
  const { host, pathname } = new URL(String(responseUrl));
  expect(host).toBe('hooks.slack.com');
  return fetch(`${stage.slack.url}${pathname}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function postedCard() {
  await stage.client.chat.postMessage({ channel: RELEASES, text: 'card', blocks: card('approve', 'deny') });
  const message = stage.slack.messages(RELEASES).at(-1);
  if (message === undefined) throw new Error('The card is not there.');
  return message;
}

describe('a slash command', () => {
  test('reaches the app with the fields that Slack sends', async () => {
    const { slack, app } = stage;
    await slack.as(DAVID).command('update-app 1h OPS-12 fix the banner', RELEASES);
    expect(app.asked).toEqual([
      expect.objectContaining({
        door: '/v1/slack/commands',
        fields: {
          command: '/drawbridge',
          text: 'update-app 1h OPS-12 fix the banner',
          team_id: TEAM,
          team_domain: 'sandbox',
          api_app_id: APP,
          user_id: DAVID,
          user_name: 'david',
          channel_id: RELEASES,
          channel_name: 'releases',
          is_enterprise_install: 'false',
          token: expect.any(String),
          trigger_id: expect.stringMatching(/^\d+\.\d+\.\w+$/),
          response_url: expect.stringMatching(/^https:\/\/hooks\.slack\.com\/commands\/T024BE7LD\/\d+\/\w+$/),
        },
      }),
    ]);
  });

  test('is answered for the writer alone', async () => {
    const { slack, app } = stage;
    app.answer(() => ({ json: { response_type: 'ephemeral', text: 'here', blocks: [section('here')] } }));
    const seen = await slack.as(DAVID).command('mine');
    expect(seen).toMatchObject({ trouble: undefined, replies: [{ text: 'here', user: DAVID }] });
    expect(slack.as(RUTH).replies()).toEqual([]);
    expect(slack.messages(RELEASES)).toEqual([]);
  });

  test('is answered by plain text, or by nothing at first and by the response URL before the end', async () => {
    const { slack, app } = stage;
    app.answer(() => ({ text: 'plain' }));
    expect((await slack.as(DAVID).command('help')).replies).toMatchObject([{ text: 'plain' }]);
    app.answer(async ({ fields }) => {
      await respond(fields['response_url'], { text: 'later' });
      return {};
    });
    expect((await slack.as(DAVID).command('help')).replies).toMatchObject([{ text: 'later' }]);
  });

  test.each([
    ['refuses', { status: 500 }, 'http_status_500'],
    ['answers what Slack does not take', { json: { blocks: [{ type: 'marquee' }] } }, 'does not take'],
  ])('tells the writer where the app %s', async (_what, said, sentence) => {
    stage.app.answer(() => said);
    const seen = await stage.slack.as(DAVID).command('help');
    expect(seen.trouble).toContain(sentence);
    expect(seen.replies).toEqual([]);
  });

  test('tells the writer where the app does not answer in time', async () => {
    await stage.stop();
    stage = await startStage({ patienceMs: 20 });
    stage.app.answer(() => 'never');
    expect((await stage.slack.as(DAVID).command('help')).trouble).toContain('operation_timeout');
  });

  test('is signed by the newest secret', async () => {
    stage.slack.setSigningSecret('another');
    expect((await stage.slack.as(DAVID).command('help')).trouble).toContain('http_status_401');
  });
});

describe('a press', () => {
  test('reaches the app with the message, the button and the presser', async () => {
    const message = await postedCard();
    await stage.slack.as(RUTH).press('approve', message);
    expect(stage.app.asked).toMatchObject([
      {
        door: '/v1/slack/interactions',
        payload: {
          type: 'block_actions',
          team: { id: TEAM },
          user: { id: RUTH, team_id: TEAM },
          api_app_id: APP,
          container: { type: 'message', message_ts: message.ts, channel_id: RELEASES, is_ephemeral: false },
          message: { ts: message.ts, text: 'card' },
          actions: [{ type: 'button', action_id: 'approve', block_id: 'decide', value: 'E1.digest' }],
          response_url: expect.stringContaining('https://hooks.slack.com/actions/'),
        },
      },
    ]);
  });

  test('is by the message as it was seen, though it has changed since', async () => {
    const message = await postedCard();
    await stage.client.chat.update({
      channel: RELEASES,
      ts: message.ts,
      text: 'over',
      blocks: [section('over')],
    });
    await stage.slack.as(RUTH).press('approve', message);
    expect(stage.app.asked).toHaveLength(1);
    const [now] = stage.slack.messages(RELEASES);
    if (now === undefined) throw new Error('The card is gone.');
    await expect(stage.slack.as(RUTH).press('approve', now)).rejects.toThrow('no button');
  });

  test('is answered for the presser alone, whose reply can have buttons too', async () => {
    const { slack, app } = stage;
    const message = await postedCard();
    app.answer(async ({ payload }) => {
      await respond(payload['response_url'], { text: 'sure?', blocks: card('revoke') });
      return {};
    });
    const { replies } = await slack.as(RUTH).press('approve', message);
    expect(replies).toMatchObject([{ text: 'sure?', user: RUTH, channel: RELEASES }]);
    const [reply] = replies;
    if (reply === undefined) throw new Error('There is no reply.');
    await slack.as(RUTH).press('revoke', reply);
    expect(app.asked.at(-1)?.payload).toMatchObject({ container: { is_ephemeral: true } });
    expect(app.asked.at(-1)?.payload).not.toHaveProperty('message');
  });

  test('by somebody of another team says so', async () => {
    const message = await postedCard();
    await stage.slack.as('U0STRANGER').press('approve', message);
    expect(stage.app.asked[0]?.payload).toMatchObject({ user: { id: 'U0STRANGER', team_id: 'T0OTHER' } });
  });
});

describe('a response URL', () => {
  const url = async () => {
    await stage.slack.as(RUTH).press('approve', await postedCard());
    return stage.app.asked.at(-1)?.payload['response_url'];
  };

  // docs.slack.dev/interactivity/handling-user-interaction: five times within 30 minutes.
  test('can be used five times', async () => {
    const to = await url();
    const statuses = [];
    for (const text of ['1', '2', '3', '4', '5', '6']) statuses.push((await respond(to, { text })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(stage.slack.as(RUTH).replies()).toHaveLength(5);
  });

  test('can be used for 30 minutes', async () => {
    const to = await url();
    stage.advance(30 * 60_000);
    expect((await respond(to, { text: 'in time' })).status).toBe(200);
    stage.advance(1);
    expect((await respond(to, { text: 'late' })).status).toBe(404);
  });

  test('changes the message that was pressed, or takes it away', async () => {
    const to = await url();
    await respond(to, { replace_original: true, text: 'changed' });
    expect(stage.slack.messages(RELEASES)).toMatchObject([{ text: 'changed' }]);
    await respond(to, { delete_original: true });
    expect(stage.slack.messages(RELEASES)).toEqual([]);
  });

  test('refuses what no message can be, and that is no use of it', async () => {
    const to = await url();
    expect((await respond(to, { blocks: [{ type: 'marquee' }] })).status).toBe(400);
    for (const text of ['1', '2', '3', '4', '5']) expect((await respond(to, { text })).status).toBe(200);
  });
});

test('a callback can be sent again as it was: a replay', async () => {
  await stage.slack.as(DAVID).command('help');
  const [sent] = stage.slack.callbacks();
  if (sent === undefined) throw new Error('Nothing was sent.');
  const { url, headers, body } = sent;
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
  expect(stage.app.asked).toHaveLength(2);
});

test('nobody acts whom the workspace does not know', () => {
  expect(() => stage.slack.as('U0NOBODY')).toThrow('Nobody here has the id U0NOBODY');
});
