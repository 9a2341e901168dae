import { type Answer, ASK, approved, byToken, DAVID_AT_IAM, type Hub, pending, startHub } from './hub.ts';

const [DAVID, RUTH, ROB] = [byToken('david'), byToken('ruth'), byToken('rob')];

/** As whom somebody with a proof of a minute ago is shown. */
const seen = (person: string) => ({
  ...{ person, door: 'oidc' },
  mfa: { kind: 'token', evidence: 'amr:hwk', at: '2026-11-24T08:59:00.000Z' },
});
const NINE = '2026-11-24T09:00:00.000Z';
const WINDOW = { from: NINE, until: '2026-11-24T10:00:00.000Z' };
const APPROVAL = { by: seen('ruth'), at: NINE };

let hub: Hub;
beforeEach(() => {
  hub = startHub();
});

const read = async (id: string) => (await hub.call(DAVID, 'GET', `/elevations/${id}`)).body;
const say = (who: typeof DAVID, id: string, what: string, comment?: string) =>
  hub.call(who, 'POST', `/elevations/${id}/${what}`, comment === undefined ? {} : { json: { comment } });

/** The members in which states differ. */
const OUTCOMES = [
  'waitsUntil',
  'approvals',
  'window',
  'denial',
  'withdrawal',
  'return',
  'revocation',
] as const;
const outcomeOf = (body: Answer['body']) =>
  Object.fromEntries(OUTCOMES.flatMap((name) => (name in body ? [[name, body[name]]] : [])));

test('a request is shown with all that was asked and all that is required', async () => {
  const scope = [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::productionapp/*'] }];
  const { body } = await hub.call(DAVID, 'POST', '/elevations', { json: { ...ASK, scope } });
  expect(body).toEqual({
    ...{ ...ASK, scope, state: 'pending', person: 'david', rule: 'developers-update-app' },
    ...{ roleArn: 'arn:aws:iam::999999999999:role/UpdateApp', account: '999999999999' },
    id: expect.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    accessVersion: 'a'.repeat(64),
    requirements: {
      mfa: { within: '15m', each: 'request' },
      approval: { by: ['group:release-managers'], count: 1, within: '2h' },
    },
    ...{ requestedAt: NINE, waitsUntil: '2026-11-24T11:00:00.000Z', approvals: [] },
  });
});

type Life = readonly [state: string, live: () => Promise<string>, outcome: object];
const lives: readonly Life[] = [
  ['pending', () => pending(hub), { waitsUntil: '2026-11-24T11:00:00.000Z', approvals: [] }],
  [
    'denied',
    () => after(pending, ROB, 'denial', 'Not today'),
    { approvals: [], denial: { by: seen('rob'), at: NINE, comment: 'Not today' } },
  ],
  [
    'withdrawn',
    () => after(pending, DAVID, 'withdrawal'),
    { approvals: [], withdrawal: { by: seen('david'), at: NINE } },
  ],
  ['lapsed', () => later(pending, '2h1m'), { approvals: [] }],
  ['approved', () => approved(hub), { approvals: [APPROVAL], window: WINDOW }],
  [
    'returned',
    () => after(approved, DAVID, 'return', 'Done'),
    { approvals: [APPROVAL], window: WINDOW, return: { by: seen('david'), at: NINE, comment: 'Done' } },
  ],
  [
    'revoked',
    () => after(approved, ROB, 'revocation'),
    { approvals: [APPROVAL], window: WINDOW, revocation: { by: seen('rob'), at: NINE } },
  ],
  ['ended', () => later(approved, '1h1m'), { approvals: [APPROVAL], window: WINDOW }],
];
test.each(lives)(
  'an elevation that is %s has what belongs to that and no more',
  async (state, live, outcome) => {
    const body = await read(await live());
    expect(body['state']).toBe(state);
    expect(outcomeOf(body)).toEqual(outcome);
  },
);

test.each(lives)('the list finds an elevation that is %s by its state', async (state, live) => {
  const id = await live();
  const listed = (name: string) => hub.call(DAVID, 'GET', '/elevations', { query: [['state', name]] });
  expect((await listed(state)).body).toMatchObject({ elevations: [{ id, state }] });
  const other = state === 'pending' ? 'approved' : 'pending';
  expect((await listed(other)).body).toEqual({ elevations: [] });
});

test('the history tells every event in order, each with a hash of its own', async () => {
  const id = await approved(hub);
  await say(DAVID, id, 'credentials');
  await say(ROB, id, 'revocation', 'The shop is closed');
  const { history } = await read(id);
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(history).toEqual([
    { type: 'requested', by: seen('david'), at: NINE, hash },
    { type: 'approved', by: seen('ruth'), at: NINE, hash },
    { type: 'issue-intended', by: seen('david'), at: NINE, n: 1, hash },
    { type: 'revoked', by: seen('rob'), at: NINE, comment: 'The shop is closed', hash },
  ]);
  const hashes = (history as readonly { hash: string }[]).map((event) => event.hash);
  expect(new Set(hashes).size).toBe(4);
});

test('what is missing is the sentences of the conditions that are not met', async () => {
  const id = await pending(hub);
  const { missing, conditions } = await read(id);
  expect(missing).toEqual([expect.stringMatching(/approv/i)]);
  expect(conditions).toContainEqual({
    code: 'approval',
    outcome: 'unsatisfied',
    sentence: [missing].flat(2)[0],
  });
  await say(RUTH, id, 'approval');
  expect(await read(id)).toMatchObject({ missing: [] });
});

describe('the caller is shown', () => {
  test('with groups of the file and of the token', async () => {
    const nina = byToken('nina', { groups: ['Platform'] });
    expect((await hub.call(nina, 'GET', '/me')).body).toEqual({
      ...seen('nina'),
      ...{ groups: [], tokenGroups: ['Platform'], admin: false, auditor: false },
    });
    expect((await hub.call(DAVID, 'GET', '/me')).body).toMatchObject({ groups: ['developers'] });
  });

  test.each([
    ['ada', { admin: true, auditor: false }],
    ['otto', { admin: false, auditor: true }],
  ])('as what %s is', async (name, expected) => {
    expect((await hub.call(byToken(name), 'GET', '/me')).body).toMatchObject(expected);
  });

  test('without a proof of MFA as having none', async () => {
    const david = byToken('david', { mfa: { kind: 'absent' } });
    expect((await hub.call(david, 'GET', '/me')).body).toMatchObject({ mfa: { kind: 'absent' } });
  });

  test('at the IAM door with the bound that IAM has held the session to', async () => {
    expect((await hub.call(DAVID_AT_IAM, 'GET', '/me')).body).toMatchObject({
      ...{ person: 'david', door: 'iam', tokenGroups: [] },
      mfa: { kind: 'iam-session', within: '15m' },
    });
  });
});

describe('the catalog says what the caller may ask for, and why not', () => {
  const catalogOf = async (arrival: typeof DAVID) => (await hub.call(arrival, 'GET', '/roles')).body['roles'];

  test('with the terms of each rule, in their order', async () => {
    expect(await catalogOf(DAVID)).toMatchObject([
      {
        ...{ name: 'update-app', account: '999999999999', session: '15m', mayAsk: true },
        rules: [
          { name: 'developers-update-app', longest: '4h', reasonMin: 10, ticket: '^OPS-\\d+$' },
          { name: 'developers-update-app-long', longest: '8h', approval: { count: 2 } },
        ],
      },
      { name: 'read-logs', mayAsk: true, rules: [{ name: 'developers-read-logs', longest: '1h' }] },
    ]);
  });

  test('with the hours of a rule', async () => {
    expect(await catalogOf(byToken('tess'))).toMatchObject([
      { name: 'update-app', mayAsk: false, rules: [], whyNot: expect.stringContaining('testers-never') },
      {
        ...{ name: 'read-logs', mayAsk: true },
        rules: [{ hours: { days: [1, 2, 3, 4, 5], from: 540, to: 1020, timeZone: 'Europe/Berlin' } }],
      },
    ]);
  });

  test('to somebody whom no rule names', async () => {
    expect(await catalogOf(byToken('nina'))).toMatchObject([
      { mayAsk: false, rules: [], whyNot: 'No rule lends it to you.' },
      { mayAsk: false, rules: [], whyNot: 'No rule lends it to you.' },
    ]);
  });
});

async function after(
  begun: (hub: Hub) => Promise<string>,
  who: typeof DAVID,
  what: string,
  comment?: string,
): Promise<string> {
  const id = await begun(hub);
  const { status, text } = await say(who, id, what, comment);
  if (status !== 200) throw new Error(text);
  return id;
}

async function later(begun: (hub: Hub) => Promise<string>, length: string): Promise<string> {
  const id = await begun(hub);
  hub.advance(length);
  return id;
}
