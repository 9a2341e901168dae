import type { World } from '../../world/world.ts';
import type { DefaultBus } from '../events/default-bus.ts';
import { objectCreatedEvent } from '../events/service-events.ts';
import { newUuid, type Randomness } from '../identifiers.ts';
import type { ObjectStore } from '../s3/store.ts';
import type { DeliveredFile } from './delivered-file.ts';

/**
 * Puts files into a bucket as the service itself, whose rights the bucket's policy is not asked about; says whether there
 * is such a bucket. What the bucket tells EventBridge it tells of these files too.
 */
export function intoBucket(parts: {
  readonly world: World;
  readonly store: ObjectStore;
  readonly bus: DefaultBus;
  readonly clock: () => number;
  readonly random: Randomness;
}): (name: string, file: DeliveredFile) => Promise<boolean> {
  const { world, store, bus, clock, random } = parts;
  return async (name, file) => {
    const bucket = world.buckets.find((it) => it.name === name);
    if (bucket === undefined) return false;
    const { status, headers } = await store.send(putRequest(name, file));
    if (status >= 300) throw new Error(`The store did not take ${file.key}: it answered ${status}.`);
    if (bucket.eventBridge !== true) return true;
    const created = {
      ...{ bucket, key: file.key, size: file.body.length, requester: 'cloudtrail.amazonaws.com' },
      etag: String(headers['etag']),
      requestId: newUuid(random),
    };
    bus.publish(objectCreatedEvent(created, { id: newUuid(random), region: world.region, now: clock() }));
    return true;
  };
}

function putRequest(bucket: string, { key, body, metadata }: DeliveredFile) {
  const named = Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  const headers = {
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    ...Object.fromEntries(named),
  };
  return { method: 'PUT', target: `/${bucket}/${key}`, headers, body };
}
