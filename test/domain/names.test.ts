import { formatMember, parseMember } from '../../shared/domain/access.ts';
import {
  parseGroupName,
  parseHandle,
  parseRoleName,
  parseRuleName,
  parseTokenGroup,
} from '../../shared/domain/names.ts';

const NEVER_A_NAME = [
  ...['', 'a', 'A', 'David', '1david', '-david', '.david', '_david', 'dav+id', 'dav id', 'dav/id', 'dav:id'],
  ...['dävid', 'david\n', '\ndavid', ' david', 'david ', 'dav\u0000id', 'dav\u202eid', 'dаvid'], // the last: Cyrillic а
];

test.each(NEVER_A_NAME)('%j is no name of anything in the access file', (text) => {
  for (const parse of [parseHandle, parseRoleName, parseRuleName, parseGroupName]) {
    expect(parse(text)).toBeUndefined();
  }
});

test.each(['ab', 'david', 'd.a-v_1', 'd--', 'update-app'])('%s is a name', (text) => {
  for (const parse of [parseHandle, parseRoleName, parseRuleName, parseGroupName]) {
    expect(parse(text)).toBe(text);
  }
});

test('a handle has at most 28 characters, any other name 64', () => {
  expect(parseHandle('d'.repeat(28))).toBeDefined();
  expect(parseHandle('d'.repeat(29))).toBeUndefined();
  for (const parse of [parseRoleName, parseRuleName, parseGroupName]) {
    expect(parse('d'.repeat(64))).toBeDefined();
    expect(parse('d'.repeat(65))).toBeUndefined();
  }
});

test.each(['Platform', 'Plattform Süd', '0f1e-2d', 'a:b/c@d', '7', 'Größe', '日本', 'G'.repeat(128)])(
  '%j can be a group of a token',
  (text) => {
    expect(parseTokenGroup(text)).toBe(text);
  },
);

test.each(['', ' Platform', '-x', 'a\nb', 'a\u0000', 'a\u202eb', 'a,b', 'a"b', 'G'.repeat(129)])(
  '%j cannot be a group of a token',
  (text) => {
    expect(parseTokenGroup(text)).toBeUndefined();
  },
);

test.each([
  ['group:developers', { kind: 'group', name: 'developers' }],
  ['person:ruth', { kind: 'person', handle: 'ruth' }],
  ['idp:Platform Team', { kind: 'idp', name: 'Platform Team' }],
  ['idp:group:developers', { kind: 'idp', name: 'group:developers' }],
])('%s names a member and is written back as it was', (text, member) => {
  const parsed = parseMember(text);
  expect(parsed).toEqual(member);
  expect(parsed && formatMember(parsed)).toBe(text);
});

test.each([
  ...[
    '',
    'ruth',
    'developers',
    ':',
    'group:',
    'person:',
    'idp:',
    'Group:developers',
    'user:ruth',
    'role:admin',
  ],
  ...['group:Developers', 'group:person:ruth', 'person:group:x', ' group:developers', 'group: developers'],
  ...['group:developers\n', 'person:ruth\n', 'idp:Platform\n', 'group:a\nperson:ruth', 'person:*', 'group:*'],
])('%j names nobody', (text) => {
  expect(parseMember(text)).toBeUndefined();
});
