import { MessageBlocks } from '../../../sandbox/slack/block-kit/blocks.ts';
import { check } from '../../../sandbox/slack/block-kit/problems.ts';
import { SentView } from '../../../sandbox/slack/block-kit/view.ts';
import { RELEASES, refusal, section, startStage } from './workspace.ts';

const x = (length: number) => 'x'.repeat(length);
const plain = (length: number) => ({ type: 'plain_text', text: x(length) });
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: x(length) });
const many = <T>(count: number, of: (n: number) => T) => Array.from({ length: count }, (_none, n) => of(n));

const button = (with_: object = {}) => ({ type: 'button', text: plain(1), ...with_ });
const actions = (element: object) => [{ type: 'actions', elements: [element] }];
const option = (text: number, value: number) => ({ text: plain(text), value: x(value) });
const confirm = (with_: object = {}) => ({
  title: plain(100),
  text: plain(300),
  confirm: plain(30),
  deny: plain(30),
  ...with_,
});
const textInput = (with_: object = {}) => [
  { type: 'input', label: plain(1), element: { type: 'plain_text_input', ...with_ } },
];
const view = (with_: object = {}) => ({
  type: 'modal',
  title: plain(24),
  submit: plain(24),
  blocks: [],
  ...with_,
});

/** docs.slack.dev/reference/block-kit: each limit at its last good value, and one beyond. */
const LIMITS: readonly [string, good: unknown, bad: unknown, pointer: string][] = [
  ['50 blocks a message', many(50, () => section('x')), many(51, () => section('x')), '/blocks'],
  [
    'section text of 3000',
    [{ type: 'section', text: mrkdwn(3000) }],
    [{ type: 'section', text: mrkdwn(3001) }],
    '/blocks/0/text/text',
  ],
  [
    '10 fields',
    [{ type: 'section', fields: many(10, () => mrkdwn(1)) }],
    [{ type: 'section', fields: many(11, () => mrkdwn(1)) }],
    '/blocks/0/fields',
  ],
  [
    'field text of 2000',
    [{ type: 'section', fields: [mrkdwn(2000)] }],
    [{ type: 'section', fields: [mrkdwn(2001)] }],
    '/blocks/0/fields/0/text',
  ],
  [
    'header of 150',
    [{ type: 'header', text: plain(150) }],
    [{ type: 'header', text: plain(151) }],
    '/blocks/0/text/text',
  ],
  [
    '10 elements of a context',
    [{ type: 'context', elements: many(10, () => plain(1)) }],
    [{ type: 'context', elements: many(11, () => plain(1)) }],
    '/blocks/0/elements',
  ],
  [
    '25 elements of actions',
    [{ type: 'actions', elements: many(25, () => button()) }],
    [{ type: 'actions', elements: many(26, () => button()) }],
    '/blocks/0/elements',
  ],
  [
    'block_id of 255',
    [{ type: 'divider', block_id: x(255) }],
    [{ type: 'divider', block_id: x(256) }],
    '/blocks/0/block_id',
  ],
  [
    'action_id of 255',
    actions(button({ action_id: x(255) })),
    actions(button({ action_id: x(256) })),
    '/blocks/0/elements/0/action_id',
  ],
  [
    'button text of 75',
    actions(button({ text: plain(75) })),
    actions(button({ text: plain(76) })),
    '/blocks/0/elements/0/text/text',
  ],
  [
    'button value of 2000',
    actions(button({ value: x(2000) })),
    actions(button({ value: x(2001) })),
    '/blocks/0/elements/0/value',
  ],
  [
    'confirm title of 100',
    actions(button({ confirm: confirm() })),
    actions(button({ confirm: confirm({ title: plain(101) }) })),
    '/blocks/0/elements/0/confirm/title/text',
  ],
  [
    'confirm text of 300',
    actions(button({ confirm: confirm() })),
    actions(button({ confirm: confirm({ text: plain(301) }) })),
    '/blocks/0/elements/0/confirm/text/text',
  ],
  [
    'confirm button of 30',
    actions(button({ confirm: confirm() })),
    actions(button({ confirm: confirm({ confirm: plain(31) }) })),
    '/blocks/0/elements/0/confirm/confirm/text',
  ],
  [
    '100 options',
    actions({ type: 'static_select', options: many(100, () => option(1, 1)) }),
    actions({ type: 'static_select', options: many(101, () => option(1, 1)) }),
    '/blocks/0/elements/0/options',
  ],
  [
    'option text of 75',
    actions({ type: 'static_select', options: [option(75, 1)] }),
    actions({ type: 'static_select', options: [option(76, 1)] }),
    '/blocks/0/elements/0/options/0/text/text',
  ],
  [
    'option value of 150',
    actions({ type: 'static_select', options: [option(1, 150)] }),
    actions({ type: 'static_select', options: [option(1, 151)] }),
    '/blocks/0/elements/0/options/0/value',
  ],
  [
    'placeholder of 150',
    actions({ type: 'external_select', placeholder: plain(150) }),
    actions({ type: 'external_select', placeholder: plain(151) }),
    '/blocks/0/elements/0/placeholder/text',
  ],
];

test.each(LIMITS)('a message may have %s, and no more', (_what, good, bad, pointer) => {
  expect(check(MessageBlocks, good, '/blocks')).toMatchObject({ good: true });
  expect(problemsOf(check(MessageBlocks, bad, '/blocks'))).toContainEqual(
    expect.stringContaining(`[json-pointer:${pointer}]`),
  );
});

const VIEW_LIMITS: readonly [string, good: unknown, bad: unknown, pointer: string][] = [
  [
    '100 blocks',
    view({ blocks: many(100, () => section('x')) }),
    view({ blocks: many(101, () => section('x')) }),
    '/view/blocks',
  ],
  ['a title of 24', view(), view({ title: plain(25) }), '/view/title/text'],
  [
    'private metadata of 3000',
    view({ private_metadata: x(3000) }),
    view({ private_metadata: x(3001) }),
    '/view/private_metadata',
  ],
  ['a callback_id of 255', view({ callback_id: x(255) }), view({ callback_id: x(256) }), '/view/callback_id'],
  [
    'a first value of 3000',
    view({ blocks: textInput({ initial_value: x(3000) }) }),
    view({ blocks: textInput({ initial_value: x(3001) }) }),
    '/view/blocks/0/element/initial_value',
  ],
  [
    'a max_length of 3000',
    view({ blocks: textInput({ max_length: 3000 }) }),
    view({ blocks: textInput({ max_length: 3001 }) }),
    '/view/blocks/0/element/max_length',
  ],
  [
    'inputs where there is a submit button',
    view({ blocks: textInput() }),
    view({ blocks: textInput(), submit: undefined }),
    '/view/blocks/0',
  ],
];

test.each(VIEW_LIMITS)('a view may have %s, and no more', (_what, good, bad, pointer) => {
  expect(check(SentView, good, '/view')).toMatchObject({ good: true });
  expect(problemsOf(check(SentView, bad, '/view'))).toContainEqual(
    expect.stringContaining(`[json-pointer:${pointer}]`),
  );
});

test.each([
  [
    'a block of a type that is not known',
    [{ type: 'marquee' }],
    'unsupported type: marquee [json-pointer:/blocks/0/type]',
  ],
  ['a missing field', [{ type: 'header' }], 'missing required field: text [json-pointer:/blocks/0]'],
  [
    'a field too many',
    [{ type: 'divider', blink: true }],
    'invalid additional property: blink [json-pointer:/blocks/0]',
  ],
  [
    'an empty text',
    [{ type: 'header', text: plain(0) }],
    'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['formatted text in a header', [{ type: 'header', text: mrkdwn(1) }], '[json-pointer:/blocks/0/text/type]'],
  [
    'an input in a message',
    [{ type: 'input', label: plain(1), element: { type: 'plain_text_input' } }],
    'unsupported type: input',
  ],
  [
    'one block id twice',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    'block_id is not unique: a',
  ],
  [
    'one action id twice in a block',
    [{ type: 'actions', elements: [button({ action_id: 'a' }), button({ action_id: 'a' })] }],
    'action_id is not unique',
  ],
])('%s is refused, with its place', (_what, blocks, sentence) => {
  expect(problemsOf(check(MessageBlocks, blocks, '/blocks'))).toContainEqual(
    expect.stringContaining(sentence),
  );
});

test('the Web API refuses such blocks by invalid_blocks, and says where and why', async () => {
  const { client, stop } = await startStage();
  const post = client.apiCall('chat.postMessage', {
    channel: RELEASES,
    blocks: [{ type: 'section', text: plain(3001) }],
  });
  expect(await refusal(post)).toEqual({
    error: 'invalid_blocks',
    messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
  });
  const text = client.apiCall('chat.postMessage', { channel: RELEASES, blocks: 'no list' });
  expect((await refusal(text)).error).toBe('invalid_blocks_format');
  await stop();
});

function problemsOf(checked: ReturnType<typeof check>): readonly string[] {
  return checked.good ? [] : checked.problems;
}
