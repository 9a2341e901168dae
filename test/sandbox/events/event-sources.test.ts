import { EVERY_MINUTE, QUEUE, START, SUCCEEDED, startSources, THROWN } from './sources.ts';

test('a schedule fires when its time has come, with the event of EventBridge', async () => {
  const { sources, advance, delivered } = await startSources([EVERY_MINUTE], () => SUCCEEDED);
  advance(59);
  await sources.tick();
  expect(delivered).toEqual([]);
  advance(1);
  await sources.tick();
  await sources.tick();
  expect(delivered).toEqual([
    {
      version: '0',
      id: expect.any(String),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '222222222222',
      time: '2026-07-01T12:01:00Z',
      region: 'us-east-1',
      resources: [EVERY_MINUTE.arn],
      detail: {},
    },
  ]);
});

test('a jump over many minutes fires once, and the next minute again', async () => {
  const { sources, advance, delivered } = await startSources([EVERY_MINUTE], () => SUCCEEDED);
  advance(90 * 60 + 30);
  await sources.settle();
  advance(30);
  await sources.settle();
  expect(delivered.map(({ time }) => time)).toEqual(['2026-07-01T13:30:00Z', '2026-07-01T13:31:00Z']);
});

test('a scheduled function that fails is run twice more', async () => {
  const { sources, advance, delivered } = await startSources([EVERY_MINUTE], () => THROWN);
  advance(60);
  await sources.settle();
  expect(delivered).toHaveLength(3);
});

test('who settles waits for what is in flight, and for what comes of it', async () => {
  const gate = Promise.withResolvers<void>();
  const { sources, advance, queue, delivered } = await startSources(
    [QUEUE, EVERY_MINUTE],
    async (_event, name) => {
      if (name === 'sweep') {
        await gate.promise;
        queue.send('due');
      }
      return SUCCEEDED;
    },
  );
  advance(60);
  const inFlight = sources.tick();
  const settled = sources.settle();
  gate.resolve();
  await settled;
  expect(delivered.map((event) => event.Records?.[0]?.body)).toEqual([undefined, 'due']);
  await inFlight;
});

test('after the stop nothing is delivered', async () => {
  const { sources, queue, delivered } = await startSources([QUEUE], () => SUCCEEDED);
  await sources.stop();
  queue.send('late');
  await sources.settle();
  expect(delivered).toEqual([]);
});

test('an error that is none of a function is thrown', async () => {
  const { sources, queue } = await startSources([QUEUE], () => {
    throw new Error('The hub has no function announce.');
  });
  queue.send('a');
  await expect(sources.settle()).rejects.toThrow(/no function announce/);
});

test('in real time, sources are read without being told to', async () => {
  const { startEventSources } = await import('../../../sandbox/events/event-sources.ts');
  const { stream, queue } = await startSources([], () => SUCCEEDED);
  const arrived = Promise.withResolvers<string>();
  const sources = await startEventSources({
    hub: { eventSources: [QUEUE], functions: [], account: '', region: '' },
    invoke: async (name) => {
      arrived.resolve(name);
      return SUCCEEDED;
    },
    stream,
    queues: new Map([[QUEUE.arn, queue]]),
    clock: () => START,
    pollMs: 1,
  });
  queue.send('a');
  // The timer keeps no process alive by itself.
  const alive = setInterval(() => undefined, 1000);
  expect(await arrived.promise).toBe('announce');
  clearInterval(alive);
  await sources.stop();
});
