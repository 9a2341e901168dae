import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploymentFacts } from '../infra/deployment-facts.ts';
import { startDynamoDb } from '../sandbox/dynamodb/start-dynamodb.ts';
import { readHub } from '../sandbox/hub/read-hub.ts';
import { compileAccessFile } from '../shared/adapters/access-file/compile.ts';
import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { dynamoDbRate } from '../shared/adapters/dynamodb/dynamodb-rate.ts';
import { dynamoDbStore } from '../shared/adapters/dynamodb/dynamodb-store.ts';
import { memorySeal } from '../shared/adapters/memory/memory-seal.ts';
import { systemClock } from '../shared/adapters/system/clock.ts';
import { randomBytes, sha256 } from '../shared/adapters/system/crypto.ts';
import type { Broker } from '../shared/app/broker.ts';
import { decideElevation } from '../shared/app/decide-elevation.ts';
import { issueCredentials } from '../shared/app/issue-credentials.ts';
import { listElevations } from '../shared/app/list-elevations.ts';
import { readElevation } from '../shared/app/read-elevation.ts';
import { requestElevation } from '../shared/app/request-elevation.ts';
import type { Access } from '../shared/domain/access.ts';
import type { Caller } from '../shared/domain/caller.ts';
import { minutes } from '../shared/domain/duration.ts';
import { after } from '../shared/domain/instant.ts';
import { type Handle, parseHandle, parseRoleName } from '../shared/domain/names.ts';
import type { CredentialIssuer } from '../shared/ports/credential-issuer.ts';
import type { Seal } from '../shared/ports/seal.ts';
import { type Counts, countedClient } from './counted-client.ts';
import type { Figure } from './report.ts';

type Measured = { readonly broker: Broker & { readonly issuer: CredentialIssuer }; readonly counts: Counts };

/** What an operation may cost at most. */
type Budget = {
  readonly reads?: number;
  readonly writes?: number;
  readonly kms?: number;
  readonly sts?: number;
};

/** Counts the calls of each operation: DynamoDB's at the client, KMS's and STS's at the ports, one call each. */
export async function operations(): Promise<readonly Figure[]> {
  const access = await accessOfTheStory();
  const roles = [...access.roles.values()].map(({ arn }) => ({ arn: arn.text }));
  const facts = deploymentFacts({ hub: access.hub, roles, iamArns: [], longestElevationMinutes: 60 });
  const hub = readHub({ root: '.', facts });
  const table = await startDynamoDb({ tables: hub.tables });
  try {
    return await measured(brokerAt(table.url, `${hub.tables[0]?.TableName}`, access));
  } finally {
    await table.stop();
  }
}

async function measured({ broker, counts }: Measured): Promise<readonly Figure[]> {
  const [david, ruth] = [callerOf('david'), callerOf('ruth')];
  const role = parseRoleName('update-app');
  if (role === undefined) throw new Error('The story has no role update-app.');
  const ask = { role, duration: minutes(60), reason: 'Fix the banner of the shop', ticket: 'OPS-12' };
  const figures: Figure[] = [];
  const cost = async <T>(what: string, budget: Budget, act: () => Promise<T>): Promise<T> => {
    counts.reset();
    const done = await act();
    figures.push(figureOf(what, counts, budget));
    return done;
  };
  const requested = await cost('ask', { writes: 2 }, () => requestElevation(broker, david, ask, undefined));
  await cost('ask, with an Idempotency-Key', { writes: 2 }, () =>
    requestElevation(broker, david, ask, 'key'),
  );
  await cost('ask, repeated with the key', { writes: 0 }, () => requestElevation(broker, david, ask, 'key'));
  if ('refusal' in requested) throw new Error(requested.refusal.detail);
  const { id } = requested.value.elevation.request;
  await cost('approve', { reads: 1, writes: 1, kms: 2 }, () =>
    decideElevation(broker, id, { type: 'approve', by: ruth }),
  );
  await cost('issue', { reads: 1, writes: 2, kms: 2, sts: 1 }, () => issueCredentials(broker, david, id));
  await cost('read', { writes: 0 }, () => readElevation(broker, david, id));
  await cost('list', { writes: 0 }, () => listElevations(broker, david, { mine: true, limit: 25 }));
  await cost('return', { reads: 1, writes: 1, kms: 2 }, () =>
    decideElevation(broker, id, { type: 'return', by: david }),
  );
  return figures;
}

function figureOf(what: string, counts: Counts, budget: Budget): Figure {
  const { reads, writes, kms, sts, capacity, bytes, scans } = counts.now();
  const met = (Object.entries(budget) as [keyof Budget, number][]).every(
    ([kind, most]) => counts.now()[kind] <= most,
  );
  return {
    what,
    value: `${reads} reads, ${writes} writes, ${kms} KMS, ${sts} STS; ${capacity} capacity units, ${bytes} bytes`,
    aim: Object.entries({ ...budget, scans: 0 })
      .map(([kind, most]) => `≤${most} ${kind}`)
      .join(' '),
    met: met && scans === 0,
  };
}

function brokerAt(endpoint: string, name: string, access: Access): Measured {
  const { client, counts } = countedClient(endpoint);
  const table = { client, name };
  const broker = {
    ...{ access, clock: systemClock, randomBytes, sha256, log: () => undefined },
    store: dynamoDbStore(table, sha256),
    rate: dynamoDbRate(table),
    seal: countedSeal(counts),
    issuer: countedIssuer(counts),
  };
  return { broker, counts };
}

function countedSeal(counts: Counts): Seal {
  const seal = memorySeal('bench');
  return {
    seal: (text) => counts.also('kms', () => seal.seal(text)),
    verify: (text, mac) => counts.also('kms', () => seal.verify(text, mac)),
  };
}

function countedIssuer(counts: Counts): CredentialIssuer {
  return {
    issue: (spec) =>
      counts.also('sts', async () => ({
        ...{ accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'example', sessionToken: 'example' },
        assumedRoleId: `AROAEXAMPLE:${spec.roleSessionName}`,
        expiresAt: after(systemClock(), minutes(15)),
      })),
  };
}

async function accessOfTheStory(): Promise<Access> {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-bench-'));
  try {
    const file = join(folder, 'access.yml');
    const story = readFileSync('sandbox/access.yml', 'utf8').replaceAll('$ISSUER', 'https://idp.example.com');
    writeFileSync(file, story);
    return loadAccess(await compileAccessFile(file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function callerOf(name: string): Caller {
  const person: Handle | undefined = parseHandle(name);
  if (person === undefined) throw new Error(`${name} is no handle.`);
  const mfa = { kind: 'token', evidence: 'amr:hwk', at: systemClock() } as const;
  return { person, door: 'oidc', tokenGroups: [], mfa };
}
