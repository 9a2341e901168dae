import { ASK, byToken, type Hub, pending, startHub } from './hub.ts';

// The limits of the story's file: five requests a minute, three that wait.
const DAVID = byToken('david');

let hub: Hub;
beforeEach(() => {
  hub = startHub();
});

test('a person who floods is told to wait, and asks again after that', async () => {
  const ask = (n: number) =>
    hub.call(DAVID, 'POST', '/elevations', {
      json: { ...ASK, role: 'read-logs', reason: `Reason ${n} of many` },
    });
  for (const n of [1, 2, 3, 4, 5]) expect(await ask(n)).toMatchObject({ status: 201 });
  const sixth = await ask(6);
  expect(sixth).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  expect(sixth.headers['Retry-After']).toBe('60');
  hub.advance('1m');
  expect(await ask(7)).toMatchObject({ status: 201 });
});

test('a person whose requests wait unanswered is told to withdraw one', async () => {
  for (const _ of [1, 2, 3]) await pending(hub);
  expect(await hub.call(DAVID, 'POST', '/elevations', { json: ASK })).toMatchObject({
    status: 429,
    body: { code: 'too-many-pending' },
  });
});

test('one person’s flood stops nobody else', async () => {
  for (const _ of [1, 2, 3]) await pending(hub);
  const dora = await hub.call(byToken('dora'), 'POST', '/elevations', { json: ASK });
  expect(dora).toMatchObject({ status: 201 });
});

test('a dry run neither counts nor makes anything', async () => {
  for (let n = 0; n < 10; n++) {
    const tried = await hub.call(DAVID, 'POST', '/elevations', { json: { ...ASK, dryRun: true } });
    expect(tried).toMatchObject({
      status: 200,
      body: { outcome: 'allowed', rule: 'developers-update-app' },
    });
  }
  expect((await hub.call(DAVID, 'GET', '/elevations')).body).toEqual({ elevations: [] });
  expect(await hub.call(DAVID, 'POST', '/elevations', { json: ASK })).toMatchObject({ status: 201 });
});
