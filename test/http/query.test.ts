import { byToken, type Hub, pending, startHub } from './hub.ts';

const DAVID = byToken('david');

let hub: Hub;
beforeEach(() => {
  hub = startHub();
});

type Query = readonly (readonly [name: string, value: string])[];

const list = (...query: Query) => hub.call(DAVID, 'GET', '/elevations', { query });

const refused: readonly (readonly [title: string, query: Query, pointer: string])[] = [
  ['a parameter that there is not', [['person', 'ruth']], '/person'],
  ['a parameter in another case', [['Mine', 'true']], '/Mine'],
  [
    'a parameter that comes twice',
    [
      ['state', 'pending'],
      ['state', 'approved'],
    ],
    '/state',
  ],
  [
    'an unknown parameter that comes twice, its name escaped',
    [
      ['a/b', '1'],
      ['a/b', '2'],
    ],
    '/a~1b',
  ],
  ['limit 0', [['limit', '0']], '/limit'],
  ['limit 101', [['limit', '101']], '/limit'],
  ['limit -1', [['limit', '-1']], '/limit'],
  ['limit 1.5', [['limit', '1.5']], '/limit'],
  ['limit abc', [['limit', 'abc']], '/limit'],
  ['an empty limit', [['limit', '']], '/limit'],
  ['limit Infinity', [['limit', 'Infinity']], '/limit'],
  ['a state that is none', [['state', 'open']], '/state'],
  ['a state in another case', [['state', 'Pending']], '/state'],
  ['an empty state', [['state', '']], '/state'],
  ['a flag that is no flag', [['mine', 'yes']], '/mine'],
  ['a role that no name can be', [['role', 'update app']], '/role'],
  ['an empty cursor', [['cursor', '']], '/cursor'],
  ['a cursor of 513 characters', [['cursor', 'x'.repeat(513)]], '/cursor'],
  ['a cursor of no list', [['cursor', 'eyJwayI6IngifQ']], '/cursor'],
];
test.each(refused)('a list is refused with %s', async (_title, query, pointer) => {
  expect(await list(...query)).toMatchObject({
    status: 422,
    body: { code: 'invalid', errors: [{ pointer, detail: expect.stringMatching(/^[A-Z].*\.$/) }] },
  });
});

test.each(['/me', '/roles', '/elevations/01ARZ3NDEKTSV4RRFFQ69G5FAV'])(
  'what takes no parameters refuses any: %s',
  async (path) => {
    expect(await hub.call(DAVID, 'GET', path, { query: [['verbose', '1']] })).toMatchObject({
      status: 422,
      body: { code: 'invalid', errors: [{ pointer: '/verbose' }] },
    });
  },
);

test.each([[[['mine', '']]], [[['mine', 'true']]]] as const)('a flag may stand alone: %j', async (query) => {
  const id = await pending(hub);
  expect(await list(...query)).toMatchObject({ status: 200, body: { elevations: [{ id }] } });
});

test('pages go on where the one before ended, and end', async () => {
  const asked = [await pending(hub), await pending(hub), await pending(hub)];
  const seen: unknown[] = [];
  let next: unknown = '';
  while (next !== undefined) {
    const cursor: Query = next === '' ? [] : [['cursor', String(next)]];
    const { status, body } = await list(['limit', '2'], ...cursor);
    expect(status).toBe(200);
    const { elevations } = body as { elevations: readonly { id: string }[] };
    expect(elevations.length).toBeLessThanOrEqual(2);
    seen.push(...elevations.map(({ id }) => id));
    next = body['next'];
  }
  expect(seen).toEqual(asked.toReversed());
});
