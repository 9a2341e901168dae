import { actionCatalogue } from '../../../shared/adapters/action-catalogue/catalogue.ts';

const FILE = {
  format: 1,
  version: '1.2.3',
  services: {
    s3: { Read: 'GetObject', 'List *': 'ListAllMyBuckets', List: 'ListBucket', Tagging: 'PutObjectTagging' },
    sts: { Write: 'AssumeRole', 'Read *': 'GetCallerIdentity' },
  },
};
const catalogue = actionCatalogue(FILE);

test('an action is found by its name in any case, with its level and whether it has resources', () => {
  const getObject = { action: 's3:GetObject', level: 'Read', hasResources: true };
  expect(catalogue.action('s3', 'GetObject')).toEqual(getObject);
  expect(catalogue.action('S3', 'GETOBJECT')).toEqual(getObject);
  expect(catalogue.action('s3', 'listallmybuckets')).toEqual({
    action: 's3:ListAllMyBuckets',
    level: 'List',
    hasResources: false,
  });
});

test.each([
  ['of another service', 's3', 'AssumeRole'],
  ['of a service that is not there', 'ec2', 'RunInstances'],
  ['with a wildcard', 's3', 'Get*'],
  ['of nothing', '', ''],
  ['by the name of a member of every object', 's3', 'constructor'],
  ['of a service by such a name', '__proto__', 'toString'],
])('there is no action %s', (_what, service, name) => {
  expect(catalogue.action(service, name)).toBeUndefined();
});

test('the actions of a service come by name, whatever their level', () => {
  expect(catalogue.actionsOf('S3').map(({ action }) => action)).toEqual([
    's3:GetObject',
    's3:ListAllMyBuckets',
    's3:ListBucket',
    's3:PutObjectTagging',
  ]);
  expect(catalogue.actionsOf('ec2')).toEqual([]);
});

test('the catalogue names its services and the data it was made from', () => {
  expect([catalogue.version, catalogue.services]).toEqual(['1.2.3', ['s3', 'sts']]);
});

test.each([
  ['nothing', undefined],
  ['another format', { ...FILE, format: 2 }],
  ['no version', { ...FILE, version: '' }],
  ['a level that AWS does not have', { ...FILE, services: { s3: { Delete: 'DeleteObject' } } }],
  ['a name that is none', { ...FILE, services: { s3: { Read: 'GetObject,PutObject' } } }],
  ['a pattern for a name', { ...FILE, services: { s3: { Read: '*' } } }],
  ['a member more', { ...FILE, actions: [] }],
])('a file with %s is refused, and the error says what to do', (_what, file) => {
  expect(() => actionCatalogue(file)).toThrow(/no action catalogue: .*npm run package/s);
});
