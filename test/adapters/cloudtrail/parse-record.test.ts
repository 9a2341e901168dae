import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseRecord } from '../../../shared/adapters/cloudtrail/parse-record.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts';
import { record } from './records.ts';

const parse = (value: unknown) => parseRecord(value, sha256);

test('a record is read as far as the audit needs it', () => {
  const value = record({
    sharedEventID: 'shared',
    sessionCredentialFromConsole: 'true',
    errorCode: 'AccessDenied',
    errorMessage: 'No.',
    resources: [
      { accountId: '999999999999', type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::productionapp' },
      { type: 'AWS::S3::Object', ARNPrefix: 'arn:aws:s3:::productionapp/' },
    ],
  });
  expect(parse(value)).toEqual({
    id: '11111111-2222-4333-8444-555555555555',
    sharedId: 'shared',
    hash: sha256(canonicalJson(value as Json)),
    at: Date.parse('2026-11-24T09:05:00Z'),
    source: 's3.amazonaws.com',
    name: 'ListBuckets',
    type: 'AwsApiCall',
    region: 'us-east-1',
    account: '999999999999',
    ip: '192.0.2.7',
    userAgent: '[aws-cli/2.31.0 md/awscrt=0.27]',
    error: { code: 'AccessDenied', message: 'No.' },
    readOnly: true,
    caller: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::999999999999:assumed-role/Build/build-42',
      principalId: 'AROAEXAMPLEEXAMPLE000:build-42',
      account: '999999999999',
      accessKeyId: 'ASIAEXAMPLEEXAMPLE00',
      roleArn: 'arn:aws:iam::999999999999:role/Build',
      mfa: false,
    },
    parameters: { Host: 's3.us-east-1.amazonaws.com' },
    response: null,
    resources: [
      { arn: 'arn:aws:s3:::productionapp', type: 'AWS::S3::Bucket', account: '999999999999' },
      { arn: 'arn:aws:s3:::productionapp/', type: 'AWS::S3::Object' },
    ],
    fromConsole: true,
  });
});

test('the source identity and the service that called come from where CloudTrail puts them', () => {
  const userIdentity = {
    type: 'AssumedRole',
    invokedBy: 'cloudformation.amazonaws.com',
    sessionContext: { sourceIdentity: 'dbr+david+01J', sessionIssuer: {} },
  };
  expect(parse(record({ userIdentity }))).toMatchObject({
    caller: {
      type: 'AssumedRole',
      invokedBy: 'cloudformation.amazonaws.com',
      sourceIdentity: 'dbr+david+01J',
    },
  });
});

// "CloudTrail userIdentity element" in the CloudTrail User Guide: the values are texts.
test.each([
  ['true', true],
  ['false', false],
  [true, true],
  ['perhaps', undefined],
  [undefined, undefined],
])('MFA that is told as %p is %p', (mfaAuthenticated, mfa) => {
  const userIdentity = { type: 'IAMUser', sessionContext: { attributes: { mfaAuthenticated } } };
  const parsed = parse(record({ userIdentity }));
  expect('id' in parsed && parsed.caller.mfa).toBe(mfa);
});

test('a caller without a session tells nothing of MFA', () => {
  const parsed = parse(record({ userIdentity: { type: 'IAMUser', accessKeyId: 'AKIAEXAMPLEEXAMPLE00' } }));
  expect('id' in parsed && parsed.caller).toEqual({ type: 'IAMUser', accessKeyId: 'AKIAEXAMPLEEXAMPLE00' });
});

// addendum: "cloudtrail-event-reference-record-contents" in the CloudTrail User Guide.
test('an addendum says why it came, and which record it corrects', () => {
  const addendum = {
    reason: 'UPDATED_DATA',
    updatedFields: 'responseElements',
    originalRequestID: 'r',
    originalEventID: 'first',
  };
  expect(parse(record({ addendum }))).toMatchObject({
    addendum: { reason: 'UPDATED_DATA', correctsId: 'first' },
  });
  expect(parse(record({ addendum: { reason: 'DELIVERY_DELAY' } }))).toMatchObject({
    addendum: { reason: 'DELIVERY_DELAY' },
  });
});

test('the console’s Switch Role says where to', () => {
  const SwitchTo = 'arn:aws:sts::999999999999:assumed-role/UpdateApp/david';
  expect(parse(record({ additionalEventData: { SwitchTo } }))).toMatchObject({ switchTo: SwitchTo });
});

test('a record of the first version is an API call in the caller’s account, named by its content', () => {
  const {
    eventID: _,
    eventType: __,
    eventCategory: ___,
    recipientAccountId: ____,
    ...old
  } = record({
    eventVersion: '1.0',
  });
  const hash = sha256(canonicalJson(old as Json));
  expect(parse(old)).toMatchObject({ id: hash, hash, type: 'AwsApiCall', account: '999999999999' });
});

test('a service event without a caller’s type or account is read', () => {
  const { recipientAccountId: _, ...value } = record({ userIdentity: { invokedBy: 'AWS Internal' } });
  expect(parse(value)).toMatchObject({
    account: 'unknown',
    caller: { type: 'Unknown', invokedBy: 'AWS Internal' },
  });
});

test('a sign-in that failed has a message and no code', () => {
  expect(parse(record({ errorMessage: 'Failed authentication' }))).toMatchObject({
    error: { code: 'Unknown', message: 'Failed authentication' },
  });
});

test('long texts are cut, and count for the hash whole', () => {
  const long = 'x'.repeat(5000);
  const one = parse(record({ errorCode: 'A', errorMessage: `${long}1` }));
  const other = parse(record({ errorCode: 'A', errorMessage: `${long}2` }));
  expect(one).toMatchObject({ error: { message: 'x'.repeat(1024) } });
  expect('hash' in one && 'hash' in other && one.hash !== other.hash).toBe(true);
});

// Values of eventCategory and eventType: "Understanding CloudTrail events" in the CloudTrail User Guide.
test.each([
  ['insight', { eventCategory: 'Insight', eventType: 'AwsCloudTrailInsight' }],
  ['insight', { eventCategory: undefined, eventType: 'AwsCloudTrailInsight' }],
  ['network-activity', { eventCategory: 'NetworkActivity', eventType: 'AwsVpceEvent' }],
  ['aggregated', { eventCategory: 'Aggregated', eventType: 'AwsAggregatedEvent' }],
])('a record of kind %s is skipped', (skipped, kind) => {
  expect(parse(record(kind))).toEqual({ skipped });
});

test('an aggregate is skipped although it has no eventName', () => {
  expect(parse({ eventCategory: 'Aggregated', accountId: '999999999999', eventId: 'x' })).toEqual({
    skipped: 'aggregated',
  });
});

test.each([
  ['eventTime', { eventTime: 'yesterday' }],
  ['eventTime', { eventTime: '2026-02-30T00:00:00Z' }],
  ['eventTime', { eventTime: undefined }],
  ['eventName', { eventName: 7 }],
  ['awsRegion', { awsRegion: null }],
  ['eventVersion', { eventVersion: '2.0' }],
  ['userIdentity.arn', { userIdentity: { arn: {} } }],
  ['resources', { resources: 'arn' }],
])('a record whose %s is none is a fault that says so', (path, members) => {
  expect(parse(record(members))).toEqual({ fault: `The record's ${path} is not what CloudTrail documents.` });
});

test.each([[null], [1], ['text'], [[record()]]])('%j is no record', (value) => {
  expect(parse(value)).toHaveProperty('fault');
});

test('members that JavaScript has of its own are not taken for a record’s', () => {
  const value = JSON.parse(
    JSON.stringify(record()).replace(
      '{',
      '{"__proto__":{"errorCode":"AccessDenied","sharedEventID":"x"},"toString":1,',
    ),
  );
  const parsed = parse(value);
  expect(parsed).not.toHaveProperty('error');
  expect(parsed).not.toHaveProperty('sharedId');
  expect(parse({ ...value, eventCategory: { toString: 1 } })).toHaveProperty('id');
});

test('a value that is nested too deeply is a fault, not a crash', () => {
  const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  expect(parse(record({ requestParameters: { deep } }))).toHaveProperty('fault');
});

const CASES = join(import.meta.dirname, '../../../../shared/cases/cloudtrail');
const withCases = existsSync(CASES) ? test : test.skip;

withCases('all 2,900 real events are read', () => {
  const folder = join(CASES, 'invictus-ir');
  const values = readdirSync(folder)
    .filter((name) => name.endsWith('.gz'))
    .flatMap((name) => JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString()).Records);
  expect(values).toHaveLength(2900);
  expect(values.map(parse).filter((parsed) => !('id' in parsed))).toEqual([]);
});

withCases('the 26 events of AWS’s guides are read, with their source identities', () => {
  const text = readFileSync(join(CASES, 'aws-doc-examples/doc-examples.json'), 'utf8');
  const examples: readonly unknown[] = JSON.parse(text).Records;
  const parsed = examples.map(parse);
  expect(parsed).toHaveLength(26);
  expect(parsed.filter((one) => !('id' in one))).toEqual([]);
  const identities = parsed.map((one) => ('id' in one ? one.caller.sourceIdentity : undefined));
  expect(identities.filter((one) => one !== undefined).length).toBeGreaterThan(0);
});
