import { replyAt } from '../../../shared/adapters/slack/response-url.ts';
import { type SlackEndpoint, startSlack } from './slack-endpoint.ts';

const PATH = '/actions/T024BE7LD/397700885554/96rGlfmibIGlgcZRskXaIFfN';
const CONTENT = { text: 'You may not approve your own request.', blocks: [] };

let slack: SlackEndpoint;
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(() => slack.stop());

test.each(['hooks.slack.com', 'hooks.slack-gov.com'])(
  'a reply at %s is for the clicker alone and leaves the message as it is',
  async (host) => {
    slack.answer(() => ({ body: 'ok' }));
    await replyAt(`https://${host}${PATH}`, CONTENT);
    expect(slack.fetched[0]?.url).toBe(`https://${host}${PATH}`);
    expect(slack.calls).toMatchObject([{ method: 'POST', path: PATH }]);
    expect(slack.calls[0]?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(slack.calls[0]?.body ?? '')).toEqual({
      response_type: 'ephemeral',
      replace_original: false,
      ...CONTENT,
    });
  },
);

test.each([
  ['a host that begins like it', `https://hooks.slack.com.evil.example${PATH}`],
  ['a host that ends like it', `https://evilhooks.slack.com${PATH}`],
  ['a host below it', `https://evil.hooks.slack.com${PATH}`],
  ['another host of Slack', `https://slack.com${PATH}`],
  ['a root label', `https://hooks.slack.com.${PATH}`],
  ['no encryption', `http://hooks.slack.com${PATH}`],
  ['another scheme', `file://hooks.slack.com${PATH}`],
  ['another port', `https://hooks.slack.com:8443${PATH}`],
  ['a user', `https://david@hooks.slack.com${PATH}`],
  ['a password', `https://:secret@hooks.slack.com${PATH}`],
  ['the host as a user', `https://hooks.slack.com@evil.example${PATH}`],
  ['the host before a backslash', `https://evil.example\\@hooks.slack.com${PATH}`],
  ['a Cyrillic letter', `https://hooks.sl\u0430ck.com${PATH}`],
  ['a Cyrillic o', `https://hooks.slack.c\u043em${PATH}`],
  ['punycode', 'https://hooks.xn--slck-63d.com/actions'],
  ['an address within the network', 'https://169.254.169.254/latest/meta-data/'],
  ['no host', 'https:///actions'],
  ['a path alone', PATH],
  ['nothing', ''],
])(
  'an address with %s is not one of Slack: nothing is sent, and it stands in no error',
  async (_what, url) => {
    const error = await replyAt(url, CONTENT).catch((thrown: unknown) => thrown);
    expect(error).toEqual(
      new Error('The address to answer at is not one of Slack, so nothing was sent there.'),
    );
    expect(slack.fetched).toEqual([]);
  },
);

// https://docs.slack.dev/interactivity/handling-user-interaction: five uses in 30 minutes.
test.each([404, 410, 500])('an address that answers %d is said to, without it', async (status) => {
  slack.answer(() => ({ status, body: 'used_url' }));
  const error = await replyAt(`https://hooks.slack.com${PATH}`, CONTENT).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'SlackUnavailable', reason: `http-${status}` });
  expect(String(error)).not.toContain(PATH);
});

test('an address that leads elsewhere is not followed', async () => {
  slack.answer(({ path }) =>
    path === PATH ? { status: 307, headers: { location: `${slack.url}/elsewhere` } } : { body: 'ok' },
  );
  await expect(replyAt(`https://hooks.slack.com${PATH}`, CONTENT)).rejects.toMatchObject({
    reason: 'unreachable',
  });
  expect(slack.calls).toHaveLength(1);
});

test('a reply that takes too long is given up', async () => {
  slack.fail(Object.assign(new Error('Too long.'), { name: 'TimeoutError' }));
  await expect(replyAt(`https://hooks.slack.com${PATH}`, CONTENT)).rejects.toMatchObject({
    reason: 'timeout',
  });
  expect(slack.fetched[0]?.init.signal).toBeInstanceOf(AbortSignal);
});

test('a reply that is lost is made once', async () => {
  slack.answer(() => 'hangs up');
  await expect(replyAt(`https://hooks.slack.com${PATH}`, CONTENT)).rejects.toMatchObject({
    reason: 'unreachable',
  });
  expect(slack.calls).toHaveLength(1);
});
