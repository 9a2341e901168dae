import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { jest } from '@jest/globals';
import type { Credentials } from '../../sandbox/aws/aws.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import {
  activityOf,
  calls,
  DAVID_ARN,
  davidHimself,
  issued,
  outOfBand,
  reported,
  startAudited,
  UPDATE_APP,
} from './audit.ts';
import { assumed, busEventOf, forget, keyOf, trailQueues, usageItems } from './audit-aws.ts';
import { approved } from './elevation.ts';
import { does, later } from './telling.ts';
import { settings } from './telling-aws.ts';

jest.setTimeout(120_000); // they are many steps, on machines that may have other work

/** A role that David's account may still assume without Drawbridge. */
const LEGACY = 'arn:aws:iam::999999999999:role/LegacyUpdateApp';

/** A name like ours, of no elevation that there is. */
const NOBODYS = 'dbr+david+00000000000000000000000000';

let folder: string;
let sandbox: Sandbox;
let log: readonly string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-audit-'));
  const accessFile = join(folder, 'access.yml');
  writeFileSync(accessFile, withLegacyRole(readFileSync('sandbox/access.yml', 'utf8')));
  ({ sandbox, log } = await startAudited(accessFile));
  await later(sandbox, 5);
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The access file of the story with the role as it was before in the catalog, too. */
function withLegacyRole(accessFile: string): string {
  const role = `  legacy-update-app: { arn: '${LEGACY}', description: As it was, externalId: 00c0ffee00c0ffee }`;
  return accessFile
    .replace(/^roles:$/m, `roles:\n${role}`)
    .replace(
      'roles: [read-billing, read-hub-billing]',
      'roles: [read-billing, read-hub-billing, legacy-update-app]',
    );
}

const davidsKeys = () => sandbox.aws.userCredentials(DAVID_ARN);

/** What somebody who has taken over the issuer's role can do: they know the external id. */
function byTheIssuer(session: string): Promise<Credentials> {
  const issuer = 'arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials';
  const [, , elevation = ''] = session.split('+');
  return assumed(sandbox, sandbox.aws.functionCredentials(issuer, 'by-hand'), {
    ...{ RoleArn: UPDATE_APP, ExternalId: '7d9c51a0-3c5e-4a59-b0f1-2f6d7c1e8b42' },
    ...{ RoleSessionName: session, SourceIdentity: session.replace(/\+\d+$/, '') },
    Tags: [{ Key: 'drawbridge:elevation', Value: elevation }],
  });
}

async function changedByRoot(): Promise<void> {
  const iam = new IAMClient(settings(sandbox, sandbox.aws.userCredentials('arn:aws:iam::999999999999:root')));
  const role = { RoleName: 'UpdateApp' };
  const { Role } = await iam.send(new GetRoleCommand(role));
  const trust = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  await iam.send(new UpdateAssumeRolePolicyCommand({ ...role, PolicyDocument: trust }));
  const more = { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' };
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [more] });
  await iam.send(new PutRolePolicyCommand({ ...role, PolicyName: 'More', PolicyDocument: document }));
}

/** What came to light since: of each finding the code, what it is about, and the call in which it shows. */
async function foundAfter(act: () => Promise<unknown>): Promise<readonly string[]> {
  await sandbox.deliverTrail();
  const before = outOfBand(log).length;
  await act();
  await sandbox.deliverTrail();
  const found = outOfBand(log).slice(before);
  return [
    ...new Set(found.map(({ code, about, eventId }) => `${code} | ${about} | ${nameOf(eventId)}`)),
  ].toSorted();
}

function nameOf(eventId: string | undefined): unknown {
  return sandbox.aws.records().find((record) => record['eventID'] === eventId)?.['eventName'];
}

/** The ways round the side: what somebody does, and what comes to light by its call. */
const WAYS: readonly {
  readonly name: string;
  readonly act: () => Promise<unknown>;
  readonly found: readonly string[];
}[] = [
  {
    name: 'David asks STS for the role himself, and is refused',
    act: () =>
      expect(davidHimself(sandbox).assumeRole(UPDATE_APP)).resolves.toMatchObject({ said: 'AccessDenied' }),
    found: [`foreign-assume-role | ${UPDATE_APP} | AssumeRole`],
  },
  {
    name: 'David assumes a role that still trusts his account, and uses it',
    act: () => used(davidsKeys(), { RoleArn: LEGACY, RoleSessionName: 'david' }),
    found: [`foreign-assume-role | ${LEGACY} | AssumeRole`, `foreign-session | ${LEGACY} | ListBuckets`],
  },
  {
    name: 'he does so under a name of no elevation',
    act: () => used(davidsKeys(), { RoleArn: LEGACY, RoleSessionName: `${NOBODYS}+1` }),
    found: [`false-name | ${LEGACY} | ListBuckets`, `foreign-assume-role | ${LEGACY} | AssumeRole`],
  },
  {
    name: 'the root user of Production changes the trust and the policies of the role',
    act: changedByRoot,
    found: [
      `role-changed | ${UPDATE_APP} | PutRolePolicy`,
      `role-changed | ${UPDATE_APP} | UpdateAssumeRolePolicy`,
    ],
  },
  {
    name: 'whoever has the issuer’s role assumes the role for no elevation',
    act: () => byTheIssuer(`${NOBODYS}+1`).then(listed),
    found: [`false-name | ${UPDATE_APP} | AssumeRole`, `false-name | ${UPDATE_APP} | ListBuckets`],
  },
  {
    name: 'whoever has the issuer’s role issues a session that the elevation does not know',
    act: async () => listed(await byTheIssuer(`dbr+david+${await approved(sandbox)}+7`)),
    found: [`no-intent | ${UPDATE_APP} | AssumeRole`, `no-intent | ${UPDATE_APP} | ListBuckets`],
  },
  {
    name: 'a session works on after its elevation was revoked',
    async act() {
      const id = await approved(sandbox);
      const credentials = await issued(sandbox, id);
      await does(sandbox, 'ruth', 'revocation', id);
      await later(sandbox, 1); // the trail cuts times to seconds
      await listed(credentials);
    },
    found: [`use-after-cut | ${UPDATE_APP} | ListBuckets`],
  },
];

test.each(WAYS)('$name: whoever is on call is told', async ({ act, found }) => {
  expect(await foundAfter(act)).toEqual(found);
});

describe('what only the whole shows is told once it is complete, and once:', () => {
  let id: string;
  beforeAll(async () => {
    id = await approved(sandbox);
    await sandbox.deliverTrail();
  });

  /** The alarms of the next 75 minutes, in which the check runs five times. */
  async function foundLater(): Promise<readonly string[]> {
    const before = outOfBand(log).length;
    for (let passed = 0; passed < 75; passed += 15) await later(sandbox, 15);
    return outOfBand(log)
      .slice(before)
      .filter(({ elevation }) => elevation === id)
      .map(({ code, eventId }) => `${code} | ${nameOf(eventId)}`)
      .toSorted();
  }

  test('credentials that no trail knows, and calls under the elevation’s name by another session', async () => {
    await issued(sandbox, id);
    await sandbox.deliverTrail();
    for (const item of await usageItems(sandbox)) {
      if (keyOf(item).startsWith(`elevation#${id}`)) await forget(sandbox, item);
    }
    await used(davidsKeys(), { RoleArn: LEGACY, RoleSessionName: `dbr+david+${id}+1` });
    await sandbox.deliverTrail();
    expect((await activityOf(sandbox, id)).findings).toEqual([]); // it can still come
    const found = [
      'issue-not-in-trail | undefined',
      'unexplained-session | AssumeRole',
      'unexplained-session | ListBuckets',
    ];
    expect(await foundLater()).toEqual(found);
    const { findings } = await activityOf(sandbox, id);
    expect(findings.map(({ code, eventId }) => `${code} | ${nameOf(eventId)}`).toSorted()).toEqual(found);
  });
});

describe('all of it', () => {
  const inLog = () =>
    outOfBand(log)
      .map(({ code, eventId }) => `${code} ${eventId}`)
      .toSorted();

  test('is an event of the hub’s bus, too', () => {
    const onBus = sandbox.aws.events().filter(({ detailType }) => detailType === 'out-of-band');
    expect(new Set(onBus.map(({ source }) => source))).toEqual(new Set(['drawbridge']));
    expect(onBus.map(({ detail }) => `${Object(detail).code} ${Object(detail).eventId}`).toSorted()).toEqual(
      inLog(),
    );
  });

  test('is in the report', async () => {
    const { json } = await reported(sandbox, 3);
    const codes = new Set(json.outOfBand.map(({ code, about }) => `${code} | ${about}`));
    const expected = WAYS.flatMap(({ found }) => found.map((it) => it.replace(/ [|] \w+$/, '')));
    expect([...codes]).toEqual(expect.arrayContaining(expected));
    expect([...codes]).toEqual(
      expect.arrayContaining([`issue-not-in-trail | ${UPDATE_APP}`, `unexplained-session | ${UPDATE_APP}`]),
    );
  });

  test('is told once, also where the trail delivers every record again', async () => {
    await sandbox.deliverTrail();
    const before = inLog();
    expect(before).toEqual([...new Set(before)]);
    const { notifications } = trailQueues(sandbox);
    for (const record of sandbox.aws.records()) notifications.send(busEventOf(record));
    await sandbox.settle();
    expect(inLog()).toEqual(before);
  });
});

async function used(
  credentials: Credentials,
  input: { readonly RoleArn: string; readonly RoleSessionName: string },
): Promise<void> {
  await listed(await assumed(sandbox, credentials, input));
}

async function listed(credentials: Credentials): Promise<void> {
  expect((await calls(sandbox, credentials).listBuckets()).said).toContain('productionapp');
}
