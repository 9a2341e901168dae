import * as z from 'zod';

const accountId = z.string().regex(/^\d{12}$/, 'An account id has 12 digits, in quotes.');
const policyDocument = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(z.unknown()).min(1),
});
const policies = z.record(z.string(), policyDocument).default({});
const accessKey = z.strictObject({
  id: z.string().regex(/^AKIA[A-Z0-9]{16}$/),
  secret: z.string().length(40),
});

const group = z.strictObject({ policies, attached: z.array(z.string()).default([]) });
const user = z.strictObject({
  path: z.string().default('/'),
  groups: z.array(z.string()).default([]),
  key: accessKey,
  mfa: z.strictObject({ device: z.string(), seed: z.string().regex(/^[A-Z2-7]{32}$/) }).optional(),
  policies,
});
const role = z.strictObject({
  path: z.string().default('/'),
  maxSessionSeconds: z.int().min(3600).max(43_200).default(3600),
  trust: policyDocument,
  policies,
  attached: z.array(z.string()).default([]),
  boundary: z.string().optional(),
});
const bucket = z.strictObject({
  policy: policyDocument.optional(),
  eventBridge: z.boolean().default(false),
  objects: z.record(z.string(), z.string()).default({}),
});
const account = z.strictObject({
  name: z.string(),
  rootKey: accessKey,
  groups: z.record(z.string(), group).default({}),
  users: z.record(z.string(), user).default({}),
  roles: z.record(z.string(), role).default({}),
  buckets: z.record(z.string(), bucket).default({}),
});
const values = z.array(z.string()).min(1).optional();

/** CloudTrail API Reference, "AdvancedEventSelector" and "AdvancedFieldSelector". */
const selector = z.strictObject({
  Name: z.string().optional(),
  FieldSelectors: z
    .array(
      z.strictObject({
        Field: z.enum([
          'eventCategory',
          'readOnly',
          'eventSource',
          'eventName',
          'resources.type',
          'resources.ARN',
        ]),
        Equals: values,
        StartsWith: values,
        EndsWith: values,
        NotEquals: values,
        NotStartsWith: values,
        NotEndsWith: values,
      }),
    )
    .min(1),
});

const trail = z.strictObject({
  name: z.string().regex(/^[\w.-]{3,128}$/),
  account: accountId,
  organization: z.string().regex(/^o-[a-z0-9]{10,32}$/),
  bucket: z.string(),
  selectors: z.array(selector).min(1),
});

/** A world file, checked. */
export const worldFile = z.strictObject({
  region: z.string(),
  tables: accountId,
  managedPolicies: z.record(z.string(), policyDocument).default({}),
  trail: trail.optional(),
  accounts: z.record(accountId, account),
});

/** What a world file says. */
export type WorldFile = z.output<typeof worldFile>;
/** One account of it. */
export type Account = WorldFile['accounts'][string];
