import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { Credentials, SandboxAws } from '../../../sandbox/aws/aws.ts';
import { startAws } from '../../../sandbox/aws/start-aws.ts';
import { DAVID, EXTERNAL_ID, ISSUER, storyWorld, UPDATE_APP } from './story.ts';

const run = promisify(execFile);
const installed = spawnSync('aws', ['--version']).status === 0;
/** Where the AWS CLI is not installed these tests are shown as skipped. */
const withCli = installed ? test : test.skip;

let sandbox: SandboxAws;
beforeAll(async () => {
  // The CLI does not correct its clock, so here the sandbox has the real time.
  sandbox = await startAws({
    world: storyWorld([]),
    clock: Date.now,
    forward: { dynamodb: 'http://127.0.0.1:9' },
  });
});
afterAll(() => sandbox.stop());

withCli(
  'the AWS CLI signs in with MFA, gets a role and uses it',
  async () => {
    const { serialNumber, code } = sandbox.mfaCode(DAVID);
    const token = await aws(
      sandbox.userCredentials(DAVID),
      'sts',
      'get-session-token',
      '--serial-number',
      serialNumber,
      '--token-code',
      code,
    );
    const identity = await aws(fromCli(token), 'sts', 'get-caller-identity');
    expect(identity).toMatchObject({ Arn: DAVID });

    const assumed = await aws(
      sandbox.functionCredentials(ISSUER, 'drawbridge-credentials'),
      'sts',
      'assume-role',
      '--role-arn',
      UPDATE_APP,
      '--role-session-name',
      'dbr+david+01ABC+1',
      '--source-identity',
      'dbr+david+01ABC',
      '--external-id',
      EXTERNAL_ID,
      '--tags',
      'Key=drawbridge:elevation,Value=01ABC',
    );
    const object = ['--bucket', 'productionapp', '--key', 'from the/cli.txt'];
    await aws(
      fromCli(assumed),
      's3api',
      'put-object',
      ...object,
      '--body',
      new URL(import.meta.url).pathname,
    );
    expect(
      await aws(
        fromCli(assumed),
        's3api',
        'list-objects-v2',
        '--bucket',
        'productionapp',
        '--prefix',
        'from',
      ),
    ).toMatchObject({
      Contents: [{ Key: 'from the/cli.txt' }],
    });
    await expect(aws(fromCli(assumed), 's3api', 'list-objects-v2', '--bucket', 'payroll')).rejects.toThrow(
      'An error occurred (AccessDenied) when calling the ListObjectsV2 operation',
    );
  },
  60_000,
);

async function aws(credentials: Credentials, ...words: readonly string[]): Promise<object> {
  const { stdout } = await run('aws', ['--endpoint-url', sandbox.url, '--output', 'json', ...words], {
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    },
  });
  return JSON.parse(stdout);
}

function fromCli(answer: object): Credentials {
  const { AccessKeyId, SecretAccessKey, SessionToken } = Object(answer).Credentials;
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
