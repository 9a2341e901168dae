import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { TableStream } from '../dynamodb/table-stream.ts';
import type { World } from '../world/world.ts';
import { createAuthenticator } from './authenticate.ts';
import type { BusEvent, Clock, Credentials, SandboxAws } from './aws.ts';
import { Directory } from './directory.ts';
import { createDynamoDb } from './dynamodb/dynamodb.ts';
import { createEvaluator } from './evaluate.ts';
import { createEventBridge } from './events/event-bridge.ts';
import { createIam } from './iam/iam.ts';
import type { Randomness } from './identifiers.ts';
import { createKms } from './kms/kms.ts';
import { MfaDevices } from './mfa-devices.ts';
import { withConditionalWrites } from './s3/conditional-writes.ts';
import { createS3 } from './s3/s3.ts';
import { type ObjectStore, startObjectStore } from './s3/store.ts';
import { createSecretsManager } from './secretsmanager/secrets-manager.ts';
import { createEndpoint } from './server.ts';
import type { Service } from './service.ts';
import { type Session, Sessions } from './sessions.ts';
import { createQueues } from './sqs/queue.ts';
import { createSqs } from './sqs/sqs.ts';
import { createSts } from './sts/sts.ts';
import { deliverRecords } from './trail/delivery.ts';
import { Trail } from './trail/trail.ts';

/** How to start the sandbox's AWS. */
export type AwsOptions = {
  readonly world: World;
  readonly clock: Clock;
  /** 0, or none, for any free port. */
  readonly port?: number;
  /** Where log files of CloudTrail go; without it none are written. */
  readonly trailDirectory?: string;
  /** The endpoints behind this one. */
  readonly forward: { readonly dynamodb: string; readonly stream?: TableStream };
  readonly random?: Randomness;
};

/** As long as a function may need them in one life of the sandbox; Lambda renews them, the sandbox does not. */
const FUNCTION_SECONDS = 36 * 3600;

/** Starts the endpoint on the loopback interface. */
export async function startAws(options: AwsOptions): Promise<SandboxAws> {
  const { world, clock, trailDirectory } = options;
  const parts = partsOf(options);
  const store = withConditionalWrites(await startObjectStore(world.buckets));
  const services = servicesOf(options, parts, store);
  const server = createEndpoint({ ...parts, services, clock, region: world.region });
  const port = await listen(server, options.port ?? 0).catch(async (error: unknown) => {
    await store.stop();
    throw error;
  });
  const deliver = createDelivery(parts.trail, options);

  return {
    url: `http://127.0.0.1:${port}`,
    authenticate: parts.authenticate,
    allows: async (question) => (await parts.evaluate(question)).outcome,
    functionCredentials: (roleArn, functionName) =>
      functionSession(parts, roleArn, functionName, clock()).credentials,
    userCredentials: (userArn) => userKey(parts.directory, userArn),
    mfaCode: (userArn) => parts.devices.show(userArn),
    queues: parts.queues,
    events: () => parts.events,
    records: () => parts.trail.records(),
    deliver,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await store.stop();
      if (trailDirectory !== undefined) await deliver();
    },
  };
}

type Parts = ReturnType<typeof partsOf>;

/** What all services share. */
function partsOf({ world, clock, random = randomBytes }: AwsOptions) {
  const since = clock();
  const directory = new Directory(world, since);
  const sessions = new Sessions(random);
  const events: BusEvent[] = [];
  return {
    since,
    random,
    directory,
    sessions,
    devices: new MfaDevices(directory, clock),
    events,
    queues: createQueues(world.queues, { clock, random }),
    trail: new Trail(sessions, random),
    evaluate: createEvaluator(directory, sessions, clock),
    authenticate: createAuthenticator(directory, sessions, clock),
  };
}

function servicesOf(
  { world, forward }: AwsOptions,
  parts: Parts,
  store: ObjectStore,
): ReadonlyMap<string, Service> {
  const services = [
    createSts(parts),
    createIam(parts),
    createKms({ ...parts, keys: world.keys, region: world.region }),
    createSecretsManager({ ...parts, secrets: world.secrets }),
    createEventBridge({ ...parts, buses: world.buses, take: (event) => void parts.events.push(event) }),
    createSqs(parts),
    createS3({ ...parts, world, store }),
    createDynamoDb({
      ...parts,
      endpoint: forward.dynamodb,
      account: world.tablesAccount,
      ...(forward.stream === undefined ? {} : { stream: forward.stream }),
    }),
  ];
  return new Map(services.map((service) => [service.name, service]));
}

function functionSession(
  { directory, sessions }: Parts,
  roleArn: string,
  functionName: string,
  now: number,
): Session {
  const role = directory.roleByArn(roleArn);
  if (role === undefined) throw new Error(`There is no role ${roleArn}. Add it to the world.`);
  return sessions.issue({ kind: 'role', role, name: functionName, tags: [] }, now, FUNCTION_SECONDS);
}

function userKey(directory: Directory, arn: string): Credentials {
  const key = directory.keyOf(arn);
  if (key === undefined) throw new Error(`${arn} has no access key. Give the user one in the world file.`);
  return key;
}

/** Delivers each record once. */
function createDelivery(trail: Trail, options: AwsOptions): () => Promise<readonly string[]> {
  const { trailDirectory, clock, random = randomBytes } = options;
  let delivered = 0;
  return async () => {
    if (trailDirectory === undefined) {
      throw new Error('Start the sandbox with a trail directory to deliver log files.');
    }
    const waiting = trail.records().slice(delivered);
    delivered += waiting.length;
    return deliverRecords(waiting, trailDirectory, clock(), random);
  };
}

/** The port that the server got; a taken one is said to be. */
async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(`Port ${port} cannot be used for the sandbox's AWS. Free it or choose another.`, {
      cause: error,
    });
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The endpoint listens on no port.');
  return address.port;
}
