import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileAccess } from '../infra/compile-access.ts';
import type { DeploymentFacts } from '../infra/deployment-facts.ts';
import type { SandboxAws, WorldRole } from '../sandbox/aws/aws.ts';
import { startAws } from '../sandbox/aws/start-aws.ts';
import { startDynamoDb } from '../sandbox/dynamodb/start-dynamodb.ts';
import type { Hub } from '../sandbox/hub/hub.ts';
import { readHub } from '../sandbox/hub/read-hub.ts';
import { readWorld, withDeployment } from '../sandbox/world/world.ts';
import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { dynamoDbClient } from '../shared/adapters/dynamodb/client.ts';
import { dynamoDbRate } from '../shared/adapters/dynamodb/dynamodb-rate.ts';
import { dynamoDbStore } from '../shared/adapters/dynamodb/dynamodb-store.ts';
import { kmsSeal } from '../shared/adapters/kms/kms-seal.ts';
import { stsClient } from '../shared/adapters/sts/client.ts';
import { stsIssuer } from '../shared/adapters/sts/issuer.ts';
import { systemClock as clock } from '../shared/adapters/system/clock.ts';
import { randomBytes, sha256 } from '../shared/adapters/system/crypto.ts';
import type { Broker } from '../shared/app/broker.ts';
import type { Access } from '../shared/domain/access.ts';
import type { CredentialIssuer } from '../shared/ports/credential-issuer.ts';
import { capacityOf } from './capacity.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

/** The product's use cases with its own adapters, in front of the sandbox's AWS. */
export type MeasuredBroker = {
  readonly broker: Broker & { readonly issuer: CredentialIssuer };
  /** Capacity units that the table has consumed so far. */
  readonly capacity: () => number;
  stop(): Promise<void>;
};

/** Starts the story's hub in this process, whose environment then is a function's. */
export async function startMeasuredBroker(): Promise<MeasuredBroker> {
  const { access, facts } = await storyAccess();
  const hub = readHub({ root: '.', facts });
  const dynamoDb = await startDynamoDb({ tables: hub.tables });
  const world = withDeployment(readWorld('sandbox/world/story.yml'), { ...hub, roles: withOneForBoth(hub) });
  const aws = await startAws({ world, clock, forward: { dynamodb: dynamoDb.url } });
  setEnvironment(hub, aws);
  const client = dynamoDbClient();
  const capacity = capacityOf(client);
  const table = { client, name: `${hub.tables[0]?.TableName}` };
  const broker = {
    ...{ access, clock, randomBytes, sha256, log: () => undefined },
    store: dynamoDbStore(table, sha256),
    rate: dynamoDbRate(table),
    seal: kmsSeal(`${hub.keys[0]?.id}`),
    issuer: stsIssuer(stsClient()),
  };
  return {
    broker,
    capacity,
    async stop() {
      client.destroy();
      await aws.stop();
      await dynamoDb.stop();
    },
  };
}

function storyAccess(): Promise<{ readonly access: Access; readonly facts: DeploymentFacts }> {
  return inTemporaryFolder(async (folder) => {
    const source = join(folder, 'access.yml');
    const story = readFileSync('sandbox/access.yml', 'utf8');
    writeFileSync(source, story.replaceAll('$ISSUER', 'https://idp.example.com'));
    await compileAccess(source, folder);
    const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return { access: loadAccess(read('access.json')), facts: read('deployment.json') };
  });
}

/** One process does here what two functions do: the role that may issue gets the other's rights as well. */
function withOneForBoth(hub: Hub): WorldRole[] {
  const policies = Object.fromEntries(
    hub.roles.flatMap((role) =>
      Object.entries(role.policies).map(([name, policy]) => [`${role.name}-${name}`, policy]),
    ),
  );
  const isIssuer = ({ name }: WorldRole) => issuerRole(hub).endsWith(`/${name}`);
  return hub.roles.map((role) => (isIssuer(role) ? { ...role, policies } : role));
}

function issuerRole({ functions }: Hub): string {
  const issuer = functions.find(({ name }) => name === 'credentials');
  if (issuer === undefined) throw new Error('The hub has no function credentials.');
  return issuer.roleArn;
}

function setEnvironment(hub: Hub, aws: SandboxAws): void {
  const { accessKeyId, secretAccessKey, sessionToken } = aws.functionCredentials(issuerRole(hub), 'bench');
  Object.assign(process.env, {
    AWS_REGION: hub.region,
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  });
}
