import {
  mayApprove,
  mayRead,
  mayReadAll,
  mayRevoke,
  mayStop,
  ruleOfToday,
} from '../../shared/domain/entitlement.ts';
import { requestFor } from './record.ts';
import { caller, deny, groups, STORY, UPDATE_APP, withRules } from './story.ts';
import { duration } from './values.ts';

const REQUEST = requestFor(1);

/** The story's file in which the rule names other approvers now. */
const OTHER_APPROVERS = {
  ...STORY,
  groups: new Map([...STORY.groups, ...groups({ 'release-managers': ['rob'] })]),
};
/** A request that names Ruth herself, under a rule that names Rob now. */
const NAMES_RUTH = requestFor(1, {
  requirements: { approval: { by: ['person:ruth'], count: 1, within: duration('2h') } },
});

test.each([
  // who, reads, reads all, approves, stops, revokes
  ['david', [true, false, false, false, false]],
  ['dora', [false, false, false, false, false]],
  ['tess', [false, false, false, false, false]],
  ['ruth', [true, false, true, true, true]],
  ['rob', [true, false, true, true, true]],
  ['ada', [true, true, false, false, true]],
  ['otto', [true, true, false, false, false]],
  ['nina', [false, false, false, false, false]],
])('%s may read it, read all, approve, stop and revoke: %j', (name, may) => {
  const somebody = caller(name);
  expect([
    mayRead(STORY, REQUEST, somebody),
    mayReadAll(STORY, somebody),
    mayApprove(STORY, REQUEST, somebody),
    mayStop(STORY, REQUEST, somebody),
    mayRevoke(STORY, REQUEST, somebody),
  ]).toEqual(may);
});

test.each([
  ['ruth', [false, true]],
  ['rob', [false, true]],
])('%s, named by the record or by today’s file alone, may approve and stop: %j', (name, may) => {
  const somebody = caller(name);
  expect([
    mayApprove(OTHER_APPROVERS, NAMES_RUTH, somebody),
    mayStop(OTHER_APPROVERS, NAMES_RUTH, somebody),
  ]).toEqual(may);
});

test('the requester is never their own approver, though the rule names them', () => {
  const access = {
    ...STORY,
    groups: new Map([...STORY.groups, ...groups({ 'release-managers': ['david'] })]),
  };
  const david = caller('david');
  expect([mayApprove, mayStop, mayRevoke].map((may) => may(access, REQUEST, david))).toEqual([
    false,
    false,
    false,
  ]);
  expect(mayRead(access, REQUEST, david)).toBe(true);
});

test('an admin who asked cannot revoke their own elevation', () => {
  const request = requestFor(1, { person: caller('ada').person });
  expect(mayRevoke(STORY, request, caller('ada'))).toBe(false);
});

test('groups of a token make nobody an admin or auditor', () => {
  const lister = caller('nina', { groups: ['operators', 'audit', 'release-managers'] });
  expect(mayReadAll(STORY, lister)).toBe(false);
  expect([mayRead, mayApprove, mayRevoke].map((may) => may(STORY, REQUEST, lister))).toEqual([
    false,
    false,
    false,
  ]);
});

test('the rule of a request is found by its whole name, and a deny rule is none', () => {
  expect(ruleOfToday(STORY, REQUEST)).toBe(UPDATE_APP);
  const longer = STORY.rules.filter(({ name }) => name !== UPDATE_APP.name);
  expect(ruleOfToday(withRules(...longer), REQUEST)).toBeUndefined();
  expect(ruleOfToday(withRules(deny(UPDATE_APP.name, [], [])), REQUEST)).toBeUndefined();
});
