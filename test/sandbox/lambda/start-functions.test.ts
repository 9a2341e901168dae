import type { HubFunction } from '../../../sandbox/hub/hub.ts';
import { type Functions, startFunctions } from '../../../sandbox/lambda/start-functions.ts';

const ROOT = new URL('./', import.meta.url).pathname;
const HOUR_MS = 3_600_000;

const hubFunction = (name: string, file = 'functions/probe.ts'): HubFunction => ({
  name,
  functionName: `drawbridge-sandbox-${name}`,
  arn: `arn:aws:lambda:us-east-1:222222222222:function:drawbridge-sandbox-${name}`,
  file,
  roleArn: `arn:aws:iam::222222222222:role/drawbridge/drawbridge-${name}`,
  timeLimitMs: 15_000,
  environment: { DRAWBRIDGE_TABLE: `table-of-${name}` },
});

let functions: Functions;
beforeAll(async () => {
  functions = await startFunctions({
    root: ROOT,
    functions: [hubFunction('authorize'), hubFunction('elevations')],
    environmentOf: ({ roleArn }) => ({ AWS_ACCESS_KEY_ID: `key-of-${roleArn.split('/').at(-1)}` }),
  });
});
afterAll(() => functions.stop());

test('each has the variables of its template and the credentials of its own role', async () => {
  expect(await functions.invoke('elevations', { do: 'environment' })).toEqual({
    outcome: 'answered',
    payload: {
      AWS_ACCESS_KEY_ID: 'key-of-drawbridge-elevations',
      AWS_LAMBDA_FUNCTION_NAME: 'drawbridge-sandbox-elevations',
      DRAWBRIDGE_TABLE: 'table-of-elevations',
    },
  });
});

test('the clock moves for all of them', async () => {
  await functions.setClockOffset(2 * HOUR_MS);
  for (const name of ['authorize', 'elevations']) {
    const now = await functions.invoke(name, { do: 'now' });
    expect(now.outcome === 'answered' && Object(now.payload).number).toBeGreaterThan(Date.now() + HOUR_MS);
  }
});

test('a function that the hub does not have cannot be invoked', () => {
  expect(() => functions.invoke('announce', {})).toThrow('The hub has no function announce.');
});

test('one that does not load is an error for all', async () => {
  const started = startFunctions({
    root: ROOT,
    functions: [hubFunction('elevations'), hubFunction('missing', 'functions/missing.ts')],
    environmentOf: () => ({}),
  });
  await expect(started).rejects.toThrow(/drawbridge-sandbox-missing does not load: Cannot find module/);
});

describe('a function on demand', () => {
  const onDemand = (file?: string) =>
    startFunctions({
      root: ROOT,
      functions: [hubFunction('report', file)],
      environmentOf: () => ({}),
      onDemand: ['report'],
    });

  test('starts with its first invocation, at the time that it is by then', async () => {
    const late = await onDemand();
    await late.setClockOffset(2 * HOUR_MS);
    const now = await late.invoke('report', { do: 'now' });
    expect(now.outcome === 'answered' && Object(now.payload).number).toBeGreaterThan(Date.now() + HOUR_MS);
    await late.stop();
  });

  test('that was never called is stopped without having started', async () => {
    const never = await onDemand('functions/missing.ts');
    await never.setClockOffset(HOUR_MS);
    await expect(never.stop()).resolves.toBeUndefined();
  });

  test('that does not load is an error of its first invocation', async () => {
    const late = await onDemand('functions/missing.ts');
    await expect(late.invoke('report', {})).rejects.toThrow(/does not load/);
    await expect(late.stop()).resolves.toBeUndefined();
  });
});
