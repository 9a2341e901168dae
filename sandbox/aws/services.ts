import { randomBytes } from 'node:crypto';
import type { TableStream } from '../dynamodb/table-stream.ts';
import type { World } from '../world/world.ts';
import { createAuthenticator } from './authenticate.ts';
import type { BusEvent, Clock } from './aws.ts';
import { createCloudTrail } from './cloudtrail/cloudtrail.ts';
import { Directory } from './directory.ts';
import { createDynamoDb } from './dynamodb/dynamodb.ts';
import { createEvaluator } from './evaluate.ts';
import { createDefaultBus } from './events/default-bus.ts';
import { createEventBridge } from './events/event-bridge.ts';
import { apiCallEvent, type CreatedObject, objectCreatedEvent } from './events/service-events.ts';
import { createIam } from './iam/iam.ts';
import { newUuid, type Randomness } from './identifiers.ts';
import { createKms } from './kms/kms.ts';
import { MfaDevices } from './mfa-devices.ts';
import { createS3 } from './s3/s3.ts';
import type { ObjectStore } from './s3/store.ts';
import { createSecretsManager } from './secretsmanager/secrets-manager.ts';
import type { Service } from './service.ts';
import { Sessions } from './sessions.ts';
import { createQueues } from './sqs/queue.ts';
import { createSqs } from './sqs/sqs.ts';
import { createSts } from './sts/sts.ts';
import { createDelivery, type Delivery } from './trail/delivery.ts';
import { trailBegan } from './trail/digests.ts';
import { intoBucket } from './trail/into-bucket.ts';
import { createSigningKeys } from './trail/signing-keys.ts';
import { Trail, type TrailRecord } from './trail/trail.ts';

/** How to start the sandbox's AWS. */
export type AwsOptions = {
  readonly world: World;
  readonly clock: Clock;
  /** 0, or none, for any free port. */
  readonly port?: number;
  /** Where files of CloudTrail go besides the trail's bucket. */
  readonly trailDirectory?: string;
  /** The endpoints behind this one. */
  readonly forward: { readonly dynamodb: string; readonly stream?: TableStream };
  readonly random?: Randomness;
};

/** What all services share. */
export type Parts = ReturnType<typeof partsOf>;

/** Makes what all services share. */
export function partsOf({ world, clock, random = randomBytes }: AwsOptions) {
  const start = clock();
  const directory = new Directory(world, start);
  const sessions = new Sessions(random);
  const events: BusEvent[] = [];
  const queues = createQueues(world.queues, { clock, random });
  const bus = createDefaultBus(world.rules, queues);
  const tell = (record: TrailRecord) => {
    if (world.trail === undefined || !record.managementEvent) return;
    bus.publish(apiCallEvent(record, newUuid(random)), record.readOnly ? 'readOnly' : undefined);
  };
  return {
    since: trailBegan(start),
    random,
    directory,
    sessions,
    devices: new MfaDevices(directory, clock),
    events,
    queues,
    bus,
    keys: createSigningKeys(),
    trail: new Trail(sessions, random, tell),
    evaluate: createEvaluator(directory, sessions, clock),
    authenticate: createAuthenticator(directory, sessions, clock),
  };
}

/** The work of the world's trail. */
export function deliveryOf(
  { world, clock, trailDirectory }: AwsOptions,
  parts: Parts,
  store: ObjectStore,
): Delivery {
  return createDelivery({
    ...parts,
    world,
    clock,
    put: intoBucket({ ...parts, world, store, clock }),
    ...(trailDirectory === undefined ? {} : { folder: trailDirectory }),
  });
}

/** The services behind the endpoint by their names. */
export function servicesOf(
  { world, forward }: AwsOptions,
  parts: Parts,
  store: ObjectStore,
  delivery: Delivery,
): ReadonlyMap<string, Service> {
  const created = (object: CreatedObject, now: number) =>
    parts.bus.publish(objectCreatedEvent(object, { id: newUuid(parts.random), region: world.region, now }));
  const services = [
    createSts(parts),
    createIam(parts),
    createKms({ ...parts, keys: world.keys, region: world.region }),
    createSecretsManager({ ...parts, secrets: world.secrets }),
    createEventBridge({ ...parts, buses: world.buses, take: (event) => void parts.events.push(event) }),
    createSqs(parts),
    createS3({ ...parts, world, store, created }),
    cloudTrailOf(world, parts, delivery),
    createDynamoDb({
      ...parts,
      endpoint: forward.dynamodb,
      account: world.tablesAccount,
      ...(forward.stream === undefined ? {} : { stream: forward.stream }),
    }),
  ];
  return new Map(services.map((service) => [service.name, service]));
}

function cloudTrailOf(world: World, parts: Parts, { status }: Delivery): Service {
  const { since, keys, evaluate, trail } = parts;
  return createCloudTrail({
    ...{ since, keys, evaluate, status, homeRegion: world.region, records: () => trail.records() },
    ...(world.trail === undefined ? {} : { trail: world.trail }),
  });
}
