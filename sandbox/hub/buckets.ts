import * as z from 'zod';
import type { WorldBucket } from '../world/world.ts';
import type { PhysicalNames } from './intrinsics.ts';
import { Policy, resourcesOfType } from './resources.ts';
import type { Templates } from './templates.ts';

/** Versions, locks, ownership and encryption are not modelled: what an entry of the log must not suffer, its policy denies. */
const Bucket = z.object({
  BucketName: z.string(),
  NotificationConfiguration: z
    .strictObject({
      EventBridgeConfiguration: z.strictObject({ EventBridgeEnabled: z.boolean().default(true) }),
    })
    .optional(),
});

const BucketPolicy = z.strictObject({ Bucket: z.string(), PolicyDocument: Policy });

/** Every bucket of the templates with its policy; it begins empty. */
export function bucketsOf(
  templates: Templates,
  names: PhysicalNames,
  account: string,
): Omit<WorldBucket, 'objects'>[] {
  const policies = resourcesOfType('AWS::S3::BucketPolicy', BucketPolicy, templates, names);
  return resourcesOfType('AWS::S3::Bucket', Bucket, templates, names).map(([, bucket]) => {
    const { BucketName: name, NotificationConfiguration: notifications } = bucket;
    const policy = policies.find(([, { Bucket }]) => Bucket === name)?.[1].PolicyDocument;
    const eventBridge = notifications?.EventBridgeConfiguration.EventBridgeEnabled === true;
    return { account, name, eventBridge, ...(policy === undefined ? {} : { policy }) };
  });
}
