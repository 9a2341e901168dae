import { createHash } from 'node:crypto';
import { parseSubject, sqsAnnounceQueue } from '../../../shared/adapters/sqs/announce-queue.ts';
import type { Subject } from '../../../shared/domain/subject.ts';
import { freshId } from '../contract/elevations.ts';
import {
  type Call,
  json,
  type ScriptedEndpoint,
  startEndpoint,
  towards,
} from '../secrets/scripted-endpoint.ts';

const QUEUE = 'https://sqs.us-east-1.amazonaws.com/222222222222/drawbridge-test-announce';
const ELEVATION: Subject = { kind: 'elevation', id: freshId() };
const LINK: Subject = { kind: 'slack-link', of: { team: 'T024BE7LD', user: 'U0DAVID' } };

const before = { ...process.env };
let endpoint: ScriptedEndpoint;
beforeEach(async () => {
  endpoint = await startEndpoint();
  process.env = { ...before, ...towards('SQS', endpoint.url) };
  endpoint.answer(accepted);
});
afterEach(async () => {
  process.env = before;
  await endpoint.stop();
});

/** API_SendMessage: the answer has the MD5 of the body. */
function accepted({ body }: Call) {
  const { MessageBody } = JSON.parse(body);
  return json({ MessageId: 'an-id', MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') });
}

const sent = () => endpoint.calls.map(({ body }) => JSON.parse(body));

test.each([
  ['an elevation', ELEVATION],
  ['a Slack link', LINK],
])('a message that names %s is read as it was sent', async (_what, subject) => {
  await sqsAnnounceQueue(QUEUE).add(subject, 60);
  expect(sent()).toEqual([{ QueueUrl: QUEUE, MessageBody: expect.any(String), DelaySeconds: 60 }]);
  expect(parseSubject(sent()[0].MessageBody)).toEqual(subject);
});

// API_SendMessage: DelaySeconds is a whole number from 0 to 900.
test.each([
  [0, 0],
  [0.2, 1],
  [899.5, 900],
  [900, 900],
])('a delay of %d s becomes %d s', async (delay, seconds) => {
  await sqsAnnounceQueue(QUEUE).add(ELEVATION, delay);
  expect(sent()).toMatchObject([{ DelaySeconds: seconds }]);
});

test.each([-1, 900.1, Number.NaN, Number.POSITIVE_INFINITY])(
  'a delay of %d s is a mistake, and nothing is sent',
  async (delay) => {
    await expect(sqsAnnounceQueue(QUEUE).add(ELEVATION, delay)).rejects.toThrow(RangeError);
    expect(endpoint.calls).toEqual([]);
  },
);

test('a message whose answer is lost is sent again: a subject can be there twice, and none is lost', async () => {
  let count = 0;
  endpoint.answer((call) => (++count === 1 ? 'hangs up' : accepted(call)));
  await sqsAnnounceQueue(QUEUE).add(ELEVATION, 0);
  expect(endpoint.calls).toHaveLength(2);
});

test('a queue that is not there is told so', async () => {
  endpoint.answer(() =>
    json({ __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'No such queue.' }, 400),
  );
  await expect(sqsAnnounceQueue(QUEUE).add(ELEVATION, 0)).rejects.toThrow('No such queue.');
});

test.each([
  ['nothing', ''],
  ['no JSON', 'elevation'],
  ['null', 'null'],
  ['a list', JSON.stringify([ELEVATION])],
  ['another kind', JSON.stringify({ ...ELEVATION, kind: 'person' })],
  ['no id', JSON.stringify({ kind: 'elevation' })],
  ['an id in lower case', JSON.stringify({ kind: 'elevation', id: '7zzzzzzzzzzzzzzzzzzzzzzzza' })],
  ['more than a subject', JSON.stringify({ ...ELEVATION, of: LINK.of })],
  ['a team that is none', JSON.stringify({ ...LINK, of: { team: 'T024BE7LD#U0EVIL', user: 'U0DAVID' } })],
  ['a user that is none', JSON.stringify({ ...LINK, of: { team: 'T024BE7LD', user: 'u0david' } })],
  ['more than a user', JSON.stringify({ ...LINK, of: { ...LINK.of, person: 'david' } })],
])('a message with %s names no subject', (_what, body) => {
  expect(parseSubject(body)).toBeUndefined();
});
