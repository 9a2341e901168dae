import fc from 'fast-check';
import {
  credentialSpec,
  parseSessionName,
  scopeFits,
  sessionPolicy,
  sessionSeconds,
  sourceIdentityOf,
} from '../../shared/domain/credential-spec.ts';
import { elevationIdOf } from '../../shared/domain/elevation-id.ts';
import { instant } from '../../shared/domain/instant.ts';
import { requestFor } from './record.ts';
import { catalogRole, NOW, STORY } from './story.ts';
import { at, duration, handle, roleName } from './values.ts';

const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const WINDOW = { from: NOW, until: at('2026-11-24T10:00:00Z') };
const ROLE = catalogRole('update-app', 'arn:aws:iam::999999999999:role/UpdateApp');

// AssumeRole in the STS API reference: RoleSessionName and SourceIdentity, ExternalId, Policy.
const STS_NAME = /^[\w+=,.@-]{2,64}$/;
const STS_EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const STS_POLICY = /^[\t\n\r\u0020-\u00FF]{1,2048}$/;

/** Four digits are what STS's 64 characters leave for the number of an issue. */
const HIGHEST_NUMBER = 9999;

test('every parameter of the call is made from the request, the window and the catalog', () => {
  expect(credentialSpec(requestFor(1), WINDOW, ROLE, { n: 7, at: NOW })).toEqual({
    roleArn: 'arn:aws:iam::999999999999:role/UpdateApp',
    roleSessionName: `dbr+david+${ID}+7`,
    sourceIdentity: `dbr+david+${ID}`,
    externalId: 'external-id-of-update-app',
    durationSeconds: 900,
    tags: [
      { key: 'drawbridge:elevation', value: ID },
      { key: 'drawbridge:person', value: 'david' },
      { key: 'drawbridge:role', value: 'update-app' },
    ],
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['*'], Resource: ['*'] },
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026-11-24T10:00:00Z' } },
        },
      ],
    }),
  });
});

test('the role is the catalog’s of today: its external id and its length of sessions', () => {
  const role = { ...ROLE, externalId: 'a-new-one', session: duration('30m') };
  const spec = credentialSpec(requestFor(1), WINDOW, role, { n: 1, at: NOW });
  expect(spec).toMatchObject({ externalId: 'a-new-one', durationSeconds: 1800 });
});

test('a scope takes the place of everything, and the end stays', () => {
  const scope = [
    { actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:aws:s3:::productionapp/*'] },
    { actions: ['s3:ListBucket'], resources: ['arn:aws:s3:::productionapp'] },
  ];
  const { policy } = credentialSpec(requestFor(1, { scope, narrowedBy: 'requester' }), WINDOW, ROLE, {
    n: 1,
    at: NOW,
  });
  expect(JSON.parse(policy)).toHaveProperty('Statement', [
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::productionapp/*'] },
    { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::productionapp'] },
    expect.objectContaining({ Effect: 'Deny', Action: '*', Resource: '*' }),
  ]);
});

// STS gives 900 s at least, and to a role that assumes a role 3,600 s at most (AssumeRole, DurationSeconds).
test.each([
  ['15m', 1, 900],
  ['15m', 899, 900],
  ['15m', 900, 900],
  ['15m', 901, 900],
  ['60m', 899, 900],
  ['60m', 900, 900],
  ['60m', 901, 901],
  ['60m', 1800, 1800],
  ['60m', 3599, 3599],
  ['60m', 3600, 3600],
  ['60m', 3601, 3600],
  ['60m', 28_800, 3600],
  ['2h', 28_800, 3600],
  ['30m', 0, 900],
])('sessions of %s with %i s left last %i s', (session, left, seconds) => {
  const now = instant(WINDOW.until - left * 1000);
  expect(sessionSeconds(duration(session), WINDOW.until, now)).toBe(seconds);
});

test('a second that has begun is not counted', () => {
  const now = (left: number) => instant(WINDOW.until - left);
  expect(sessionSeconds(duration('60m'), WINDOW.until, now(1_000_999))).toBe(1000);
  expect(sessionSeconds(duration('60m'), WINDOW.until, now(1_001_000))).toBe(1001);
});

test('the longest handle and the highest number make the longest names that STS takes', () => {
  const person = handle('d'.repeat(28));
  const spec = credentialSpec(requestFor(1, { person }), WINDOW, ROLE, { n: HIGHEST_NUMBER, at: NOW });
  expect(spec.roleSessionName).toHaveLength(64);
  expect(spec.sourceIdentity).toHaveLength(59);
});

const handles = fc.stringMatching(/^[a-z][a-z0-9._-]{1,27}$/).map(handle);
const ids = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(elevationIdOf);
const numbers = fc.integer({ min: 1, max: HIGHEST_NUMBER });

test('whoever asks, names and tags are such as STS takes', () => {
  fc.assert(
    fc.property(handles, ids, numbers, (person, id, n) => {
      const spec = credentialSpec(requestFor(1, { person, id }), WINDOW, ROLE, { n, at: NOW });
      expect(spec.roleSessionName).toMatch(STS_NAME);
      expect(spec.sourceIdentity).toMatch(STS_NAME);
      expect(spec.sourceIdentity).not.toMatch(/^aws:/);
      expect(spec.externalId).toMatch(STS_EXTERNAL_ID);
      expect(spec.policy).toMatch(STS_POLICY);
      for (const { value } of spec.tags) expect(value).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u);
    }),
  );
});

test('a name that was made is parsed to person, elevation and number', () => {
  fc.assert(
    fc.property(handles, ids, numbers, (person, id, n) => {
      const source = sourceIdentityOf(person, id);
      expect(parseSessionName(source)).toEqual({ person, id });
      expect(parseSessionName(`${source}+${n}`)).toEqual({ person, id, n });
    }),
  );
});

const NAME = `dbr+david+${ID}`;

test.each([
  ...['', 'dbr', 'dbr+', 'dbr++', 'david', ID, `dbr+david+`, `dbr++${ID}`, `dbr+david${ID}`],
  ...[`xdbr+david+${ID}`, `DBR+david+${ID}`, `dbr-david-${ID}`, `dbr+David+${ID}`, `dbr+d+${ID}`],
  ...[`dbr+david+x+${ID}`, `dbr+da+vid+${ID}`, `dbr+${'d'.repeat(29)}+${ID}`],
  ...[
    `dbr+david+${ID.toLowerCase()}`,
    `dbr+david+${ID.slice(1)}`,
    `dbr+david+${ID}0`,
    `dbr+david+8${ID.slice(1)}`,
  ],
  ...[
    `${NAME}+`,
    `${NAME}++1`,
    `${NAME}+0`,
    `${NAME}+01`,
    `${NAME}+-1`,
    `${NAME}+1.5`,
    `${NAME}+1e3`,
    `${NAME}+x`,
  ],
  ...[
    `${NAME}+10000`,
    `${NAME}+1+1`,
    `${NAME}+1+`,
    `${NAME}+1\n`,
    `${NAME}\n`,
    ` ${NAME}`,
    `${NAME} `,
    `${NAME}+１`,
  ],
])('%j is no name of ours', (text) => {
  expect(parseSessionName(text)).toBeUndefined();
});

test('a policy of 2,048 characters fits and one of 2,049 does not', () => {
  const withResource = (length: number) => [
    { actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${'b'.repeat(length)}`] },
  ];
  const room = 2048 - sessionPolicy(withResource(0), WINDOW.until).length;
  expect(sessionPolicy(withResource(room), WINDOW.until)).toHaveLength(2048);
  expect(scopeFits(withResource(room))).toBe(true);
  expect(scopeFits(withResource(room + 1))).toBe(false);
});

test('the length does not depend on when the window ends', () => {
  const ends = ['1970-01-01T00:00:00Z', '2026-11-24T10:00:00Z', '9999-12-31T23:59:59Z'].map(at);
  expect(new Set(ends.map((until) => sessionPolicy(undefined, until).length)).size).toBe(1);
});

test('the role’s tag is its name in the catalog', () => {
  const role = STORY.roles.get(roleName('read-logs')) ?? ROLE;
  const spec = credentialSpec(requestFor(0, { role: role.name }), WINDOW, role, { n: 1, at: NOW });
  expect(spec.tags).toContainEqual({ key: 'drawbridge:role', value: 'read-logs' });
  expect(spec.roleArn).toBe('arn:aws:iam::999999999999:role/logs/ReadLogs');
});
