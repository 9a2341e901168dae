import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetSessionTokenCommand,
  STSClient,
  type Credentials as StsCredentials,
} from '@aws-sdk/client-sts';
import type { Credentials, PolicyDocument, SandboxAws, WorldRole } from '../../../sandbox/aws/aws.ts';
import { startAws } from '../../../sandbox/aws/start-aws.ts';
import { type Deployment, readWorld, type World, withDeployment } from '../../../sandbox/world/world.ts';

/** A developer, who may borrow. */
export const DAVID = 'arn:aws:iam::111111111111:user/David';
/** A tester with PowerUser access, who may not. */
export const TESS = 'arn:aws:iam::111111111111:user/Tess';
/** The only role that the catalog's roles trust. */
export const ISSUER = 'arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials';
/** The role that matters. */
export const UPDATE_APP = 'arn:aws:iam::999999999999:role/UpdateApp';
/** The same role as it was before, trusting the whole of Development. */
export const LEGACY = 'arn:aws:iam::999999999999:role/LegacyUpdateApp';
/** What UpdateApp asks of the issuer. */
export const EXTERNAL_ID = '7d9c51a0-3c5e-4a59-b0f1-2f6d7c1e8b42';
/** The id of the seal's key, in the hub. */
export const SEAL_KEY = '11111111-2222-3333-4444-555555555555';
/** When every story begins, in milliseconds since 1970. */
export const NOON = Date.parse('2026-11-24T12:00:00Z');

/** The story, running, with a clock that stands still until it is moved. */
export type Story = {
  readonly aws: SandboxAws;
  now(): number;
  move(seconds: number): void;
  sts(credentials: Credentials): STSClient;
  iam(credentials: Credentials): IAMClient;
  kms(credentials: Credentials): KMSClient;
  s3(credentials: Credentials): S3Client;
  /** What a client of any service needs, the sandbox's time included. */
  client(credentials: Credentials): ClientSettings;
  stop(): Promise<void>;
};

type ClientSettings = {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly maxAttempts: number;
  readonly systemClockOffset: number;
};

/** Starts the world of the story with the issuer's role and the seal's key in the hub. */
export async function startStory(
  options: {
    readonly trailDirectory?: string;
    readonly dynamodb?: string;
    readonly roles?: readonly WorldRole[];
    readonly more?: Omit<Deployment, 'roles' | 'keys'>;
  } = {},
): Promise<Story> {
  let time = NOON;
  const aws = await startAws({
    world: storyWorld(options.roles ?? [], options.more),
    clock: () => time,
    forward: { dynamodb: options.dynamodb ?? 'http://127.0.0.1:9' },
    ...(options.trailDirectory === undefined ? {} : { trailDirectory: options.trailDirectory }),
  });
  const client = (credentials: Credentials): ClientSettings => ({
    region: 'us-east-1',
    endpoint: aws.url,
    credentials,
    maxAttempts: 1,
    systemClockOffset: time - Date.now(),
  });
  return {
    aws,
    now: () => time,
    move: (seconds) => {
      time += seconds * 1000;
    },
    client,
    sts: (credentials) => new STSClient(client(credentials)),
    iam: (credentials) => new IAMClient(client(credentials)),
    kms: (credentials) => new KMSClient(client(credentials)),
    s3: (credentials) => new S3Client({ ...client(credentials), forcePathStyle: true }),
    stop: () => aws.stop(),
  };
}

/** The world of the story with what Drawbridge deploys into the hub, and more roles. */
export function storyWorld(
  roles: readonly WorldRole[],
  more: Omit<Deployment, 'roles' | 'keys'> = {},
): World {
  const world = readWorld(new URL('../../../sandbox/world/story.yml', import.meta.url).pathname);
  const mayIssue = [
    'sts:AssumeRole',
    'sts:TagSession',
    'sts:SetSourceIdentity',
    'kms:GenerateMac',
    'kms:VerifyMac',
  ];
  return withDeployment(world, {
    ...more,
    roles: [
      role('222222222222', 'drawbridge-credentials', allow(mayIssue), { path: '/drawbridge/' }),
      ...roles,
    ],
    keys: [
      {
        account: '222222222222',
        id: SEAL_KEY,
        policy: policy({
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::222222222222:root' },
          Action: ['kms:GenerateMac', 'kms:VerifyMac'],
          Resource: '*',
          Condition: { ArnEquals: { 'aws:PrincipalArn': ISSUER } },
        }),
      },
    ],
  });
}

/** A role that any principal of any account may be given by its own policies. */
export function role(
  account: string,
  name: string,
  allowed: PolicyDocument,
  rest: Partial<Pick<WorldRole, 'path' | 'maxSessionSeconds' | 'trust'>> = {},
): WorldRole {
  return {
    account,
    name,
    path: '/',
    maxSessionSeconds: 3600,
    trust: policy({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    }),
    policies: { allowed },
    ...rest,
  };
}

/** A policy document of these statements. */
export function policy(...statements: readonly object[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/** A policy that allows these actions on everything. */
export function allow(actions: readonly string[]): PolicyDocument {
  return policy({ Effect: 'Allow', Action: actions, Resource: '*' });
}

/** The call that UpdateApp's trust policy asks for, with what a test changes. */
export function updateApp(changes: Partial<AssumeRoleCommandInput> = {}): AssumeRoleCommandInput {
  return {
    RoleArn: UPDATE_APP,
    RoleSessionName: 'dbr+david+01ABC+1',
    SourceIdentity: 'dbr+david+01ABC',
    ExternalId: EXTERNAL_ID,
    Tags: [{ Key: 'drawbridge:elevation', Value: '01ABC' }],
    ...changes,
  };
}

/** The issuer's own credentials, as its function has them. */
export function issuer(story: Story): Credentials {
  return story.aws.functionCredentials(ISSUER, 'drawbridge-credentials');
}

/** Credentials of an assumed role. */
export async function assume(
  story: Story,
  by: Credentials,
  input: AssumeRoleCommandInput,
): Promise<Credentials> {
  return asCredentials((await story.sts(by).send(new AssumeRoleCommand(input))).Credentials);
}

/** A user's session for the code that their device shows now. */
export async function withMfa(story: Story, userArn: string): Promise<Credentials> {
  const { serialNumber, code } = story.aws.mfaCode(userArn);
  const command = new GetSessionTokenCommand({ SerialNumber: serialNumber, TokenCode: code });
  return asCredentials((await story.sts(story.aws.userCredentials(userArn)).send(command)).Credentials);
}

/** STS's credentials, as clients take them. */
export function asCredentials(given: StsCredentials | undefined): Credentials {
  const {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
  } = given ?? {};
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) {
    throw new Error('STS gave no credentials.');
  }
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** Code, text and status of the refusal of a call; the code is `allowed` where it was not refused. */
export async function outcomeOf(
  call: Promise<unknown>,
): Promise<{ readonly code: string; readonly message: string; readonly status: number }> {
  try {
    await call;
    return { code: 'allowed', message: '', status: 200 };
  } catch (error) {
    // The SDK names its errors after classes; `Code` is what the wire says.
    const { Code, name, message, $metadata } = Object(error);
    return { code: Code ?? name, message, status: $metadata?.httpStatusCode };
  }
}
