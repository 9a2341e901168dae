import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { INVOCATION, proxyEvent, REQUEST_ID } from './event.ts';
import { type Answer, ASK, answerOf, approved, byToken, type Hub, pending, startHub } from './hub.ts';

const DAVID = byToken('david');

/** A hub whose table fails with this error. */
function failingHub(error: unknown): Hub {
  return startHub({
    store: {
      ...memoryStore(),
      read: () => Promise.reject(error),
      list: () => Promise.reject(error),
    },
  });
}

describe('each call leaves one line', () => {
  test('that says who did what, with which outcome and how long it took', async () => {
    const hub = startHub();
    await hub.call(DAVID, 'GET', '/me');
    expect(hub.logged).toEqual([
      {
        ...{ level: 'info', event: 'call', requestId: REQUEST_ID, invocation: INVOCATION.awsRequestId },
        ...{ route: 'GET /v1/me', person: 'david', status: 200, milliseconds: 0 },
      },
    ]);
  });

  test.each([
    ['refused', byToken('tess'), 'tess', 403],
    ['by nobody', undefined, 'nobody', 403],
  ] as const)('also where it is %s', async (_title, arrival, person, status) => {
    const hub = startHub();
    await hub.call(arrival, 'POST', '/elevations', { json: ASK });
    expect(hub.logged).toMatchObject([{ event: 'call', route: 'POST /v1/elevations', person, status }]);
  });

  test('also where it failed', async () => {
    const hub = failingHub(new Error('The table is away.'));
    await hub.call(DAVID, 'GET', '/elevations');
    expect(hub.logged).toMatchObject([
      { level: 'error', event: 'unexpected-error' },
      { level: 'info', event: 'call', route: 'GET /v1/elevations', person: 'david', status: 500 },
    ]);
  });
});

test('nothing that a caller sends is logged: body, query, headers, path', async () => {
  const hub = startHub();
  const id = await pending(hub);
  const before = hub.logged.length;
  await hub.call(DAVID, 'POST', '/elevations', {
    json: { ...ASK, reason: 'the needle in the body', needle: 1 },
    headers: { Authorization: 'Bearer needle', 'Idempotency-Key': 'needle', Cookie: 'needle' },
  });
  await hub.call(DAVID, 'POST', '/elevations', { text: '{"needle' });
  await hub.call(DAVID, 'GET', '/elevations', { query: [['needle', 'needle']] });
  await hub.call(DAVID, 'POST', `/elevations/${id}/withdrawal`, { json: { comment: 'a needle' } });
  await hub.call(DAVID, 'GET', '/elevations/needle');
  expect(hub.logged.length).toBe(before + 5);
  expect(JSON.stringify(hub.logged)).not.toMatch(/needle|banner|amr/);
});

describe('an error that nobody foresaw', () => {
  /** As an SDK's errors are: with what was sent, and what came back, among its properties. */
  const error = Object.assign(new Error('The table is away.', { cause: new Error('needle') }), {
    name: 'TimeoutError',
    $response: { body: 'needle' },
  });

  async function failed(hub: Hub): Promise<Answer> {
    return hub.call(DAVID, 'GET', '/elevations');
  }

  test('is answered by a problem that tells nothing of it', async () => {
    const { status, headers, body } = await failed(failingHub(error));
    expect(headers).toMatchObject({
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
    });
    expect({ status, body }).toEqual({
      status: 500,
      body: {
        ...{ type: 'about:blank', title: 'Internal Server Error', status: 500, code: 'internal' },
        detail: expect.stringContaining('Something failed on our side.'),
      },
    });
  });

  test('is logged by its name and message alone', async () => {
    const hub = failingHub(error);
    await failed(hub);
    expect(hub.logged[0]).toEqual({
      ...{ level: 'error', event: 'unexpected-error' },
      ...{ requestId: REQUEST_ID, invocation: INVOCATION.awsRequestId },
      ...{ name: 'TimeoutError', message: 'The table is away.' },
    });
    expect(JSON.stringify(hub.logged)).not.toContain('needle');
  });

  test('need not be an error', async () => {
    const hub = failingHub('needle');
    expect(await failed(hub)).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(hub.logged)).not.toContain('needle');
  });

  test('does not outlive its call', async () => {
    const store = memoryStore();
    const answers = [() => Promise.reject(error), store.list];
    const hub = startHub({
      store: { ...store, list: (...about) => (answers.shift() ?? store.list)(...about) },
    });
    expect([await failed(hub), await failed(hub)].map(({ status }) => status)).toEqual([500, 200]);
  });
});

test('no secret of issued credentials is logged', async () => {
  const hub = startHub();
  const id = await approved(hub);
  const { body } = await hub.call(DAVID, 'POST', `/elevations/${id}/credentials`);
  const log = JSON.stringify(hub.logged);
  for (const secret of [body['SecretAccessKey'], body['SessionToken']]) {
    expect(secret).toMatch(/./);
    expect(log).not.toContain(secret);
  }
  expect(log).toContain(body['AccessKeyId']); // by which CloudTrail names the session
});

test('every answer is one that no cache keeps and no browser reads as something else', async () => {
  const hub = startHub();
  const answers = [
    await hub.call(DAVID, 'GET', '/me'),
    await hub.call(undefined, 'GET', '/me'),
    await hub.call(undefined, 'GET', '/healthz'),
    answerOf(await hub.elevations(proxyEvent(DAVID, 'GET', '/nowhere'), INVOCATION)),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 403, 200, 404]);
  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    });
  }
});
