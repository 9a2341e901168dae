/** Every function, as source that bundles to what is deployed. */
export const FUNCTIONS: readonly Source[] = [
  'authorize',
  'elevations',
  'credentials',
  'slack',
  'announce',
  'sweep',
].map((name) => ({
  name,
  source: `export * from './functions/${name}.ts';`,
}));

/** A thing to bundle and load. */
export type Source = { readonly name: string; readonly source: string };

/** What the functions are made of, each alone: used as they use it, and made ready as they do when they load. */
export const PARTS: readonly Source[] = [
  {
    name: 'middy',
    source: `import middy from '@middy/core'; export const ready = middy();`,
  },
  {
    name: 'zod/mini with the request schemas',
    source: `export * from './shared/http/request-schemas.ts';`,
  },
  {
    name: 'jose with the token verifier',
    source: `export { oidcVerifier } from './shared/adapters/identity/oidc.ts';`,
  },
  {
    name: 'DynamoDB client with the store',
    source: `
      import { dynamoDbClient } from './shared/adapters/dynamodb/client.ts';
      export { dynamoDbStore } from './shared/adapters/dynamodb/dynamodb-store.ts';
      export const ready = dynamoDbClient();`,
  },
  {
    name: 'KMS client with the seal',
    source: `
      import { kmsSeal } from './shared/adapters/kms/kms-seal.ts';
      export const ready = kmsSeal('key');`,
  },
  {
    name: 'STS client with the issuer',
    source: `
      import { stsClient } from './shared/adapters/sts/client.ts';
      import { stsIssuer } from './shared/adapters/sts/issuer.ts';
      export const ready = stsIssuer(stsClient());`,
  },
  {
    name: 'Slack’s client with the desk',
    source: `
      import { slackDesk } from './shared/adapters/slack/desk.ts';
      export const ready = slackDesk(async () => 'xoxb-token', () => 0);`,
  },
  {
    name: 'Secrets Manager client',
    source: `
      import { botToken } from './shared/adapters/secrets/slack-secrets.ts';
      export const ready = botToken('secret', () => 0);`,
  },
  {
    name: 'S3, EventBridge and SQS clients',
    source: `
      import { eventBridgeBus } from './shared/adapters/eventbridge/event-bus.ts';
      import { s3LogStorage } from './shared/adapters/s3/log-storage.ts';
      import { sqsAnnounceQueue } from './shared/adapters/sqs/announce-queue.ts';
      export const ready = [eventBridgeBus('bus'), s3LogStorage('bucket'), sqsAnnounceQueue('https://queue')];`,
  },
  {
    name: 'access.json of the example',
    source: `
      import { readFileSync } from 'node:fs';
      import { loadAccess } from './shared/adapters/access-file/load.ts';
      const file = process.env.LAMBDA_TASK_ROOT + '/access.json';
      export const ready = loadAccess(JSON.parse(readFileSync(file, 'utf8')));`,
  },
  {
    name: 'docs/openapi.json',
    source: `
      import document from './docs/openapi.json' with { type: 'json' };
      export const ready = document;`,
  },
];
