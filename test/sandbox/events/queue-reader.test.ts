import { failing, QUEUE, QUEUE_ARN, STREAM, SUCCEEDED, startSources, THROWN } from './sources.ts';

const bodiesOf = (event: { readonly Records?: readonly { readonly body?: string }[] }) =>
  (event.Records ?? []).map(({ body }) => body);

test('messages arrive in batches and are deleted when they succeeded', async () => {
  const { sources, queue, delivered } = await startSources([{ ...QUEUE, batchSize: 2 }], () => SUCCEEDED);
  for (const body of ['a', 'b', 'c']) queue.send(body);
  await sources.settle();
  expect(delivered.map(bodiesOf)).toEqual([['a', 'b'], ['c']]);
  expect(queue.bodies()).toEqual([]);
});

test('a message arrives as Lambda hands it over', async () => {
  const { sources, queue, delivered } = await startSources([QUEUE], () => SUCCEEDED);
  queue.send('{}');
  await sources.settle();
  expect(delivered).toEqual([
    {
      Records: [
        {
          messageId: 'message-1',
          receiptHandle: 'handle-1',
          body: '{}',
          attributes: { ApproximateReceiveCount: '1' },
          messageAttributes: {},
          md5OfBody: '99914b932bd37a50b983c5e7c90ae93b',
          eventSource: 'aws:sqs',
          eventSourceARN: QUEUE_ARN,
          awsRegion: 'us-east-1',
        },
      ],
    },
  ]);
});

test('what an answer names stays in the queue, and comes again when it can be seen', async () => {
  let failed = ['b'];
  const { sources, queue, delivered } = await startSources([QUEUE], (event) => failing(event, ...failed));
  for (const body of ['a', 'b', 'c']) queue.send(body);
  await sources.settle();
  expect(queue.bodies()).toEqual(['b']);
  failed = [];
  queue.show();
  await sources.settle();
  expect(delivered.map(bodiesOf)).toEqual([['a', 'b', 'c'], ['b']]);
  expect(queue.bodies()).toEqual([]);
});

test('a batch that throws stays in the queue as a whole', async () => {
  const { sources, queue } = await startSources([QUEUE], () => THROWN);
  for (const body of ['a', 'b']) queue.send(body);
  await sources.settle();
  expect(queue.bodies()).toEqual(['a', 'b']);
});

test('settled means that what the stream handed to the queue has been delivered as well', async () => {
  const { sources, queue, write, delivered } = await startSources([QUEUE, STREAM], (event) => {
    if (event.Records?.[0]?.dynamodb !== undefined) queue.send('from the stream');
    return SUCCEEDED;
  });
  write('a');
  await sources.settle();
  expect(delivered).toHaveLength(2);
  expect(queue.bodies()).toEqual([]);
});

test('a queue that is not there is an error at the start', async () => {
  await expect(startSources([{ ...QUEUE, arn: 'another' }], () => SUCCEEDED)).rejects.toThrow(
    /no queue another/,
  );
});
