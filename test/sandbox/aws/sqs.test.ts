import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { SandboxQueue } from '../../../sandbox/aws/aws.ts';
import { allow, outcomeOf, policy, role, type Story, startStory } from './story.ts';

const HUB = '222222222222';
const arnOf = (name: string) => `arn:aws:sqs:us-east-1:${HUB}:${name}`;
const queueOf = (name: string) => ({ account: HUB, name, arn: arnOf(name) });
const TIMES = { visibilitySeconds: 60, delaySeconds: 0 };

let story: Story;
let url: string;
let sqs: SQSClient;
beforeEach(async () => {
  story = await startStory({
    roles: [
      role(HUB, 'Worker', allow(['sqs:*'])),
      role(HUB, 'Sender', policy({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('jobs') })),
      role('999999999999', 'Stranger', allow(['sqs:*'])),
    ],
    more: {
      queues: [
        { ...queueOf('jobs'), ...TIMES, redrive: { deadLetterArn: arnOf('dead'), maxReceiveCount: 2 } },
        { ...queueOf('dead'), ...TIMES },
      ],
    },
  });
  url = `${story.aws.url}/${HUB}/jobs`;
  sqs = as('Worker');
});
afterEach(() => story.stop());

/** Signed at the sandbox's time of this moment. */
const as = (name: string, account = HUB) =>
  new SQSClient(story.client(story.aws.functionCredentials(`arn:aws:iam::${account}:role/${name}`, 'test')));
const move = (seconds: number) => {
  story.move(seconds);
  sqs = as('Worker');
};
const send = (MessageBody: string, DelaySeconds?: number, by = sqs) =>
  by.send(new SendMessageCommand({ QueueUrl: url, MessageBody, DelaySeconds }));
const receive = async (): Promise<readonly Message[]> => {
  const command = new ReceiveMessageCommand({
    QueueUrl: url,
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ['ApproximateReceiveCount'],
  });
  return (await sqs.send(command)).Messages ?? [];
};
const bodies = async () => (await receive()).map(({ Body }) => Body);
const remove = (ReceiptHandle: string | undefined) =>
  sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
const queue = (name: string): SandboxQueue => {
  const found = story.aws.queues.get(arnOf(name));
  if (found === undefined) throw new Error(`There is no queue ${name}.`);
  return found;
};
const bodiesIn = (name: string) =>
  queue(name)
    .messages()
    .map(({ body }) => body);

test('a message that is received is hidden for the visibility timeout, to the second', async () => {
  await send('ä');
  expect(await receive()).toMatchObject([{ Body: 'ä', Attributes: { ApproximateReceiveCount: '1' } }]);
  move(59);
  expect(await bodies()).toEqual([]);
  move(1);
  expect(await receive()).toMatchObject([{ Body: 'ä', Attributes: { ApproximateReceiveCount: '2' } }]);
});

test('a message with a delay can be received when it is over', async () => {
  await send('later', 300);
  move(299);
  expect(await bodies()).toEqual([]);
  move(1);
  expect(await bodies()).toEqual(['later']);
});

test('a deleted message does not come back, and deleting it again is no error', async () => {
  await send('done');
  const [message] = await receive();
  await remove(message?.ReceiptHandle);
  await remove(message?.ReceiptHandle);
  expect(bodiesIn('jobs')).toEqual([]);
});

test('the receipt of an earlier time deletes nothing', async () => {
  await send('again');
  const [first] = await receive();
  move(60);
  await receive();
  await remove(first?.ReceiptHandle);
  expect(bodiesIn('jobs')).toEqual(['again']);
});

test('what is received more than maxReceiveCount times becomes a dead letter', async () => {
  await send('poison');
  for (const seen of [['poison'], ['poison'], []]) {
    expect(await bodies()).toEqual(seen);
    move(60);
  }
  expect([bodiesIn('jobs'), bodiesIn('dead')]).toEqual([[], ['poison']]);
});

test('dead letters are moved back to the queue that they came from, as new messages', async () => {
  await send('poison');
  for (let times = 0; times < 3; times++) {
    await receive();
    move(60);
  }
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead') }));
  expect(bodiesIn('dead')).toEqual([]);
  expect(await receive()).toMatchObject([{ Body: 'poison', Attributes: { ApproximateReceiveCount: '1' } }]);
});

test('dead letters are not moved by whoever may not send to where they came from', async () => {
  queue('dead').send('letter');
  const task = new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead'), DestinationArn: arnOf('jobs') });
  expect(await outcomeOf(as('Sender').send(task))).toMatchObject({ code: 'AccessDenied' });
  expect(bodiesIn('dead')).toEqual(['letter']);
});

test('visibility is changed from now on, and only of a message in flight', async () => {
  await send('busy');
  const [message] = await receive();
  const change = (VisibilityTimeout: number) => {
    const ReceiptHandle = message?.ReceiptHandle;
    return sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout }));
  };
  await change(120);
  move(119);
  expect(await bodies()).toEqual([]);
  await change(0);
  expect(await outcomeOf(change(60))).toMatchObject({ code: 'AWS.SimpleQueueService.MessageNotInflight' });
  expect(await bodies()).toEqual(['busy']);
});

test('the attributes count what can be seen, what is in flight and what is delayed', async () => {
  await Promise.all([send('a'), send('b')]);
  await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
  await send('c', 60);
  const all = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
  expect((await sqs.send(all)).Attributes).toMatchObject({
    QueueArn: arnOf('jobs'),
    ApproximateNumberOfMessages: '1',
    ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '1',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 2 }),
  });
});

// The error codes of the SDK's model and of SQS Developer Guide, "Interpreting Amazon SQS JSON API responses".
test.each<[string, () => Promise<unknown>, string, number]>([
  [
    'a queue that is not there',
    () => sqs.send(new SendMessageCommand({ QueueUrl: `${url}s`, MessageBody: 'a' })),
    'AWS.SimpleQueueService.NonExistentQueue',
    400,
  ],
  ['a receipt that was never given', () => remove('made up'), 'ReceiptHandleIsInvalid', 404],
  ['a delay of 901 s', () => send('a', 901), 'InvalidParameterValue', 400],
  ['an empty message', () => send(''), 'InvalidParameterValue', 400],
  ['a control character', () => send('\u0000'), 'InvalidMessageContents', 400],
  ['another account’s queue', () => send('a', 0, as('Stranger', '999999999999')), 'AccessDenied', 403],
])('%s is refused', async (_what, call, code, status) => {
  expect(await outcomeOf(call())).toMatchObject({ code, status });
  expect(bodiesIn('jobs')).toEqual([]);
});

test('who may send may not receive', async () => {
  await send('secret', 0, as('Sender'));
  const call = as('Sender').send(new ReceiveMessageCommand({ QueueUrl: url }));
  expect(await outcomeOf(call)).toMatchObject({ code: 'AccessDenied', status: 403 });
});

test('Lambda’s poller receives and deletes without a signature and leaves no record', async () => {
  for (const n of [1, 2, 3]) queue('jobs').send(`job ${n}`);
  const [first, ...rest] = queue('jobs').receive(2);
  expect([first?.body, ...rest.map(({ body }) => body)]).toEqual(['job 1', 'job 2']);
  queue('jobs').delete(first?.receiptHandle ?? '');
  expect(bodiesIn('jobs')).toEqual(['job 2', 'job 3']);
  expect(story.aws.records()).toEqual([]);
});

test('a record names the queue and not the message', async () => {
  await send('what it says');
  const record = story.aws.records().at(-1);
  expect(record).toMatchObject({
    eventName: 'SendMessage',
    eventCategory: 'Data',
    requestParameters: { queueUrl: url },
  });
  expect(JSON.stringify(record)).not.toContain('what it says');
});

test.each([
  ['AmazonSQS.SendMessage', 'com.amazonaws.sqs#MissingAuthenticationTokenException'],
  ['secretsmanager.GetSecretValue', 'MissingAuthenticationTokenException'],
  ['AWSEvents.PutEvents', 'MissingAuthenticationTokenException'],
])('an unsigned %s is refused', async (operation, __type) => {
  const headers = { 'x-amz-target': operation };
  const response = await fetch(story.aws.url, { method: 'POST', headers, body: '{}' });
  expect([response.status, await response.json()]).toMatchObject([400, { __type }]);
});
