import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeActions } from '../../infra/write-actions.ts';
import { actionCatalogue } from '../../shared/adapters/action-catalogue/catalogue.ts';
import type { ActionCatalogue } from '../../shared/domain/trail/catalogue.ts';

let folder: string;
let bytes: Buffer;
let catalogue: ActionCatalogue;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-actions-'));
  bytes = await readFile(await writeActions(folder));
  catalogue = actionCatalogue(JSON.parse(bytes.toString()));
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

test('the file is named as the functions look for it, and to write it again gives the same bytes', async () => {
  const again = await writeActions(join(folder, 'a', 'new', 'folder'));
  expect(again).toBe(join(folder, 'a', 'new', 'folder', 'actions.json'));
  expect((await readFile(again)).equals(bytes)).toBe(true);
}, 60_000);

test('it is small enough for every zip that needs it', () => {
  expect(gzipSync(bytes).length).toBeLessThan(115_000);
});

// Access levels and resources as the Service Authorization Reference has them:
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html and those beside it.
test.each([
  ['s3', 'GetObject', 'Read', true],
  ['s3', 'ListAllMyBuckets', 'List', false],
  ['s3', 'PutBucketPolicy', 'Permissions management', true],
  ['s3', 'PutObjectTagging', 'Tagging', true],
  ['iam', 'PassRole', 'Write', true],
  ['sts', 'GetCallerIdentity', 'Read', false],
  ['ec2', 'DescribeInstances', 'List', false],
  ['apigateway', 'GET', 'Read', true],
])('%s:%s is %s', (service, name, level, hasResources) => {
  expect(catalogue.action(service, name)).toEqual({ action: `${service}:${name}`, level, hasResources });
});

test('every service and every action of the data is in it, once and in order', () => {
  const actions = catalogue.services.flatMap((service) =>
    catalogue.actionsOf(service).map(({ action }) => action),
  );
  expect(catalogue.services.length).toBeGreaterThan(400);
  expect(actions.length).toBeGreaterThan(20_000);
  expect(new Set(actions).size).toBe(actions.length);
  expect(catalogue.services).toEqual(catalogue.services.toSorted());
});

test('the file is in order, whatever the order of the data', () => {
  const { services }: { readonly services: Readonly<Record<string, Readonly<Record<string, string>>>> } =
    JSON.parse(bytes.toString());
  expect(Object.keys(services)).toEqual(byCodeUnit(Object.keys(services)));
  for (const names of Object.values(services).flatMap((groups) => Object.values(groups))) {
    expect(names.split(' ')).toEqual(byCodeUnit(names.split(' ')));
  }
});

function byCodeUnit(texts: readonly string[]): readonly string[] {
  return texts.toSorted((one, other) => (one < other ? -1 : 1));
}
