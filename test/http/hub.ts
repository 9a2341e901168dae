import type { APIGatewayProxyResult } from 'aws-lambda';
import { memoryRate } from '../../shared/adapters/memory/memory-rate.ts';
import { memorySeal } from '../../shared/adapters/memory/memory-seal.ts';
import { memorySlackLinks } from '../../shared/adapters/memory/memory-slack-links.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { memoryReportArchive } from '../../shared/adapters/memory/report-archive.ts';
import { memoryUsage } from '../../shared/adapters/memory/usage-store.ts';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import type { Broker } from '../../shared/app/broker.ts';
import type { LinkingBroker } from '../../shared/app/link-slack.ts';
import type { Access } from '../../shared/domain/access.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import { minutes } from '../../shared/domain/duration.ts';
import { peopleBySlackUser } from '../../shared/domain/identities.ts';
import { after, type Instant } from '../../shared/domain/instant.ts';
import type { Period } from '../../shared/domain/report/report.ts';
import { activity } from '../../shared/http/activity-handlers.ts';
import { type ApiHandler, api, type Routes } from '../../shared/http/api.ts';
import { callersAt } from '../../shared/http/caller.ts';
import { credentials } from '../../shared/http/credential-handlers.ts';
import { elevationRoutes } from '../../shared/http/elevation-routes.ts';
import { reportRoutes } from '../../shared/http/report-routes.ts';
import type { Log } from '../../shared/ports/log.ts';
import type { ReportArchive } from '../../shared/ports/report-archive.ts';
import type { UsageStore } from '../../shared/ports/usage-store.ts';
import { filesOfManifest } from '../../shared/report/manifest.ts';
import { type MemoryIssuer, memoryIssuer } from '../adapters/sts/memory-issuer.ts';
import { caller, NOW, STORY } from '../domain/story.ts';
import { duration, handle, userArn } from '../domain/values.ts';
import { type Arrival, INVOCATION, proxyEvent, type Sent } from './event.ts';
import { faultOfAnswer } from './published.ts';

/** An answer of the API, its body parsed. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
};

/** The functions of the API over a store in memory. Each answer is held against the published document. */
export type Hub = {
  /** Calls the function that has the route. */
  readonly call: (arrival: Arrival, method: string, path: string, sent?: Sent) => Promise<Answer>;
  readonly elevations: ApiHandler;
  readonly credentials: ApiHandler;
  readonly routes: Readonly<Record<FunctionName, Routes>>;
  readonly broker: Broker & LinkingBroker;
  readonly issuer: MemoryIssuer;
  readonly usage: UsageStore;
  readonly archive: ReportArchive;
  /** The periods of the reports that were asked for. */
  readonly ordered: readonly Period[];
  /** Everything that was logged, a line each. */
  readonly logged: readonly LogLine[];
  readonly advance: (length: string) => void;
};

type FunctionName = 'elevations' | 'credentials' | 'activity' | 'reports';

/** A line of the log. */
export type LogLine = Readonly<Record<string, string | number>>;

/** Where the people of the story sign at the IAM door. */
export const DAVID_AT_IAM: Arrival = { userArn: 'arn:aws:iam::111111111111:user/David' };

/** The story's file, with an IAM user for David and a provider that has authentication contexts. */
export const ACCESS: Access = {
  ...STORY,
  people: new Map([
    ...STORY.people,
    [
      handle('david'),
      {
        ...{ handle: handle('david'), oidc: [], slack: [] },
        iam: [userArn('arn:aws:iam::111111111111:user/David')],
      },
    ],
  ]),
};

/** Somebody of the story at the OIDC door, by default with a proof of MFA of a minute ago. */
export function byToken(name: string, more: Parameters<typeof caller>[1] = {}): { readonly token: Caller } {
  return { token: caller(name, more) };
}

/** Starts with the story's file at NOW; a broker's part can be put in place of that in memory. */
export function startHub({ access = ACCESS, ...parts }: Partial<Broker & LinkingBroker> = {}): Hub {
  const logged: LogLine[] = [];
  let now: Instant = NOW;
  let made = 0;
  const clock = () => now;
  const log: Log = (level, event, facts) => {
    logged.push({ level, event, ...facts });
  };
  const broker: Broker & LinkingBroker = {
    ...{ access, clock, sha256, log, store: memoryStore(), rate: memoryRate(), seal: memorySeal('key') },
    ...{ links: memorySlackLinks(), usersOfFile: peopleBySlackUser(access) },
    randomBytes: (count) => Uint8Array.from({ length: count }, (_, n) => (n === count - 1 ? ++made : 1)),
    ...parts,
  };
  const issuer = memoryIssuer(clock);
  const [usage, archive] = [memoryUsage(), memoryReportArchive()];
  const ordered: Period[] = [];
  const queue = { add: async (period: Period) => void ordered.push(period) };
  const edge = { access, clock, log, callerOf: callersAt({ access, iamDoorMfa: minutes(15) }) };
  const routes = {
    elevations: elevationRoutes(broker),
    credentials: {
      forPeople: { issueCredentials: (call) => credentials({ ...broker, issuer }, call) },
      open: {},
    } satisfies Routes,
    activity: { forPeople: { readActivity: (call) => activity({ ...broker, usage }, call) }, open: {} },
    reports: reportRoutes({ access, clock, archive, queue, filesOf: filesOfManifest }),
  } satisfies Readonly<Record<FunctionName, Routes>>;
  const handlers = { elevations: api(edge, routes.elevations), credentials: api(edge, routes.credentials) };
  return {
    ...handlers,
    ...{ routes, broker, issuer, logged, usage, archive, ordered },
    advance: (length) => {
      now = after(now, duration(length));
    },
    call: async (arrival, method, path, sent) => {
      const event = proxyEvent(arrival, method, path, sent);
      const answer = answerOf(await api(edge, routes[answering(path)])(event, INVOCATION));
      const mediaType = String(answer.headers['Content-Type']);
      const fault = faultOfAnswer(method, event.resource, { ...answer, mediaType });
      if (fault !== undefined) throw new Error(fault);
      return answer;
    },
  };
}

function answering(path: string): FunctionName {
  if (path.startsWith('/reports')) return 'reports';
  if (path.endsWith('/activity')) return 'activity';
  return path.endsWith('/credentials') ? 'credentials' : 'elevations';
}

/** A result of a function as a client reads it. */
export function answerOf({ statusCode, headers, body }: APIGatewayProxyResult): Answer {
  const texts = Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]);
  return { status: statusCode, headers: Object.fromEntries(texts), text: body, body: JSON.parse(body) };
}

/** What David asks for in the story, as JSON. */
export const ASK = {
  role: 'update-app',
  duration: '1h',
  reason: 'Fix the banner of the shop',
  ticket: 'OPS-12',
};

/** The id of a new request of David's that waits for approval. */
export async function pending(hub: Hub): Promise<string> {
  const { status, body } = await hub.call(byToken('david'), 'POST', '/elevations', { json: ASK });
  if (status !== 201) throw new Error(`David could not ask: ${JSON.stringify(body)}`);
  return String(body['id']);
}

/** The id of a new elevation of David's that Ruth has approved. */
export async function approved(hub: Hub): Promise<string> {
  const id = await pending(hub);
  const { status, body } = await hub.call(byToken('ruth'), 'POST', `/elevations/${id}/approval`);
  if (status !== 200) throw new Error(`Ruth could not approve: ${JSON.stringify(body)}`);
  return id;
}
