import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type FunctionOptions,
  type LambdaFunction,
  startFunction,
} from '../../../sandbox/lambda/start-function.ts';

const PROBE = fileURLToPath(new URL('./functions/probe.ts', import.meta.url));
const REAL_LIMIT_MS = 15_000;
const HOUR_MS = 3_600_000;

const started: LambdaFunction[] = [];
afterEach(() => Promise.all(started.splice(0).map((one) => one.stop())));

async function probe(options: Partial<FunctionOptions> = {}): Promise<LambdaFunction> {
  const one = await startFunction({
    name: 'drawbridge-sandbox-probe',
    arn: 'arn:aws:lambda:us-east-1:222222222222:function:drawbridge-sandbox-probe',
    file: PROBE,
    environment: { AWS_REGION: 'us-east-1' },
    requestIds: () => 'request-1',
    ...options,
  });
  started.push(one);
  return one;
}

async function answer(one: LambdaFunction, event: unknown): Promise<unknown> {
  const invocation = await one.invoke(event);
  if (invocation.outcome === 'failed') throw new Error(invocation.error.errorMessage);
  return invocation.payload;
}

test('a handler gets the event and its answer comes back, both as JSON', async () => {
  const value = { text: 'ä', list: [1, null], when: new Date(0) };
  expect(await answer(await probe(), { do: 'echo', value })).toEqual({
    text: 'ä',
    list: [1, null],
    when: '1970-01-01T00:00:00.000Z',
  });
});

test('an answer of undefined is null, as in Lambda', async () => {
  expect(await answer(await probe(), { do: 'echo' })).toBeNull();
});

test('the environment holds what the function is given and its name, and nothing of this process', async () => {
  const given = { AWS_REGION: 'us-east-1', DRAWBRIDGE_TABLE: 'drawbridge-sandbox' };
  expect(await answer(await probe({ environment: given }), { do: 'environment' })).toEqual({
    ...given,
    AWS_LAMBDA_FUNCTION_NAME: 'drawbridge-sandbox-probe',
  });
});

test('two functions do not see each other’s environment', async () => {
  const [one, other] = await Promise.all([
    probe({ environment: { AWS_SECRET_ACCESS_KEY: 'one' } }),
    probe({ environment: { AWS_SECRET_ACCESS_KEY: 'other' } }),
  ]);
  expect(await answer(one, { do: 'environment' })).toMatchObject({ AWS_SECRET_ACCESS_KEY: 'one' });
  expect(await answer(other, { do: 'environment' })).toMatchObject({ AWS_SECRET_ACCESS_KEY: 'other' });
});

test('the context names the function and the request', async () => {
  expect(await answer(await probe(), { do: 'context' })).toMatchObject({
    awsRequestId: 'request-1',
    functionName: 'drawbridge-sandbox-probe',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:222222222222:function:drawbridge-sandbox-probe',
    remaining: expect.any(Number),
  });
});

test('an error becomes the error that Lambda answers', async () => {
  expect(await (await probe()).invoke({ do: 'throw', message: 'too far' })).toEqual({
    outcome: 'failed',
    error: {
      errorType: 'RangeError',
      errorMessage: 'too far',
      trace: expect.arrayContaining(['RangeError: too far']),
    },
  });
});

test('a thrown string keeps its text', async () => {
  expect(await (await probe()).invoke({ do: 'throw a string', message: 'Unauthorized' })).toEqual({
    outcome: 'failed',
    error: { errorType: 'string', errorMessage: 'Unauthorized', trace: [] },
  });
});

test('invocations run side by side', async () => {
  const ids = ['first', 'second'];
  const one = await probe({ requestIds: () => ids.shift() ?? 'none' });
  const waiting = one.invoke({ do: 'wait' });
  expect(await answer(one, { do: 'release' })).toBe(1);
  expect(await waiting).toEqual({ outcome: 'answered', payload: 'released' });
});

describe('the time limit', () => {
  test.each(['never answer', 'block'])('ends a handler that does: %s', async (what) => {
    const one = await probe({ timeLimitMs: 50 });
    expect(await one.invoke({ do: what })).toEqual({
      outcome: 'failed',
      error: {
        errorType: 'Sandbox.Timedout',
        errorMessage: 'RequestId: request-1 Error: Task timed out after 0.05 seconds',
      },
    });
  });

  test('is followed by a fresh environment', async () => {
    const one = await probe({ timeLimitMs: 1_000 });
    await one.invoke({ do: 'block' });
    expect(await answer(one, { do: 'echo', value: 'again' })).toBe('again');
  });
});

test('a handler that exits fails its invocation, and the next one runs', async () => {
  const one = await probe();
  expect(await one.invoke({ do: 'exit' })).toEqual({
    outcome: 'failed',
    error: {
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: request-1 Error: Runtime exited with error: exit status 3',
    },
  });
  expect(await answer(one, { do: 'echo', value: 'again' })).toBe('again');
});

type Times = {
  readonly loadedAt: number;
  readonly number: number;
  readonly date: string;
  readonly text: string;
};

describe('the clock', () => {
  const ahead = (time: number) => Math.round((time - Date.now()) / HOUR_MS);

  test('is shifted before the module is loaded', async () => {
    const times = (await answer(await probe({ clockOffsetMs: 2 * HOUR_MS }), { do: 'now' })) as Times;
    expect(ahead(times.loadedAt)).toBe(2);
  });

  test('moves all that reads the time, and nothing that names a time', async () => {
    const one = await probe();
    await one.setClockOffset(3 * HOUR_MS);
    const times = (await answer(one, { do: 'now' })) as Times;
    expect([times.number, Date.parse(times.date), Date.parse(times.text)].map(ahead)).toEqual([3, 3, 3]);
    expect(times).toMatchObject({ given: 5 });
  });

  test('stays shifted when a timeout has replaced the environment', async () => {
    const one = await probe({ timeLimitMs: 1_000 });
    await one.setClockOffset(3 * HOUR_MS);
    await one.invoke({ do: 'block' });
    expect(ahead(((await answer(one, { do: 'now' })) as Times).number)).toBe(3);
  });
});

test('what the function writes is its log, line by line', async () => {
  const line = new Promise((resolve) => {
    void probe({ onLog: resolve }).then((one) => one.invoke({ do: 'log', line: 'a line' }));
  });
  expect(await line).toBe('a line');
});

describe('a function that does not load', () => {
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  const written = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  test.each([
    ['throws while it is loaded', "throw new Error('no table');", /probe does not load: no table/],
    ['exports no handler', 'export const main = 1;', /exports no function named handler/],
    ['ends the process', 'process.exit(4);', /exit status 4/],
  ])('because it %s, is refused at its start', async (title, text, reason) => {
    const file = written(`${title.replaceAll(' ', '-')}.mjs`, text);
    await expect(probe({ file, timeLimitMs: REAL_LIMIT_MS })).rejects.toThrow(reason);
  });

  test('a bundle of CommonJS does', async () => {
    const file = written('bundle.cjs', 'module.exports = { handler: async () => "bundled" };');
    expect(await answer(await probe({ file }), {})).toBe('bundled');
  });
});
