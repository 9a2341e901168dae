import type { APIGatewayProxyEvent } from 'aws-lambda';
import { minutes } from '../../shared/domain/duration.ts';
import { instant } from '../../shared/domain/instant.ts';
import { callersAt } from '../../shared/http/caller.ts';
import { accessOf, person, userArn } from '../adapters/identity/access.ts';

const NOW = instant(Date.UTC(2026, 10, 24, 9));
const DAVID = 'arn:aws:iam::111111111111:user/David';

const ACCESS = accessOf([
  person('david', { iam: [userArn(DAVID), userArn('arn:aws:iam::111111111111:user/eng/David')] }),
  person('ruth', { iam: [userArn('arn:aws:iam::111111111111:user/Ruth')] }),
]);
const callerOf = callersAt({ access: ACCESS, iamDoorMfa: minutes(15) });

type Parts = {
  readonly resource?: string;
  readonly identity?: Readonly<Record<string, string | null>>;
  readonly authorizer?: Readonly<Record<string, unknown>>;
};

/** The parts of an event that say who is calling; API Gateway's names, all else left out. */
function event({ resource = '/iam/v1/elevations', identity, authorizer }: Parts): APIGatewayProxyEvent {
  const signed = {
    accessKey: 'ASIAIOSFODNN7EXAMPLE',
    accountId: '111111111111',
    userArn: DAVID,
    ...identity,
  };
  return { resource, requestContext: { identity: signed, authorizer } } as unknown as APIGatewayProxyEvent;
}

describe('the IAM door', () => {
  test('knows an IAM user who signs with a session, whose MFA may be as old as the bound', () => {
    expect(callerOf(event({}))).toEqual({
      person: 'david',
      door: 'iam',
      tokenGroups: [],
      mfa: { kind: 'iam-session', within: 15 },
    });
  });

  const cases: readonly (readonly [title: string, arn: string | null, person: string | undefined])[] = [
    ['a user with a path is found by it', 'arn:aws:iam::111111111111:user/eng/David', 'david'],
    ['the same name under another path is nobody', 'arn:aws:iam::111111111111:user/ops/David', undefined],
    ['an ARN that begins alike is nobody', `${DAVID}2`, undefined],
    ['an ARN that ends early is nobody', DAVID.slice(0, -1), undefined],
    ['another case is another user', DAVID.replace('David', 'david'), undefined],
    ['another partition is another user', DAVID.replace('arn:aws:', 'arn:aws-cn:'), undefined],
    ['root is nobody', 'arn:aws:iam::111111111111:root', undefined],
    ['a role of that name is nobody', 'arn:aws:sts::111111111111:assumed-role/Dev/David', undefined],
    ['a federated user is nobody', 'arn:aws:sts::111111111111:federated-user/David', undefined],
    ['no ARN is nobody', null, undefined],
  ];
  test.each(cases)('%s', (_, arn, expected) => {
    expect(callerOf(event({ identity: { userArn: arn } }))?.person).toBe(expected);
  });

  test.each([
    ['a long-term key', { accessKey: 'AKIAIOSFODNN7EXAMPLE' }],
    ['no key', { accessKey: null }],
    ['an account that is not that of the ARN', { accountId: '333333333333' }],
    ['no account', { accountId: null }],
  ])('refuses %s', (_, identity) => {
    expect(callerOf(event({ identity }))).toBeUndefined();
  });

  test('is not opened by a test invocation of the console, which no resource policy has seen', () => {
    const tried = event({});
    const requestContext = { ...tried.requestContext, stage: 'test-invoke-stage' };
    expect(callerOf({ ...tried, requestContext })).toBeUndefined();
  });

  test('does not listen to an authorizer', () => {
    const authorizer = { caller: JSON.stringify(RUTH) };
    expect(callerOf(event({ identity: { userArn: null }, authorizer }))).toBeUndefined();
  });
});

const RUTH = {
  person: 'ruth',
  door: 'oidc',
  tokenGroups: ['Platform'],
  mfa: { kind: 'token', evidence: 'amr:hwk', at: NOW - 60_000 },
} as const;

describe('the OIDC door', () => {
  const at = (caller: unknown, resource = '/v1/elevations') =>
    callerOf(event({ resource, authorizer: { caller } }));

  test('takes the caller from its authorizer', () => {
    expect(at(JSON.stringify(RUTH))).toEqual(RUTH);
    expect(at(JSON.stringify({ ...RUTH, mfa: { kind: 'absent' } }))?.mfa).toEqual({ kind: 'absent' });
  });

  test('does not listen to a signature', () => {
    expect(at(undefined)).toBeUndefined();
    expect(callerOf(event({ resource: '/v1/elevations' }))).toBeUndefined();
  });

  const malformed: readonly (readonly [title: string, caller: unknown])[] = [
    ['somebody who is no longer in the file', { ...RUTH, person: 'tess' }],
    ['no handle', { ...RUTH, person: 'Ruth Miller' }],
    ['another door', { ...RUTH, door: 'iam' }],
    ['an MFA session', { ...RUTH, mfa: { kind: 'iam-session', within: 15 } }],
    ['a proof without its time', { ...RUTH, mfa: { kind: 'token', evidence: 'amr:hwk' } }],
    ['a proof at no whole millisecond', { ...RUTH, mfa: { ...RUTH.mfa, at: 0.5 } }],
    ['a field more', { ...RUTH, admin: true }],
    ['a field less', { person: 'ruth', door: 'oidc', tokenGroups: [] }],
    ['a group that is no name', { ...RUTH, tokenGroups: [''] }],
    ['null', null],
  ];
  test.each(malformed)('refuses %s', (_, caller) => {
    expect(at(JSON.stringify(caller))).toBeUndefined();
  });

  test.each([
    ['not JSON', '{'],
    ['no text', RUTH],
  ])('refuses what is %s', (_, caller) => {
    expect(at(caller)).toBeUndefined();
  });
});

test.each([
  '/healthz',
  '/iam',
  '/iam/v2/elevations',
  '/v10/elevations',
  '/IAM/v1/elevations',
  'v1/elevations',
])('a route at no door has no caller: %s', (resource) => {
  expect(callerOf(event({ resource, authorizer: { caller: JSON.stringify(RUTH) } }))).toBeUndefined();
});

test('two people of one IAM user are a mistake that nothing starts with', () => {
  const both = accessOf([
    person('david', { iam: [userArn(DAVID)] }),
    person('ruth', { iam: [userArn(DAVID)] }),
  ]);
  expect(() => callersAt({ access: both, iamDoorMfa: minutes(15) })).toThrow(
    `${DAVID} belongs to david and to ruth`,
  );
});
