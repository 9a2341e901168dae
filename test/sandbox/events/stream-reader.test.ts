import {
  FUNCTION_ARN,
  failing,
  keysOf,
  STREAM,
  STREAM_ARN,
  SUCCEEDED,
  startSources,
  THROWN,
} from './sources.ts';

test('records arrive in batches, in their order, each once', async () => {
  const { sources, write, delivered } = await startSources([{ ...STREAM, batchSize: 2 }], () => SUCCEEDED);
  for (const pk of ['a', 'b', 'c']) write(pk);
  await sources.settle();
  await sources.settle();
  expect(delivered.map(keysOf)).toEqual([['a', 'b'], ['c']]);
});

test('only records that a filter lets through arrive, and batches are full of them', async () => {
  const filters = [{ sk: ['elevation', 'slack-link'] }];
  const { sources, write, delivered } = await startSources(
    [{ ...STREAM, batchSize: 2, filters }],
    () => SUCCEEDED,
  );
  write('a');
  write('a', 'session#0001');
  write('b', 'slack-link');
  write('c', 'announcement');
  write('d');
  await sources.settle();
  expect(delivered.map(keysOf)).toEqual([['a', 'b'], ['d']]);
});

test.each([
  ['TRIM_HORIZON', ['before', 'after']],
  ['LATEST', ['after']],
] as const)('from %s on, these records arrive: %j', async (startingPosition, expected) => {
  const source = { ...STREAM, startingPosition };
  const { sources, write, delivered } = await startSources([source], () => SUCCEEDED, {
    written: ['before'],
  });
  write('after');
  await sources.settle();
  expect(delivered.flatMap(keysOf)).toEqual(expected);
});

test('after a partial answer it goes on from the lowest record that failed', async () => {
  let attempts = 0;
  const { sources, write, delivered, deadLetters } = await startSources([STREAM], (event) => {
    attempts += 1;
    return attempts === 1 ? failing(event, 'd', 'b') : SUCCEEDED;
  });
  for (const pk of ['a', 'b', 'c', 'd']) write(pk);
  await sources.settle();
  expect(delivered.map(keysOf)).toEqual([
    ['a', 'b', 'c', 'd'],
    ['b', 'c', 'd'],
  ]);
  expect(deadLetters.bodies()).toEqual([]);
});

test('a batch that always throws is given up after its retries, and the shard goes on', async () => {
  const { sources, write, delivered } = await startSources([{ ...STREAM, batchSize: 1 }], (event) =>
    keysOf(event).includes('poison') ? THROWN : SUCCEEDED,
  );
  write('poison');
  write('next');
  await sources.settle();
  expect(delivered.map(keysOf)).toEqual([['poison'], ['poison'], ['poison'], ['next']]);
});

test.each([
  ['by throwing', () => THROWN],
  ['by naming it', (event: Parameters<typeof failing>[0]) => failing(event, 'poison')],
])('where batches are split, one poison record that fails %s takes no other with it', async (_how, fail) => {
  const { sources, write, delivered, deadLetters } = await startSources(
    [{ ...STREAM, bisects: true }],
    (event) => (keysOf(event).includes('poison') ? fail(event) : SUCCEEDED),
  );
  const others = ['a', 'b', 'c', 'd', 'e'];
  for (const pk of ['a', 'b', 'poison', 'c', 'd', 'e']) write(pk);
  await sources.settle();
  const succeeded = delivered
    .map(keysOf)
    .filter((keys) => !keys.includes('poison'))
    .flat();
  expect(new Set([...succeeded, ...keysBefore(delivered.map(keysOf), 'poison')])).toEqual(new Set(others));
  expect(delivered.map(keysOf).filter((keys) => keys.join() === 'poison')).toHaveLength(3);
  expect(deadLetters.bodies().map((body) => JSON.parse(body).DDBStreamBatchInfo.batchSize)).toEqual([1]);
});

/** What an answer that names the poison says has succeeded. */
function keysBefore(batches: readonly (string | undefined)[][], poison: string) {
  return batches.flatMap((keys) => keys.slice(0, Math.max(0, keys.indexOf(poison))));
}

test('records that are too old are given up untried', async () => {
  const { sources, write, delivered, advance, deadLetters } = await startSources([STREAM], () => SUCCEEDED);
  write('old');
  advance(3601);
  write('young');
  await sources.settle();
  expect(delivered.map(keysOf)).toEqual([['young']]);
  expect(deadLetters.bodies()).toHaveLength(1);
});

test('what is given up is told to a queue: where it is in the stream, and nothing of its content', async () => {
  const { sources, write, stream, deadLetters } = await startSources([STREAM], () => THROWN);
  write('secret-key');
  write('secret-key-2');
  await sources.settle();
  const [first, last] = stream.shards[0]?.after('') ?? [];
  const [body = ''] = deadLetters.bodies();
  expect(JSON.parse(body)).toEqual({
    requestContext: {
      requestId: expect.any(String),
      functionArn: FUNCTION_ARN,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 3,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2026-07-01T12:00:00.000Z',
    DDBStreamBatchInfo: {
      shardId: stream.shards[0]?.id,
      startSequenceNumber: first?.dynamodb.SequenceNumber,
      endSequenceNumber: last?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: '2026-07-01T12:00:00Z',
      approximateArrivalOfLastRecord: '2026-07-01T12:00:00Z',
      batchSize: 2,
      streamArn: STREAM_ARN,
    },
  });
  expect(body).not.toContain('secret-key');
});

test('a shard has one batch at a time, and shards do not wait for each other', async () => {
  const running = new Map<string, number>();
  let most = 0;
  let mostInShard = 0;
  const { sources, write, stream } = await startSources(
    [{ ...STREAM, batchSize: 1 }],
    async (event) => {
      const shard = shardOf(event);
      const inShard = (running.get(shard) ?? 0) + 1;
      running.set(shard, inShard);
      mostInShard = Math.max(mostInShard, inShard);
      most = Math.max(
        most,
        [...running.values()].reduce((sum, count) => sum + count, 0),
      );
      await new Promise((resolve) => setImmediate(resolve));
      running.set(shard, inShard - 1);
      return SUCCEEDED;
    },
    { shards: 4 },
  );
  const shardOf = (event: Parameters<typeof keysOf>[0]): string =>
    stream.shards.find((shard) =>
      shard
        .after('')
        .some((record) => record.dynamodb.SequenceNumber === event.Records?.[0]?.dynamodb?.SequenceNumber),
    )?.id ?? '';
  for (let n = 0; n < 40; n += 1) write(`${n}`);
  await sources.settle();
  expect(mostInShard).toBe(1);
  expect(most).toBeGreaterThan(1);
});

test('a stream, or a queue for failures, that is not there is an error at the start', async () => {
  await expect(startSources([{ ...STREAM, arn: 'another' }], () => SUCCEEDED)).rejects.toThrow(/no stream/);
  await expect(startSources([{ ...STREAM, onFailure: 'another' }], () => SUCCEEDED)).rejects.toThrow(
    /no queue another/,
  );
});
