import type { Observation } from '../../../shared/domain/trail/observation.ts';
import { strayFinding } from '../../../shared/domain/trail/out-of-band.ts';
import { ID, ISSUER, issue, OURS, seen, sessionOf, THE_ISSUER, UPDATE_APP, WATCHED } from './observations.ts';

const DEPLOY = 'arn:aws:iam::999999999999:role/apps/Deploy';
const REVOKER = sessionOf('arn:aws:iam::999999999999:role/drawbridge/drawbridge-revoker', 'cut-off');
const MALLORY = { type: 'IAMUser', arn: 'arn:aws:iam::111111111111:user/Mallory', account: '111111111111' };

const said = (observation: Observation, claim: 'true' | 'false' = 'true') =>
  strayFinding(observation, WATCHED, ISSUER, claim);
const assume = (more: Partial<Observation>) =>
  seen({ name: 'AssumeRole', source: 'sts.amazonaws.com', ...more });
const change = (more: Partial<Observation>) =>
  seen({ name: 'PutRolePolicy', source: 'iam.amazonaws.com', actor: MALLORY, ...more });
const inline = (policy: string, arn = UPDATE_APP) =>
  ({ of: 'role', arn, what: 'inline-policy', policy }) as const;

test.each([
  ['Drawbridge assumes the role for an elevation', issue(1)],
  ['the same in the issuer’s own account', issue(1, { actor: THE_ISSUER, account: '222222222222' })],
  [
    'Drawbridge is refused, which tells no names',
    assume({ actor: THE_ISSUER, outcome: 'denied', assumed: { roleArn: UPDATE_APP } }),
  ],
  [
    'the revoker cuts off an elevation',
    change({ actor: REVOKER, changed: inline(`drawbridge-revoke-${ID}`) }),
  ],
  [
    'the revoker prunes what it wrote',
    change({ name: 'DeleteRolePolicy', actor: REVOKER, changed: inline(`drawbridge-revoke-${ID}`) }),
  ],
  [
    'the revoker is refused, which tells no policy',
    change({
      actor: REVOKER,
      outcome: 'denied',
      changed: { of: 'role', arn: UPDATE_APP, what: 'inline-policy' },
    }),
  ],
  ['another role is changed', change({ changed: inline('p', 'arn:aws:iam::999999999999:role/Other') })],
  [
    'a managed policy that is attached to no role of the catalog is changed',
    change({ changed: { of: 'policy', arn: 'arn:p', what: 'policy-version' } }),
  ],
  [
    'a session of an elevation changes such a policy',
    seen({ name: 'CreatePolicyVersion', changed: { of: 'policy', arn: 'arn:p', what: 'policy-version' } }),
  ],
  ['another role is used', seen({ actor: sessionOf('arn:aws:iam::999999999999:role/Other', 'x') })],
])('nothing is wrong where %s', (_, observation) => {
  expect(said(observation)).toBeUndefined();
});

const ROWS: readonly (readonly [string, Observation, string, string])[] = [
  [
    'a foreign session of the role begins a session in the name of an elevation',
    assume({
      actor: sessionOf(UPDATE_APP, 'mallory'),
      assumed: { roleArn: 'arn:aws:iam::111111111111:role/Elsewhere', sessionName: `${OURS}+1` },
    }),
    'foreign-session',
    `arn:aws:sts::999999999999:assumed-role/UpdateApp/mallory used ${UPDATE_APP} without Drawbridge: AssumeRole of sts.amazonaws.com.`,
  ],
  [
    'somebody else assumes the role',
    assume({ actor: MALLORY, assumed: { roleArn: UPDATE_APP, sessionName: 'x' } }),
    'foreign-assume-role',
    `${MALLORY.arn} assumed ${UPDATE_APP} (AssumeRole): only Drawbridge may.`,
  ],
  [
    'somebody else tries to, and is refused',
    assume({ actor: MALLORY, outcome: 'denied', assumed: { roleArn: UPDATE_APP } }),
    'foreign-assume-role',
    `${MALLORY.arn} tried to assume ${UPDATE_APP} (AssumeRole): only Drawbridge may.`,
  ],
  [
    'somebody else does under the name of an elevation',
    assume({
      actor: MALLORY,
      assumed: { roleArn: UPDATE_APP, sessionName: `${OURS}+1`, sourceIdentity: OURS },
    }),
    'foreign-assume-role',
    'only Drawbridge may',
  ],
  [
    'another account does, as the role’s account sees it',
    issue(1, { actor: { type: 'AWSAccount', principalId: 'AIDAX', account: '111111111111' } }),
    'foreign-assume-role',
    'AIDAX of account 111111111111 assumed',
  ],
  [
    'Drawbridge’s own role does for no elevation',
    assume({ actor: THE_ISSUER, assumed: { roleArn: UPDATE_APP, sessionName: 'x' } }),
    'foreign-assume-role',
    'for no elevation',
  ],
  [
    'a service does',
    assume({
      actor: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
      assumed: { roleArn: UPDATE_APP },
    }),
    'foreign-assume-role',
    'ec2.amazonaws.com assumed',
  ],
  [
    'somebody switches to it in the console',
    assume({
      name: 'SwitchRole',
      actor: sessionOf(UPDATE_APP, 'x'),
      assumed: { roleArn: UPDATE_APP, sessionName: 'x' },
    }),
    'foreign-assume-role',
    'assumed-role/UpdateApp/x assumed',
  ],
  [
    'a session of it acts that is no elevation’s',
    seen({ actor: sessionOf(UPDATE_APP, 'x') }),
    'foreign-session',
    `used ${UPDATE_APP} without Drawbridge: GetObject of s3.amazonaws.com.`,
  ],
  [
    'the trust is changed',
    change({ changed: { of: 'role', arn: UPDATE_APP, what: 'trust' } }),
    'role-changed',
    'changed the trust policy of',
  ],
  [
    'somebody tries to change it',
    change({ outcome: 'denied', changed: { of: 'role', arn: UPDATE_APP, what: 'trust' } }),
    'role-changed',
    'tried to change the trust policy of',
  ],
  [
    'a role is changed whose path the call does not tell',
    change({ changed: inline('p', 'arn:aws:iam::999999999999:role/Deploy') }),
    'role-changed',
    `changed the inline policy p of ${DEPLOY}`,
  ],
  [
    'the revoker writes another policy',
    change({ actor: REVOKER, changed: inline('drawbridge-revoke-everything') }),
    'role-changed',
    'drawbridge-revoke-everything',
  ],
  [
    'somebody else writes a policy with the revoker’s name for it',
    change({ changed: inline(`drawbridge-revoke-${ID}`) }),
    'role-changed',
    'Mallory changed',
  ],
  [
    'the revoker of another account does',
    change({
      actor: sessionOf('arn:aws:iam::111111111111:role/drawbridge/drawbridge-revoker', 'cut-off'),
      changed: inline(`drawbridge-revoke-${ID}`),
    }),
    'role-changed',
    'changed the inline policy',
  ],
  [
    'an elevation’s own session changes the role',
    change({ actor: seen().actor, changed: { of: 'role', arn: UPDATE_APP, what: 'boundary' } }),
    'role-changed',
    'changed the permissions boundary of',
  ],
];

test.each(ROWS)('it is said where %s', (_, observation, code, detail) => {
  const finding = said(observation);
  expect(finding).toMatchObject({ code, at: observation.at, seen: observation });
  expect(finding?.detail).toContain(detail);
});

const FALSE_NAMES: typeof ROWS = [
  [
    'a session acts',
    seen(),
    'false-name',
    `bears the name of the elevation ${ID} of david, and there is none such: GetObject of s3.amazonaws.com.`,
  ],
  [
    'the issuer itself begins a session',
    issue(1, { actor: THE_ISSUER }),
    'false-name',
    `bears the name of the elevation ${ID} of david, and there is none such: AssumeRole of sts.amazonaws.com.`,
  ],
  ['the same, as the role’s account sees it', issue(1), 'false-name', 'and there is none such'],
  [
    'somebody else begins one, which is worse',
    assume({
      actor: MALLORY,
      assumed: { roleArn: UPDATE_APP, sessionName: `${OURS}+1`, sourceIdentity: OURS },
    }),
    'foreign-assume-role',
    'only Drawbridge may',
  ],
];

test.each(FALSE_NAMES)(
  'it is said where %s in the name of an elevation that there is not',
  (_, observation, code, detail) => {
    const finding = said(observation, 'false');
    expect(finding).toMatchObject({ code, about: UPDATE_APP, seen: observation });
    expect(finding?.detail).toContain(detail);
  },
);

test('a call that names no elevation cannot name one falsely', () => {
  expect(said(seen({ actor: sessionOf(UPDATE_APP, 'x') }), 'false')?.code).toBe('foreign-session');
  const unnamed = assume({ actor: THE_ISSUER, assumed: { roleArn: UPDATE_APP, sessionName: 'x' } });
  expect(said(unnamed, 'false')?.code).toBe('foreign-assume-role');
});

test('a change to a managed policy that is attached to a role of the catalog is said', () => {
  const observation = change({
    name: 'CreatePolicyVersion',
    changed: { of: 'policy', arn: 'arn:p', what: 'policy-version' },
  });
  const watched = { ...WATCHED, policies: new Set(['arn:p']) };
  expect(strayFinding(observation, watched, ISSUER, 'true')).toMatchObject({
    code: 'role-changed',
    about: 'arn:p',
  });
});

test('the role is named as the catalog has it', () => {
  const assumed = { roleArn: 'arn:aws:iam::999999999999:role/Deploy' };
  expect(said(assume({ actor: MALLORY, assumed }))?.about).toBe(DEPLOY);
});
