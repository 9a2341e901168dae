import type { Statement } from '../../../shared/domain/policy/document.ts';
import { type Grant, grantsOf } from '../../../shared/domain/policy/grants.ts';
import { allow, anyOf, CATALOGUE, CONDITION, deny, noneOf, roleWith } from './documents.ts';

const BUCKET = 'arn:aws:s3:::productionapp';
const OBJECTS = `${BUCKET}/*`;
/** A policy variable. */
const VARIABLE = ['$', '{aws:username}'].join('');

function grants(own: readonly Statement[], boundary?: readonly Statement[]): readonly Grant[] {
  return grantsOf(roleWith(own, boundary), CATALOGUE).permissions;
}

function actions(own: readonly Statement[], boundary?: readonly Statement[]): readonly string[] {
  return grants(own, boundary).map(({ action }) => action);
}

/** What is granted of s3:GetObject. */
function reading(own: readonly Statement[], boundary?: readonly Statement[]) {
  const grant = grants(own, boundary).find(({ action }) => action === 's3:GetObject');
  return grant && { conditional: grant.conditional, resources: grant.resources };
}

test('wildcards are expanded into actions in their documented spelling, with their levels, by name', () => {
  expect(grants([allow(anyOf('S3:*object'), anyOf(OBJECTS))])).toEqual(
    [
      { action: 's3:DeleteObject', level: 'Write' },
      { action: 's3:GetObject', level: 'Read' },
      { action: 's3:PutObject', level: 'Write' },
    ].map((one) => ({ ...one, conditional: false, resources: [OBJECTS] })),
  );
});

test('NotAction allows every other action of every service', () => {
  const granted = actions([allow(noneOf('s3:*'), anyOf('*'))]);
  expect(granted).toEqual(['sqs:DeleteMessage', 'sqs:ListQueues', 'sqs:SendMessage']);
});

test('an action without resources is granted by Resource * alone', () => {
  const all = [allow(anyOf('s3:List*'), anyOf(BUCKET))];
  expect(actions(all)).toEqual(['s3:ListBucket']);
  expect(actions([allow(anyOf('s3:List*'), anyOf('*'))])).toEqual(['s3:ListAllMyBuckets', 's3:ListBucket']);
});

test('patterns of services and actions that the catalogue does not know are told, and not expanded', () => {
  const own = [allow(anyOf('newservice:Do*', 's3:GetObject', 's3:Teleport*'), anyOf('*'))];
  expect(grantsOf(roleWith(own), CATALOGUE)).toMatchObject({
    permissions: [{ action: 's3:GetObject' }],
    unexpanded: ['newservice:Do*', 's3:Teleport*'],
  });
});

const READ = allow(anyOf('s3:GetObject'), anyOf(OBJECTS));

test.each<[string, readonly Statement[], ReturnType<typeof reading>]>([
  ['a denial of everything', [READ, deny(anyOf('*'), anyOf('*'))], undefined],
  ['a denial of the same resources', [READ, deny(anyOf('s3:Get*'), anyOf(OBJECTS))], undefined],
  ['a denial of all but others', [READ, deny(anyOf('s3:*'), noneOf('arn:aws:s3:::other/*'))], undefined],
  [
    'a denial of another action',
    [READ, deny(anyOf('s3:Put*'), anyOf('*'))],
    { conditional: false, resources: [OBJECTS] },
  ],
  [
    'a denial of other resources',
    [READ, deny(anyOf('*'), anyOf('arn:aws:s3:::other/*'))],
    { conditional: false, resources: [OBJECTS] },
  ],
  [
    'a denial in part',
    [READ, deny(anyOf('*'), anyOf(`${BUCKET}/secret/*`))],
    { conditional: true, resources: [OBJECTS] },
  ],
  [
    'a denial under conditions',
    [READ, deny(anyOf('*'), anyOf('*'), CONDITION)],
    { conditional: true, resources: [OBJECTS] },
  ],
  [
    'a denial with a variable',
    [READ, deny(anyOf('*'), anyOf(`arn:aws:s3:::${VARIABLE}/*`))],
    { conditional: true, resources: [OBJECTS] },
  ],
])('%s', (_, own, expected) => {
  expect(reading(own)).toEqual(expected);
});

test.each<[string, readonly Statement[], ReturnType<typeof reading>]>([
  [
    'a condition',
    [allow(anyOf('s3:GetObject'), anyOf(OBJECTS), CONDITION)],
    { conditional: true, resources: [OBJECTS] },
  ],
  ['NotResource', [allow(anyOf('s3:GetObject'), noneOf(OBJECTS))], { conditional: true, resources: ['*'] }],
  [
    'a variable',
    [allow(anyOf('s3:GetObject'), anyOf(`arn:aws:s3:::b/${VARIABLE}/*`))],
    { conditional: true, resources: ['arn:aws:s3:::b/*/*'] },
  ],
  [
    'a condition beside the same without',
    [allow(anyOf('s3:GetObject'), anyOf(OBJECTS), CONDITION), READ],
    { conditional: false, resources: [OBJECTS] },
  ],
])('allowed with %s', (_, own, expected) => {
  expect(reading(own)).toEqual(expected);
});

test.each<[string, readonly Statement[], ReturnType<typeof reading>]>([
  ['allows more', [allow(anyOf('s3:*'), anyOf('*'))], { conditional: false, resources: [OBJECTS] }],
  [
    'allows a part',
    [allow(anyOf('s3:*'), anyOf(`${BUCKET}/public/*`))],
    { conditional: false, resources: [`${BUCKET}/public/*`] },
  ],
  [
    'overlaps',
    [allow(anyOf('s3:*'), anyOf('arn:aws:s3:::*/public/*'))],
    { conditional: true, resources: [OBJECTS] },
  ],
  ['allows other resources', [allow(anyOf('s3:*'), anyOf('arn:aws:s3:::other/*'))], undefined],
  ['allows other actions', [allow(anyOf('sqs:*'), anyOf('*'))], undefined],
  ['denies', [allow(anyOf('*'), anyOf('*')), deny(anyOf('s3:Get*'), anyOf('*'))], undefined],
  [
    'allows under conditions',
    [allow(anyOf('*'), anyOf('*'), CONDITION)],
    { conditional: true, resources: [OBJECTS] },
  ],
])('under a boundary that %s', (_, boundary, expected) => {
  expect(reading([READ], boundary)).toEqual(expected);
});

test('a boundary grants nothing by itself', () => {
  expect(actions([], [allow(anyOf('*'), anyOf('*'))])).toEqual([]);
});
