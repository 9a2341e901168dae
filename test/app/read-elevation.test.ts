import { issueCredentials } from '../../shared/app/issue-credentials.ts';
import { readElevation } from '../../shared/app/read-elevation.ts';
import { formatMember } from '../../shared/domain/access.ts';
import { needing } from '../domain/record.ts';
import { allow, caller, member, STORY, UPDATE_APP, withRules } from '../domain/story.ts';
import { duration, elevationId } from '../domain/values.ts';
import { approved, asked, codeOf, decided, granted, testBroker } from './broker.ts';

const DAVID = caller('david');
const NOWHERE = elevationId('7ZZZZZZZZZZZZZZZZZZZZZZZZZ');

test.each(['david', 'ruth', 'rob', 'ada', 'otto'])('%s may read David’s elevation', async (name) => {
  const broker = testBroker();
  const id = await approved(broker);
  const { elevation, history } = granted(await readElevation(broker, caller(name), id));
  expect(elevation.request.id).toBe(id);
  expect(history.map(({ event }) => event.type)).toEqual(['requested', 'approved']);
});

test.each(['dora', 'tess', 'nina'])('%s learns nothing of it, not even that it exists', async (name) => {
  const broker = testBroker();
  const id = await approved(broker);
  const somebody = caller(name, { groups: ['release-managers', 'operators', 'audit'] });
  const hidden = await readElevation(broker, somebody, id);
  expect(codeOf(hidden)).toBe('not-found');
  expect(hidden).toEqual(await readElevation(broker, somebody, NOWHERE));
});

test('an approver by a group of their token may read it, and without the group may not', async () => {
  const approval = { by: [member('idp:Leads')], count: 1, within: duration('2h') };
  const broker = testBroker(withRules({ ...UPDATE_APP, approval }));
  const id = await asked(broker);
  expect(approval.by.map(formatMember)).toEqual(['idp:Leads']);
  expect(codeOf(await readElevation(broker, caller('nina', { groups: ['Leads'] }), id))).toBe('done');
  expect(codeOf(await readElevation(broker, caller('nina'), id))).toBe('not-found');
});

test('what the clock says is told: lapsed, and ended', async () => {
  const broker = testBroker();
  const [waiting, open] = [await asked(broker), await approved(broker)];
  broker.wait(2 * 3_600_000 + 1);
  expect(granted(await readElevation(broker, DAVID, waiting)).elevation.state).toBe('lapsed');
  expect(granted(await readElevation(broker, DAVID, open)).elevation.state).toBe('ended');
});

test('what is still missing is told with who can give it', async () => {
  const broker = testBroker(needing(2));
  const id = await asked(broker);
  await decided(broker, id, { type: 'approve', by: caller('ruth') });
  const { conditions } = granted(await readElevation(broker, DAVID, id));
  expect(conditions.filter(({ outcome }) => outcome !== 'satisfied')).toEqual([
    {
      code: 'approval',
      outcome: 'unsatisfied',
      sentence: '1 of 2 approvals are given; they come from group:release-managers.',
    },
  ]);
});

test('an edit of the file that ends it is told before anything is issued', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  const edited = { ...broker, access: withRules(allow('other', ['group:developers'], ['update-app'])) };
  const { conditions } = granted(await readElevation(edited, DAVID, id));
  expect(conditions).toMatchObject([{ code: 'person', outcome: 'unsatisfied' }]);
});

test('sessions are told in the order of their issue', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  for (let n = 0; n < 3; n++) granted(await issueCredentials(broker, DAVID, id));
  const { sessions } = granted(await readElevation(broker, caller('otto'), id));
  expect(sessions.map(({ n }) => n)).toEqual([1, 2, 3]);
});

test('reading writes nothing', async () => {
  const broker = testBroker(STORY);
  const id = await approved(broker);
  const before = await broker.store.read(id);
  granted(await readElevation(broker, DAVID, id));
  expect(await broker.store.read(id)).toEqual(before);
});
