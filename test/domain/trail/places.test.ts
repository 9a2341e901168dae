import { claimOf, placesOf } from '../../../shared/domain/trail/places.ts';
import { ID, ISSUER, issue, OTHER_ID, OURS, seen, sessionOf, UPDATE_APP, WATCHED } from './observations.ts';

const DEPLOY = 'arn:aws:iam::999999999999:role/apps/Deploy';
const ELSEWHERE = 'arn:aws:iam::111111111111:role/Elsewhere';
const elevation = (id: string) => ({ kind: 'elevation', id });
const role = (arn: string) => ({ kind: 'role', arn });
const changed = (arn: string) => ({ of: 'role', arn, what: 'trust' }) as const;

test.each([
  ['what a session of an elevation did: the elevation', seen(), [elevation(ID)]],
  [
    'what a session chained from it did elsewhere: the elevation',
    seen({ actor: sessionOf(ELSEWHERE, 'n', OURS) }),
    [elevation(ID)],
  ],
  ['the issue: the elevation and the role', issue(1), [elevation(ID), role(UPDATE_APP)]],
  [
    'a foreign session of a watched role: the role',
    seen({ actor: sessionOf(UPDATE_APP, 'x') }),
    [role(UPDATE_APP)],
  ],
  [
    'a foreign session of a watched role that begins one in the name of an elevation: both',
    seen({ actor: sessionOf(UPDATE_APP, 'x'), assumed: { roleArn: ELSEWHERE, sessionName: `${OURS}+1` } }),
    [elevation(ID), role(UPDATE_APP)],
  ],
  ['a session of another role: nowhere', seen({ actor: sessionOf(ELSEWHERE, 'x') }), []],
  [
    'a foreign AssumeRole: the role',
    seen({ actor: { type: 'IAMUser' }, assumed: { roleArn: UPDATE_APP } }),
    [role(UPDATE_APP)],
  ],
  [
    'a switch whose path is not told: the role as the catalog has it',
    seen({ actor: { type: 'IAMUser' }, assumed: { roleArn: 'arn:aws:iam::999999999999:role/Deploy' } }),
    [role(DEPLOY)],
  ],
  [
    'a change that names the role without its path: the role as the catalog has it',
    seen({ actor: { type: 'IAMUser' }, changed: changed('arn:aws:iam::999999999999:role/Deploy') }),
    [role(DEPLOY)],
  ],
  [
    'a change to a role of that name in another account: nowhere',
    seen({ actor: { type: 'IAMUser' }, changed: changed('arn:aws:iam::111111111111:role/Deploy') }),
    [],
  ],
  [
    'a session of an elevation that changes a watched role: both',
    seen({ changed: changed(UPDATE_APP) }),
    [elevation(ID), role(UPDATE_APP)],
  ],
  [
    'a foreign session that changes its own role: the role, once',
    seen({ actor: sessionOf(UPDATE_APP, 'x'), changed: changed(UPDATE_APP) }),
    [role(UPDATE_APP)],
  ],
  [
    'a change to a managed policy: the policy',
    seen({ actor: { type: 'Root' }, changed: { of: 'policy', arn: 'arn:p', what: 'policy-version' } }),
    [{ kind: 'policy', arn: 'arn:p' }],
  ],
])('%s', (_, observation, expected) => {
  expect(placesOf(observation, WATCHED)).toEqual(expected);
});

const OTHERS = `dbr+dora+${OTHER_ID}`;
const ours = { person: 'david', id: ID };

test.each([
  ['both names agree', seen(), { ...ours, n: 1 }],
  ['the source identity alone', seen({ actor: sessionOf(ELSEWHERE, 'free', OURS) }), ours],
  ['the session name alone', seen({ actor: sessionOf(ELSEWHERE, `${OURS}+2`) }), { ...ours, n: 2 }],
  [
    'a session name of another elevation: the source identity cannot be chosen',
    seen({ actor: sessionOf(ELSEWHERE, `${OTHERS}+1`, OURS) }),
    ours,
  ],
  [
    'a source identity that is not ours',
    seen({ actor: sessionOf(ELSEWHERE, `${OURS}+1`, 'alice') }),
    { ...ours, n: 1 },
  ],
  ['the names of a session that is begun', issue(3), { ...ours, n: 3 }],
  [
    'the names of the caller before those of what it begins',
    issue(1, { actor: sessionOf(ELSEWHERE, 'x', OTHERS) }),
    { person: 'dora', id: OTHER_ID },
  ],
  [
    'a session in the copy that names the caller’s account alone',
    seen({ actor: { type: 'AWSAccount', principalId: `AROAX:${OURS}+1` } }),
    { ...ours, n: 1 },
  ],
  [
    'a session name before which something stands',
    seen({ actor: sessionOf(ELSEWHERE, `x${OURS}+1`) }),
    undefined,
  ],
  [
    'a session name after which something stands',
    seen({ actor: sessionOf(ELSEWHERE, `${OURS}+1x`) }),
    undefined,
  ],
  [
    'an IAM user whose id has a colon',
    seen({ actor: { type: 'IAMUser', principalId: `AIDAX:${OURS}` } }),
    undefined,
  ],
  ['nobody of ours', seen({ actor: sessionOf(ISSUER, 'drawbridge-dev-credentials') }), undefined],
])('whose it claims to be: %s', (_, observation, expected) => {
  expect(claimOf(observation)).toEqual(expected);
});
