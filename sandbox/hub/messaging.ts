import * as z from 'zod';
import type { WorldBus, WorldQueue, WorldSecret } from '../aws/aws.ts';
import type { PhysicalNames } from './intrinsics.ts';
import { resourcesOfType } from './resources.ts';
import type { Templates } from './templates.ts';

/** Strict, so that a setting that changes what a queue does is an error; encryption and retention change nothing here. */
const Queue = z.strictObject({
  QueueName: z.string(),
  VisibilityTimeout: z.int().min(0).max(43_200).default(30),
  DelaySeconds: z.int().min(0).max(900).default(0),
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.int().min(1).max(1000) })
    .optional(),
  RedriveAllowPolicy: z.unknown().optional(),
  SqsManagedSseEnabled: z.literal(true).optional(),
  MessageRetentionPeriod: z.int().min(60).max(1_209_600).optional(),
});

const Bus = z.strictObject({ Name: z.string(), Description: z.string().optional() });

/** Values are put by whoever sets Drawbridge up; what CloudFormation generates first is nothing that anybody uses. */
const Secret = z.strictObject({
  Name: z.string(),
  Description: z.string().optional(),
  GenerateSecretString: z.looseObject({}).optional(),
});

/** Every queue of the templates. */
export function queuesOf(templates: Templates, names: PhysicalNames, account: string): WorldQueue[] {
  return resourcesOfType('AWS::SQS::Queue', Queue, templates, names).map(([id, queue]) => ({
    account,
    name: queue.QueueName,
    arn: required(names, `${id}.Arn`),
    visibilitySeconds: queue.VisibilityTimeout,
    delaySeconds: queue.DelaySeconds,
    ...(queue.RedrivePolicy && {
      redrive: {
        deadLetterArn: queue.RedrivePolicy.deadLetterTargetArn,
        maxReceiveCount: queue.RedrivePolicy.maxReceiveCount,
      },
    }),
  }));
}

/** Every event bus of the templates. */
export function busesOf(templates: Templates, names: PhysicalNames, account: string): WorldBus[] {
  return resourcesOfType('AWS::Events::EventBus', Bus, templates, names).map(([id, bus]) => ({
    account,
    name: bus.Name,
    arn: required(names, `${id}.Arn`),
  }));
}

/** Every secret of the templates, without a value. */
export function secretsOf(templates: Templates, names: PhysicalNames, account: string): WorldSecret[] {
  return resourcesOfType('AWS::SecretsManager::Secret', Secret, templates, names).map(([id, secret]) => ({
    account,
    name: secret.Name,
    arn: required(names, id),
  }));
}

function required(names: PhysicalNames, reference: string): string {
  const name = names.get(reference);
  if (name === undefined) throw new Error(`The sandbox gives ${reference} no name.`);
  return name;
}
