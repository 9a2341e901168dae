import { elevationId } from '../domain/values.ts';
import type { Arrival } from './event.ts';
import { ACCESS, ASK, approved, byToken, DAVID_AT_IAM, type Hub, pending, startHub } from './hub.ts';

let hub: Hub;
beforeEach(() => {
  hub = startHub();
});

const NOBODYS = '7ZZZZZZZZZZZZZZZZZZZZZZZZZ';

/** Every call on one elevation. */
const CALLS = [
  ['GET', ''],
  ['POST', '/approval'],
  ['POST', '/denial'],
  ['POST', '/withdrawal'],
  ['POST', '/return'],
  ['POST', '/revocation'],
  ['POST', '/credentials'],
] as const;

describe('an id of somebody else’s elevation answers, byte for byte, as one of nobody’s', () => {
  test.each(CALLS)('%s …%s', async (method, what) => {
    const id = await pending(hub);
    const tess = byToken('tess');
    const others = await hub.call(tess, method, `/elevations/${id}${what}`);
    expect(others).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await hub.call(tess, method, `/elevations/${NOBODYS}${what}`)).toEqual(others);
    const malformed = [
      'x',
      id.toLowerCase(),
      `${id}0`,
      '8'.repeat(26),
      '%00',
      '..%2f..',
      id.replace('0', 'O'),
    ];
    for (const text of malformed) {
      expect(await hub.call(tess, method, `/elevations/${text}${what}`)).toEqual(others);
    }
    expect(await hub.broker.store.read(elevationId(id))).toMatchObject({
      elevation: { state: 'pending' },
    });
  });
});

test('so does one that is over', async () => {
  const id = await approved(hub);
  await hub.call(byToken('david'), 'POST', `/elevations/${id}/return`);
  const tess = byToken('tess');
  expect(await hub.call(tess, 'GET', `/elevations/${id}`)).toEqual(
    await hub.call(tess, 'GET', `/elevations/${NOBODYS}`),
  );
});

test.each([
  ['its requester', 'david', 200],
  ['its requester’s colleague', 'dora', 404],
  ['who may approve it', 'ruth', 200],
  ['an admin', 'ada', 200],
  ['an auditor', 'otto', 200],
  ['whom a rule denies', 'tess', 404],
  ['somebody in no group', 'nina', 404],
])('an elevation is read, and listed, by %s: %s %i', async (_title, name, status) => {
  const id = await pending(hub);
  expect(await hub.call(byToken(name), 'GET', `/elevations/${id}`)).toMatchObject({ status });
  const listed = await hub.call(byToken(name), 'GET', '/elevations', { query: [['role', 'update-app']] });
  expect(listed.text.includes(id)).toBe(status === 200);
});

test('a list that holds only other people’s elevations looks empty', async () => {
  await pending(hub);
  for (const query of [[['state', 'pending']], [['toApprove', '']], [['role', 'update-app']]] as const) {
    expect((await hub.call(byToken('tess'), 'GET', '/elevations', { query })).body).toEqual({
      elevations: [],
    });
  }
});

const strangers: readonly (readonly [title: string, arrival: Arrival])[] = [
  ['nobody whom an authorizer named', undefined],
  ['somebody who has left the file', { token: { ...byToken('david').token, person: 'gone' as never } }],
  ['an IAM user whom the file does not have', { userArn: 'arn:aws:iam::111111111111:user/Mallory' }],
];
describe.each(strangers)('%s', (_title, arrival) => {
  test.each([
    ['GET', '/me'],
    ['GET', '/roles'],
    ['POST', '/elevations'],
    ['GET', '/elevations'],
  ] as const)('gets nothing of %s %s', async (method, path) => {
    const sent = method === 'POST' ? { json: ASK } : {};
    const answer = await hub.call(arrival, method, path, sent);
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    for (const name of [...ACCESS.people.keys(), ...ACCESS.roles.keys()]) {
      expect(answer.text).not.toContain(name);
    }
  });
});

test('anybody may ask whether it answers and what it takes', async () => {
  expect((await hub.call(undefined, 'GET', '/healthz')).body).toEqual({
    status: 'ok',
    accessVersion: ACCESS.version,
  });
  expect((await hub.call(undefined, 'GET', '/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
});

test('at the IAM door the same person finds the same elevation', async () => {
  const id = await pending(hub);
  expect(await hub.call(DAVID_AT_IAM, 'GET', `/elevations/${id}`)).toMatchObject({ status: 200 });
});

test('no external id is in any answer', async () => {
  const id = await approved(hub);
  const answers = await Promise.all([
    ...['/me', '/roles', '/elevations', `/elevations/${id}`].map((path) =>
      hub.call(byToken('david'), 'GET', path),
    ),
    hub.call(byToken('david'), 'POST', `/elevations/${id}/credentials`),
  ]);
  for (const { text } of answers) expect(text).not.toContain('external-id-of-');
  expect(hub.issuer.issued).toMatchObject([{ externalId: 'external-id-of-update-app' }]);
});
