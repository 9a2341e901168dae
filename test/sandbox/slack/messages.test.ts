import { card, clientOf, RELEASES, RUTH, refusal, type Stage, section, startStage } from './workspace.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await startStage();
});
afterEach(() => stage.stop());

const METADATA = { event_type: 'drawbridge_message', event_payload: { elevation: 'E1', key: 'card' } };

describe('chat.postMessage', () => {
  test('shows a message with its metadata, and answers with its ts', async () => {
    const { client, slack } = stage;
    const posted = await client.chat.postMessage({
      channel: RELEASES,
      text: 'hello',
      blocks: [section('hello')],
      metadata: METADATA,
    });
    expect(posted.ts).toMatch(/^\d{10}\.\d{6}$/);
    expect(slack.messages(RELEASES)).toEqual([
      expect.objectContaining({ ts: posted.ts, text: 'hello', metadata: METADATA }),
    ]);
  });

  test('gives every message another ts, though the clock stands', async () => {
    const { client } = stage;
    const [first, second] = await Promise.all([
      client.chat.postMessage({ channel: RELEASES, text: 'one' }),
      client.chat.postMessage({ channel: RELEASES, text: 'two' }),
    ]);
    expect(first.ts).not.toBe(second.ts);
  });

  test('puts a reply in the thread of the first message', async () => {
    const { client, slack } = stage;
    const { ts } = await client.chat.postMessage({ channel: RELEASES, text: 'first' });
    await client.chat.postMessage({ channel: RELEASES, text: 'reply', thread_ts: String(ts) });
    expect(slack.messages(RELEASES).map(({ text, thread_ts: thread }) => [text, thread])).toEqual([
      ['first', undefined],
      ['reply', ts],
    ]);
  });

  test('writes directly to a user in the conversation that conversations.open names', async () => {
    const { client, slack } = stage;
    const opened = await client.conversations.open({ users: RUTH });
    await client.chat.postMessage({ channel: String(opened.channel?.id), text: 'for you' });
    expect(opened.channel?.id).toMatch(/^D/);
    expect(slack.messages(RUTH)).toEqual([expect.objectContaining({ text: 'for you' })]);
    expect(slack.as(RUTH).directMessages()).toHaveLength(1);
  });

  // docs.slack.dev/reference/methods/chat.postMessage, errors.
  test.each([
    ['an unknown channel', { channel: 'C0NOWHERE', text: 'x' }, 'channel_not_found'],
    ['an archived channel', { channel: 'C0OLD', text: 'x' }, 'is_archived'],
    ['a channel without the app', { channel: 'C0FOREIGN', text: 'x' }, 'not_in_channel'],
    ['nothing to say', { channel: RELEASES, text: '' }, 'no_text'],
    ['too long a text', { channel: RELEASES, text: 'x'.repeat(40_001) }, 'msg_too_long'],
    [
      'metadata without a payload',
      { channel: RELEASES, text: 'x', metadata: { event_type: 'a' } },
      'invalid_metadata_schema',
    ],
    ['metadata that is a text', { channel: RELEASES, text: 'x', metadata: 'a' }, 'invalid_metadata_format'],
    ['no channel', { text: 'x' }, 'invalid_arguments'],
  ])('refuses %s', async (_what, args, code) => {
    expect((await refusal(stage.client.apiCall('chat.postMessage', args))).error).toBe(code);
    expect(stage.slack.messages(RELEASES)).toEqual([]);
  });

  test('lets a burst through, then asks to wait by Retry-After, per channel', async () => {
    await stage.stop();
    stage = await startStage({ burst: 2 });
    const post = () => stage.client.chat.postMessage({ channel: RELEASES, text: 'x' });
    await post();
    await post();
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 });
    stage.advance(1000);
    await post();
    expect(stage.slack.messages(RELEASES)).toHaveLength(3);
  });
});

describe('chat.update', () => {
  const posted = async () => {
    const { ts } = await stage.client.chat.postMessage({
      channel: RELEASES,
      text: 'before',
      blocks: card('approve'),
      metadata: METADATA,
    });
    return String(ts);
  };
  const shown = () => stage.slack.messages(RELEASES)[0];

  test('changes what a message says, and keeps its place and its metadata', async () => {
    const ts = await posted();
    await stage.client.chat.update({ channel: RELEASES, ts, text: 'after', blocks: [section('after')] });
    expect(shown()).toMatchObject({ ts, text: 'after', metadata: METADATA });
    expect(shown()?.blocks).toHaveLength(1);
    expect(shown()?.edited).toBeUndefined();
  });

  // docs.slack.dev/reference/methods/chat.update: text without blocks takes the blocks away.
  test('takes the blocks away where there is a text alone, and says that it was edited', async () => {
    const ts = await posted();
    await stage.client.chat.update({ channel: RELEASES, ts, text: 'after' });
    expect(shown()).toMatchObject({ text: 'after', blocks: [], edited: expect.anything() });
  });

  test('takes the metadata away where they are an empty object', async () => {
    const ts = await posted();
    await stage.client.apiCall('chat.update', { channel: RELEASES, ts, text: 'after', metadata: {} });
    expect(shown()?.metadata).toBeUndefined();
  });

  test('does not find a message that somebody has deleted', async () => {
    const ts = await posted();
    const message = shown();
    if (message !== undefined) stage.slack.remove(message);
    const call = stage.client.chat.update({ channel: RELEASES, ts, text: 'after' });
    expect((await refusal(call)).error).toBe('message_not_found');
  });

  test.each([
    ['an unknown message', { ts: '1.000000', text: 'x' }, 'message_not_found'],
    ['an unknown channel', { channel: 'C0NOWHERE', text: 'x' }, 'channel_not_found'],
    ['nothing to say', {}, 'no_text'],
  ])('refuses %s', async (_what, args, code) => {
    const ts = await posted();
    const call = stage.client.apiCall('chat.update', { channel: RELEASES, ts, ...args });
    expect((await refusal(call)).error).toBe(code);
  });
});

describe('the history of a conversation', () => {
  test('is newest first, in pages, without threads, with metadata for who asks', async () => {
    const { client } = stage;
    const first = await client.chat.postMessage({ channel: RELEASES, text: 'first', metadata: METADATA });
    await client.chat.postMessage({ channel: RELEASES, text: 'reply', thread_ts: String(first.ts) });
    await client.chat.postMessage({ channel: RELEASES, text: 'second' });
    const plain = await client.conversations.history({ channel: RELEASES });
    expect(plain.messages?.map(({ text, metadata }) => [text, metadata])).toEqual([
      ['second', undefined],
      ['first', undefined],
    ]);
    const page = await client.conversations.history({ channel: RELEASES, limit: 1 });
    expect(page.has_more).toBe(true);
    const next = await client.conversations.history({
      channel: RELEASES,
      limit: 1,
      include_all_metadata: true,
      ...(page.response_metadata?.next_cursor === undefined
        ? {}
        : { cursor: page.response_metadata.next_cursor }),
    });
    expect(next.messages?.map(({ text, metadata }) => [text, metadata])).toEqual([['first', METADATA]]);
  });

  test('begins after `oldest`, or with it where it is inclusive', async () => {
    const { client } = stage;
    const first = await client.chat.postMessage({ channel: RELEASES, text: 'first' });
    await client.chat.postMessage({ channel: RELEASES, text: 'second' });
    const range = { channel: RELEASES, oldest: String(first.ts) };
    const after = await client.conversations.history(range);
    const from = await client.conversations.history({ ...range, inclusive: true });
    expect([after.messages?.length, from.messages?.length]).toEqual([1, 2]);
  });

  test('has a thread apart, oldest first, its first message before the replies', async () => {
    const { client } = stage;
    const first = await client.chat.postMessage({ channel: RELEASES, text: 'first' });
    const ts = String(first.ts);
    await client.chat.postMessage({ channel: RELEASES, text: 'one', thread_ts: ts });
    await client.chat.postMessage({ channel: RELEASES, text: 'two', thread_ts: ts });
    const thread = await client.conversations.replies({ channel: RELEASES, ts });
    expect(thread.messages?.map(({ text }) => text)).toEqual(['first', 'one', 'two']);
    const none = client.conversations.replies({ channel: RELEASES, ts: '1.000000' });
    expect((await refusal(none)).error).toBe('thread_not_found');
  });
});

describe('users and conversations', () => {
  test.each([
    ['an ordinary member', 'U0RUTH', { is_bot: false, deleted: false, is_restricted: false }],
    ['a guest', 'U0GUEST', { is_restricted: true, is_ultra_restricted: true }],
    ['a deleted one', 'U0GONE', { deleted: true }],
    ['a bot', 'U0ROBOT', { is_bot: true }],
    ['a stranger', 'U0STRANGER', { is_stranger: true, team_id: 'T0OTHER' }],
  ])('users.info tells %s', async (_who, user, said) => {
    expect((await stage.client.users.info({ user })).user).toMatchObject({ id: user, ...said });
  });

  test.each([
    ['users.info', { user: 'U0NOBODY' }, 'user_not_found'],
    ['conversations.info', { channel: 'C0NOWHERE' }, 'channel_not_found'],
    ['conversations.open', { users: 'U0NOBODY' }, 'user_not_found'],
    ['conversations.open', { users: 'U0GONE' }, 'user_disabled'],
    ['conversations.open', { users: 'U0ROBOT' }, 'cannot_dm_bot'],
    ['chat.unheardOf', {}, 'unknown_method'],
  ])('%s refuses %j', async (method, args, code) => {
    expect((await refusal(stage.client.apiCall(method, args))).error).toBe(code);
  });

  test('conversations.info says whether the app is in it', async () => {
    const { channel } = await stage.client.conversations.info({ channel: 'C0FOREIGN' });
    expect(channel).toMatchObject({ is_member: false, is_archived: false, name: 'foreign' });
  });
});

describe('whoever calls', () => {
  test('is known by the bot’s token', async () => {
    await expect(stage.client.auth.test()).resolves.toMatchObject({ ok: true, team_id: 'T024BE7LD' });
    expect((await refusal(clientOf(stage.slack.url, 'xoxb-wrong').auth.test())).error).toBe('invalid_auth');
    const bare = await fetch(`${stage.slack.url}/api/auth.test`, { method: 'POST' });
    expect(await bare.json()).toEqual({ ok: false, error: 'not_authed' });
  });

  test('may do what the app’s scopes allow', async () => {
    await stage.stop();
    stage = await startStage({ scopes: ['users:read'] });
    await stage.client.users.info({ user: RUTH });
    const post = stage.client.chat.postMessage({ channel: RELEASES, text: 'x' });
    expect((await refusal(post)).error).toBe('missing_scope');
  });

  test('may send JSON in place of a form', async () => {
    const response = await fetch(`${stage.slack.url}/api/chat.postMessage`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer xoxb-of-the-tests',
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify({ channel: RELEASES, blocks: [section('x')] }),
    });
    expect(await response.json()).toMatchObject({ ok: true });
  });

  test('is no page of another site', async () => {
    const call = (headers: Record<string, string>) =>
      fetch(`${stage.slack.url}/api/auth.test`, { method: 'POST', headers });
    expect((await call({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await call({ origin: stage.slack.url })).status).toBe(200);
  });
});

describe('a planted fault', () => {
  const post = () => stage.client.chat.postMessage({ channel: RELEASES, text: 'x' });

  test('of an error or a rate limit happens as often as it is asked for, and nothing is posted', async () => {
    const { slack } = stage;
    slack.fail({ method: 'chat.postMessage', times: 2, with: { kind: 'error', code: 'internal_error' } });
    expect((await refusal(post())).error).toBe('internal_error');
    expect((await refusal(post())).error).toBe('internal_error');
    slack.fail({ method: '*', with: { kind: 'rate-limited', retryAfterSeconds: 7 } });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    slack.fail({ method: '*', with: { kind: 'unavailable' } });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_http_error' });
    expect(slack.messages(RELEASES)).toEqual([]);
    await post();
    expect(slack.messages(RELEASES)).toHaveLength(1);
  });

  test.each([
    ['unreached', 0],
    ['answer-lost', 1],
  ] as const)('%s: the caller knows nothing, and %d messages are there', async (kind, count) => {
    stage.slack.fail({ method: 'chat.postMessage', with: { kind } });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(stage.slack.messages(RELEASES)).toHaveLength(count);
  });

  test('is taken back', async () => {
    stage.slack.fail({ method: '*', times: 99, with: { kind: 'unavailable' } });
    stage.slack.recover();
    await post();
    expect(stage.slack.messages(RELEASES)).toHaveLength(1);
  });
});
