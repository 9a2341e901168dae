import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileAccess } from '../infra/compile-access.ts';
import type { DeploymentFacts } from '../infra/deployment-facts.ts';
import { writeActions } from '../infra/write-actions.ts';
import type { SandboxAws } from './aws/aws.ts';
import { startAws } from './aws/start-aws.ts';
import { startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { createTableStream } from './dynamodb/table-stream.ts';
import { startEventSources } from './events/event-sources.ts';
import { recordLog, recordSecret } from './evidence.ts';
import { startGateway } from './gateway/start-gateway.ts';
import type { Hub, HubFunction } from './hub/hub.ts';
import { withLocalAddresses } from './hub/local-addresses.ts';
import { readHub } from './hub/read-hub.ts';
import { startIdp, type TokenOptions } from './idp/start-idp.ts';
import { type Functions, startFunctions } from './lambda/start-functions.ts';
import type { SandboxSlack } from './slack/slack.ts';
import { type SlackSecrets, slackSecrets, startStorySlack, withValues } from './slack/story.ts';
import { readWorld, type World, withDeployment } from './world/world.ts';

/** Where the parts listen; 0 for any free port. */
export type Ports = {
  readonly api: number;
  readonly aws: number;
  readonly idp: number;
  readonly slack: number;
};

/** How to start the sandbox. */
export type SandboxOptions = {
  readonly ports?: Ports;
  /** The access file; `$ISSUER` in it stands for the identity provider's address. */
  readonly accessFile?: string;
  /** A folder with bundles, functions/<name>.js, to run in place of the sources. */
  readonly bundles?: string;
  /** Called with each line that a function logs. */
  readonly onLog?: (line: string) => void;
};

/** AWS, an identity provider, Slack and the API, running on this machine. */
export type Sandbox = {
  readonly endpoints: {
    readonly api: string;
    readonly aws: string;
    readonly idp: string;
    /** The page of the Slack workspace. */
    readonly slack: string;
    /** The table's emulator, which asks nobody who they are. */
    readonly table: string;
  };
  readonly tableName: string;
  /** The table of what the trail has seen. */
  readonly usageTableName: string;
  readonly aws: SandboxAws;
  readonly slack: SandboxSlack;
  /** The audit log's bucket. */
  readonly auditBucket: string;
  readonly reportsBucket: string;
  /** The sandbox's time in milliseconds since 1970. */
  now(): number;
  /** Moves the time forward, for every part. */
  advance(minutes: number): Promise<void>;
  /** Resolves when all that is due has been told: nothing of the stream, the queue or the schedule is left. */
  settle(): Promise<void>;
  /** Has CloudTrail deliver what it has recorded and, of hours that have ended, digests; resolves when that is followed. */
  deliverTrail(): Promise<void>;
  /** Makes the next call of a function its first in a new environment, loaded when this resolves. */
  renew(functionName: string): Promise<void>;
  /** An access token of a person of the story. */
  accessToken(person: string, options: TokenOptions): Promise<string>;
  stop(): Promise<void>;
};

const ROOT = new URL('..', import.meta.url).pathname;
const STORY = join(ROOT, 'sandbox/access.yml');
const ANY_PORTS: Ports = { api: 0, aws: 0, idp: 0, slack: 0 };

/** Starts everything; where a part does not start, what has started is stopped again. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const stops: Stop[] = [];
  const stop = async () => {
    for (const part of stops.splice(0).reverse()) await part();
  };
  try {
    return await start(options, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

type Stop = () => Promise<void>;

async function start(options: SandboxOptions, stops: Stop[], stop: Stop): Promise<Sandbox> {
  const { ports = ANY_PORTS, accessFile = STORY, onLog = recordLog } = options;
  let offsetMs = 0;
  const now = () => Date.now() + offsetMs;
  const started = <T extends { readonly stop: Stop }>(part: T): T => {
    stops.push(() => part.stop());
    return part;
  };
  const idp = started(await startIdp({ people: PEOPLE, port: ports.idp }));
  const deployment = await deployed(accessFile, idp.issuer, stops);
  const hub = readHub({ root: ROOT, facts: deployment.facts });
  const table = started(await startDynamoDb({ tables: hub.tables }));
  const stream = createTableStream(theOnly(hub.streams, 'stream'), now);
  const secrets = slackSecrets();
  const aws = started(
    await startAws({
      world: worldOf(hub, secrets),
      clock: now,
      port: ports.aws,
      forward: { dynamodb: table.url, stream },
    }),
  );
  const functions = Promise.withResolvers<Functions>(); // they are told where the API is, and it calls them
  const invoke: Functions['invoke'] = async (name, event) => (await functions.promise).invoke(name, event);
  const gateway = started(await startGateway({ hub, aws, invoke, clock: now, port: ports.api }));
  const appUrl = gateway.url;
  const slack = started(await startStorySlack({ secrets, clock: now, port: ports.slack, appUrl }));
  const running = started(
    await startFunctions({
      ...codeOf(hub, options.bundles),
      environmentOf: (one) => ({
        ...withLocalAddresses(one.environment, hub, { aws: aws.url, api: gateway.url }),
        ...environmentOf(one, aws, hub.region, deployment),
      }),
      hosts: { 'slack.com': slack.url, 'hooks.slack.com': slack.url },
      onDemand: ['report', 'reports', 'activity'],
      onLog,
    }),
  );
  functions.resolve(running);
  const events = started(await startEventSources({ hub, invoke, stream, queues: aws.queues, clock: now }));
  return {
    endpoints: { api: gateway.url, aws: aws.url, idp: idp.issuer, slack: slack.url, table: table.url },
    ...namesIn(hub),
    ...{ aws, slack, now, stop },
    async advance(minutes) {
      const moved = offsetMs + minutes * 60_000;
      await Promise.all([running.setClockOffset(moved), idp.setClockOffset(moved)]);
      offsetMs = moved; // at last: what fires by the new time must find the functions at it
    },
    ...{ settle: events.settle, renew: running.renew },
    deliverTrail: () => aws.deliver().then(events.settle),
    async accessToken(person, token) {
      const issued = await idp.accessToken(person, token);
      recordSecret(issued);
      return issued;
    },
  };
}

/** The world of the story with the hub in it, whose secrets have their values. */
function worldOf(hub: Hub, secrets: SlackSecrets): World {
  const deployed = { ...hub, secrets: withValues(hub.secrets, secrets) };
  return withDeployment(readWorld(join(ROOT, 'sandbox/world/story.yml')), deployed);
}

function theOnly<T>(of: readonly T[], what: string): T {
  const [one, ...more] = of;
  if (one === undefined || more.length > 0)
    throw new Error(`The hub has ${of.length} of: ${what}; one is expected.`);
  return one;
}

/** Names of tables and buckets. */
function namesIn(hub: Hub) {
  return {
    tableName: told(hub, 'elevations', 'DRAWBRIDGE_TABLE'),
    usageTableName: told(hub, 'trail', 'DRAWBRIDGE_USAGE_TABLE'),
    auditBucket: told(hub, 'announce', 'DRAWBRIDGE_AUDIT_BUCKET'),
    reportsBucket: told(hub, 'report', 'DRAWBRIDGE_REPORTS_BUCKET'),
  };
}

/** What a function is told by one of its variables. */
function told({ functions }: Hub, name: string, variable: string): string {
  const value = functions.find((one) => one.name === name)?.environment[variable];
  if (value === undefined) throw new Error(`The function ${name} has no variable ${variable}.`);
  return value;
}

/** The sources, which Node runs as they are, or the bundles that would be deployed. */
function codeOf({ functions }: Hub, bundles: string | undefined) {
  if (bundles === undefined) return { root: ROOT, functions };
  const bundled = functions.map((one) => ({ ...one, file: one.file.replace(/\.ts$/, '.js') }));
  return { root: bundles, functions: bundled };
}

/** What is deployed with the functions, and what the templates are filled in with. */
type Deployment = {
  readonly accessFile: string;
  readonly actionsFile: string;
  readonly facts: DeploymentFacts;
};

/** Compiles the access file as packaging does, into a folder of its own. */
async function deployed(accessFile: string, issuer: string, stops: Stop[]): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-sandbox-'));
  stops.push(async () => rmSync(folder, { recursive: true, force: true }));
  const source = join(folder, 'access.yml');
  writeFileSync(source, readFileSync(accessFile, 'utf8').replaceAll('$ISSUER', issuer));
  await compileAccess(source, folder);
  await writeActions(folder);
  const facts: DeploymentFacts = JSON.parse(readFileSync(join(folder, 'deployment.json'), 'utf8'));
  return { accessFile: join(folder, 'access.json'), actionsFile: join(folder, 'actions.json'), facts };
}

/** What Lambda adds to a function's own variables: its role's credentials, the Region, and where AWS is. */
function environmentOf(
  { roleArn, functionName }: HubFunction,
  aws: SandboxAws,
  region: string,
  { accessFile, actionsFile }: Deployment,
): Record<string, string> {
  const credentials = aws.functionCredentials(roleArn, functionName);
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_ENDPOINT_URL: aws.url,
    DRAWBRIDGE_ACCESS_FILE: accessFile,
    DRAWBRIDGE_ACTIONS_FILE: actionsFile,
  };
}

/** Who can sign in at the identity provider; the access file knows them by their subjects. */
const PEOPLE = [
  { handle: 'david', subject: '00u1david', groups: ['developers'] },
  { handle: 'tess', subject: '00u1tess', groups: ['testers'] },
  { handle: 'ruth', subject: '00u1ruth', groups: ['release-managers'] },
  { handle: 'rob', subject: '00u1rob', groups: ['release-managers'] },
  { handle: 'ada', subject: '00u1ada', groups: ['audit'] },
  { handle: 'omar', subject: '00u1omar', groups: ['operators'] },
];
