import { groupsOfInterest, tokenGroupsOf } from '../../../shared/adapters/identity/token-groups.ts';
import { accessOf, provider } from './access.ts';

const IDP = provider('https://idp.example.com');
const OF_INTEREST = groupsOfInterest(accessOf([]));

test('the groups that rules name for asking and for approving are of interest', () => {
  expect([...OF_INTEREST]).toEqual(['Platform', 'Leads']);
});

const cases: readonly (readonly [title: string, listed: unknown, expected: readonly string[]])[] = [
  ['only groups of interest are kept', ['Everyone', 'Leads'], ['Leads']],
  ['each is kept once', ['Platform', 'Leads', 'Platform'], ['Platform', 'Leads']],
  ['names are compared whole', ['Platform-Guests', 'latform', 'platform'], []],
  ['what is no text is left out', ['Platform', 7, null, ['Leads']], ['Platform']],
  ['one text is no list', 'Platform', []],
  ['nor is a list written as a text', '[Platform Leads]', []],
  ['no claim, no groups', undefined, []],
];
test.each(cases)('%s', (_, groups, expected) => {
  expect(tokenGroupsOf({ groups }, IDP, OF_INTEREST)).toEqual(expected);
});

test('a provider without a groups claim has no groups', () => {
  const { groupsClaim: _, ...without } = IDP;
  expect(tokenGroupsOf({ groups: ['Platform'] }, without, OF_INTEREST)).toEqual([]);
});
