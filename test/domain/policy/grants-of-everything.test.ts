import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeActions } from '../../../infra/write-actions.ts';
import { actionCatalogue } from '../../../shared/adapters/action-catalogue/catalogue.ts';
import { grantsOf } from '../../../shared/domain/policy/grants.ts';
import type { ActionCatalogue } from '../../../shared/domain/trail/catalogue.ts';
import { allow, anyOf, deny, noneOf, roleWith } from './documents.ts';

let folder: string;
let catalogue: ActionCatalogue;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-actions-'));
  catalogue = actionCatalogue(JSON.parse(await readFile(await writeActions(folder), 'utf8')));
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

test('everything on everything is every action there is', () => {
  const { permissions } = grantsOf(roleWith([allow(anyOf('*'), anyOf('*'))]), catalogue);
  const all = catalogue.services.flatMap((service) => catalogue.actionsOf(service));
  expect(permissions.length).toBe(all.length);
  expect(permissions.length).toBeGreaterThan(20_000);
  expect(permissions.every(({ conditional }) => !conditional)).toBe(true);
});

// As AWS's managed policy PowerUserAccess is made: everything but IAM, Organizations and accounts.
test('NotAction is every action but those', () => {
  const own = [allow(noneOf('iam:*', 'organizations:*', 'account:*'), anyOf('*'))];
  const { permissions } = grantsOf(roleWith(own), catalogue);
  const services = new Set(permissions.map(({ action }) => action.split(':')[0]));
  const { services: all } = catalogue;
  expect([...services].sort()).toEqual(
    all.filter((service) => !['iam', 'organizations', 'account'].includes(service)).sort(),
  );
});

test('thousands of patterns and hundreds of denials on everything are still thought through', () => {
  const buckets = Array.from({ length: 300 }, (_, n) => `arn:aws:s3:::bucket-${n}/*`);
  const own = [
    ...buckets.map((bucket) => allow(anyOf('s3:*', 'ec2:*', '*:Describe*'), anyOf(bucket))),
    ...buckets.map((bucket) => deny(anyOf('s3:*'), anyOf(`${bucket.slice(0, -1)}secret/*`))),
  ];
  const { permissions } = grantsOf(roleWith(own), catalogue);
  const reading = permissions.find(({ action }) => action === 's3:GetObject');
  expect(reading).toMatchObject({ conditional: true });
  expect(reading?.resources.length).toBe(300);
}, 30_000);
