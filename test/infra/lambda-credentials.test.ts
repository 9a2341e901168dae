import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { BuildOptions, Plugin } from 'esbuild';

const require = createRequire(import.meta.url);
const { build } = require('esbuild') as typeof import('esbuild');
const { lambdaCredentials } = require('../../infra/esbuild-lambda-credentials.cjs') as {
  lambdaCredentials: Plugin;
};
const settings = (require('../../infra/esbuild.cjs') as () => BuildOptions)();

/** Calls each service once and prints the names of the errors; the server below refuses everything. */
const CALLS = `
  import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
  import { KMSClient, GenerateMacCommand } from '@aws-sdk/client-kms';
  import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
  const once = { maxAttempts: 1 };
  Promise.allSettled([
    new DynamoDBClient(once).send(new GetItemCommand({ TableName: 'table', Key: { pk: { S: 'a' } } })),
    new KMSClient(once).send(new GenerateMacCommand({ KeyId: 'k', Message: new Uint8Array(1), MacAlgorithm: 'HMAC_SHA_256' })),
    new STSClient(once).send(new GetCallerIdentityCommand({})),
  ]).then((results) => console.log(JSON.stringify(results.map(({ reason }) => reason.name))));
`;

let folder: string;
let server: Server;
let requests: IncomingMessage[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-bundle-'));
  const { bundle, platform, format, target, mainFields, minify } = settings;
  await build({
    ...{ bundle, platform, format, target, mainFields, minify },
    stdin: { contents: CALLS, resolveDir: resolve('.') },
    outfile: join(folder, 'calls.js'),
    plugins: [lambdaCredentials],
  } as BuildOptions);
  server = createServer((request, response) => {
    requests.push(request);
    request.resume().on('end', () => response.writeHead(400).end('{}'));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

beforeEach(() => {
  requests = [];
});

afterAll(async () => {
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true, force: true });
});

describe('a bundled SDK client', () => {
  test('takes its credentials and its endpoint from the environment', async () => {
    const { port } = server.address() as AddressInfo;
    const endpoint = `http://127.0.0.1:${port}`;
    await run({
      AWS_ACCESS_KEY_ID: 'AKIDFROMTHEENVIRONMENT',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'the-session-token',
      AWS_ENDPOINT_URL_DYNAMODB: `${endpoint}/dynamodb`,
      AWS_ENDPOINT_URL_KMS: `${endpoint}/kms`,
      AWS_ENDPOINT_URL_STS: `${endpoint}/sts`,
    });
    expect(new Set(requests.map(({ url }) => url?.replace(/\/$/, '')))).toEqual(
      new Set(['/dynamodb', '/kms', '/sts']),
    );
    for (const { headers } of requests) {
      expect(headers.authorization).toContain('Credential=AKIDFROMTHEENVIRONMENT/');
      expect(headers['x-amz-security-token']).toBe('the-session-token');
    }
  });

  test('finds credentials nowhere else', async () => {
    const { port } = server.address() as AddressInfo;
    const elsewhere = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/credentials` };
    const errors = await run({ ...elsewhere, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
    expect(errors).toEqual([
      'CredentialsProviderError',
      'CredentialsProviderError',
      'CredentialsProviderError',
    ]);
    expect(requests).toEqual([]);
  });
});

async function run(environment: Record<string, string>): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'calls.js')], {
    env: { HOME: folder, AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true', ...environment },
  });
  return JSON.parse(stdout);
}
