import { listRoles } from '../../shared/app/list-roles.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import { caller, groups, STORY, withRules } from '../domain/story.ts';
import { testBroker } from './broker.ts';

/** What somebody is told of each role. */
function offered(by: Caller, access = STORY): Record<string, string> {
  return Object.fromEntries(
    listRoles(testBroker(access), by).map((offer) => {
      const rules = offer.offer === 'may-ask' ? offer.rules.map(({ name }) => name) : [];
      const told = offer.offer === 'denied' ? `denied by ${offer.rule}` : [offer.offer, ...rules].join(' ');
      return [offer.role.name, told];
    }),
  );
}

test.each<[string, Caller, Record<string, string>]>([
  [
    'David may ask for both, under rules in the order of the file',
    caller('david'),
    {
      'update-app': 'may-ask developers-update-app developers-update-app-long',
      'read-logs': 'may-ask developers-read-logs',
    },
  ],
  [
    'Tess is told which rule denies her',
    caller('tess'),
    { 'update-app': 'denied by testers-never', 'read-logs': 'may-ask platform-read-logs' },
  ],
  ['Nina is lent nothing', caller('nina'), { 'update-app': 'no-rule', 'read-logs': 'no-rule' }],
  [
    'Nina with a group of her token is',
    caller('nina', { groups: ['Platform'] }),
    { 'update-app': 'no-rule', 'read-logs': 'may-ask platform-read-logs' },
  ],
])('%s', (_title, by, told) => {
  expect(offered(by)).toEqual(told);
});

test('a deny hides the rules that would allow', () => {
  const both = { ...STORY, groups: groups({ developers: ['tess'], testers: ['tess'] }) };
  expect(offered(caller('tess'), both)['update-app']).toBe('denied by testers-never');
});

test('every role of the catalog is told, also where there are no rules', () => {
  expect(offered(caller('david'), withRules())).toEqual({ 'update-app': 'no-rule', 'read-logs': 'no-rule' });
});
