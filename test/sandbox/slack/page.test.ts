import { card, DAVID, RELEASES, RUTH, type Stage, section, startStage } from './workspace.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await startStage();
});
afterEach(() => stage.stop());

const look = async (as: string, place = RELEASES) =>
  (await fetch(`${stage.slack.url}/?as=${as}&in=${place}`)).text();

/** Sends a form of the page, from the page. */
function act(fields: Readonly<Record<string, string>>, origin = stage.slack.url): Promise<Response> {
  const body = new URLSearchParams({ as: RUTH, in: RELEASES, ...fields });
  return fetch(`${stage.slack.url}/act`, { method: 'POST', body, headers: { origin }, redirect: 'manual' });
}

async function post(content: object = { blocks: card('approve') }) {
  await stage.client.apiCall('chat.postMessage', { channel: RELEASES, text: 'card', ...content });
  return stage.slack.messages(RELEASES).at(-1)?.ts ?? '';
}

test('the page shows messages, threads, and what one alone may see, to that one', async () => {
  const ts = await post();
  await post({ text: 'still waiting', thread_ts: ts });
  stage.app.answer(() => ({ text: 'for you alone' }));
  await stage.slack.as(RUTH).command('mine', RELEASES);
  const ruths = await look(RUTH);
  expect(ruths).toMatch(/David asks for update-app[\s\S]*aria-label="Thread"[\s\S]*still waiting/);
  expect(ruths).toContain('Only visible to you');
  expect(await look(DAVID)).not.toContain('for you alone');
});

test('direct messages are shown to whom they were written', async () => {
  const { channel } = await stage.client.conversations.open({ users: DAVID });
  const id = String(channel?.id);
  await stage.client.chat.postMessage({ channel: id, text: 'approved' });
  expect(await look(DAVID, id)).toContain('<p>approved</p>');
  expect(await look(RUTH, id)).not.toContain('approved');
});

test('what apps write is shown as text, in messages as in forms', async () => {
  const evil = '<img src=x onerror=alert(1)>"';
  await post({ text: evil });
  await post({ blocks: [section(evil), { type: 'header', text: { type: 'plain_text', text: evil } }] });
  stage.app.answer(async ({ fields }) => {
    const plain = { type: 'plain_text', text: '<b>"' };
    const element = { type: 'plain_text_input', action_id: 'a', initial_value: evil, placeholder: plain };
    const blocks = [{ type: 'input', block_id: '<i>"', label: plain, element }];
    const view = { type: 'modal', title: plain, submit: plain, blocks };
    await stage.client.apiCall('views.open', { trigger_id: fields['trigger_id'], view });
    return {};
  });
  await stage.slack.as(RUTH).command('', RELEASES);
  const page = await look(RUTH);
  expect(page).toContain('&lt;img src=x');
  expect(page).not.toMatch(/<img|<b>|<i>/);
  expect(page).not.toMatch(/value="[^"]*<|name="[^"]*</);
});

test('nothing on the page runs but its own script, and no frame holds it', async () => {
  const { headers } = await fetch(stage.slack.url);
  const policy = headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'; script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(await look(RUTH)).not.toMatch(/<script>| on\w+=| style=/);
});

test('a command and a press reach the app, and the page comes back', async () => {
  const ts = await post();
  const sent = await act({ do: 'command', text: '/drawbridge mine' });
  expect([sent.status, sent.headers.get('location')]).toEqual([303, `/?as=${RUTH}&in=${RELEASES}`]);
  await act({ do: 'press', ts, action: 'approve' });
  expect(stage.app.asked.map(({ fields, payload }) => fields['text'] ?? payload['type'])).toEqual([
    'mine',
    'block_actions',
  ]);
});

test('a form is filled and sent, and a closed one is let go', async () => {
  const label = { type: 'plain_text', text: 'Reason' };
  const element = { type: 'plain_text_input', action_id: 'reason' };
  const options = ['1h', '2h'].map((value) => ({ text: { type: 'plain_text', text: value }, value }));
  const blocks = [
    { type: 'input', block_id: 'reason', label, element },
    { type: 'input', block_id: 'for', label, element: { type: 'radio_buttons', action_id: 'for', options } },
  ];
  stage.app.answer(async ({ door, fields }) => {
    const view = { type: 'modal', title: label, submit: label, blocks };
    const triggerId = fields['trigger_id'];
    if (door.endsWith('commands')) await stage.client.apiCall('views.open', { trigger_id: triggerId, view });
    return {};
  });
  await act({ do: 'command', text: '/drawbridge' });
  await act({ do: 'submit', 'block:reason': '' });
  expect(await look(RUTH)).toContain('This field is required.');
  await act({ do: 'submit', 'block:reason': 'fix', 'block:for': '2h' });
  expect(stage.app.asked.at(-1)?.payload).toMatchObject({
    type: 'view_submission',
    view: {
      state: {
        values: { reason: { reason: { value: 'fix' } }, for: { for: { selected_option: { value: '2h' } } } },
      },
    },
  });
  expect(await look(RUTH)).not.toContain('<dialog');
  const count = stage.app.asked.length;
  expect((await act({ do: 'submit', 'block:reason': 'again' })).status).toBe(303);
  expect(stage.app.asked).toHaveLength(count);
});

test('another site’s page cannot press, nor read', async () => {
  const ts = await post();
  const pressed = await act({ do: 'press', ts, action: 'approve' }, 'https://evil.example');
  expect(pressed.status).toBe(403);
  expect((await act({ do: 'press', ts, action: 'approve' }, 'null')).status).toBe(403);
  expect(stage.app.asked).toEqual([]);
});

test.each([
  [{ do: 'command', text: 'hello' }, 'begins with /drawbridge'],
  [{ do: 'press', ts: '1.000000', action: 'approve' }, 'gone'],
  [{ as: 'U0NOBODY', do: 'command', text: '/drawbridge' }, 'Nobody here'],
])('%j is answered by a sentence', async (fields, sentence) => {
  const answer = await act(fields);
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(sentence)]);
});

test('the page hears of each change', async () => {
  const stream = (await fetch(`${stage.slack.url}/changes`)).body?.pipeThrough(new TextDecoderStream());
  if (stream === undefined) throw new Error('There is no stream.');
  const reader = stream.getReader();
  expect((await reader.read()).value).toContain(':');
  await post();
  expect((await reader.read()).value).toContain('data: changed');
  await reader.cancel();
});
