import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import * as z from 'zod';
import { actionCatalogue } from '../shared/adapters/action-catalogue/catalogue.ts';
import { dynamoDbClient } from '../shared/adapters/dynamodb/client.ts';
import { dynamoDbStore } from '../shared/adapters/dynamodb/dynamodb-store.ts';
import { dynamoDbUsage } from '../shared/adapters/dynamodb/usage-store.ts';
import { memoryReportArchive } from '../shared/adapters/memory/report-archive.ts';
import { sha256 } from '../shared/adapters/system/crypto.ts';
import { makeReport } from '../shared/app/make-report.ts';
import { instant } from '../shared/domain/instant.ts';
import { parseReport } from '../shared/report/json.ts';
import { reportFiles } from '../shared/report/report-files.ts';
import { PERIOD } from './audit-report-lives.ts';
import { roleReader } from './audit-report-policies.ts';
import { benchAccess, SEAL, TABLES } from './audit-report-world.ts';

/**
 * A process of its own: makes the report of the tables at a URL, or asks the same again and only parses the answers, and
 * says what that took: seconds by the clock and of the processor, and the most memory in bytes.
 */
const { way, url, actions } = z
  .object({ way: z.enum(['report', 'floor']), url: z.string(), actions: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const DAY_MS = 86_400_000;
const AT_ONCE = 16;
const Asked = z.array(z.object({ operation: z.string(), body: z.string() }));

const done = way === 'report' ? await reported() : await repeated();
console.log(JSON.stringify({ ...done, rss: process.resourceUsage().maxRSS * 1024 }));

async function reported() {
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
  });
  const client = dynamoDbClient();
  const archive = memoryReportArchive();
  const reporter = {
    ...{ access: await benchAccess(), clock: () => instant(PERIOD.until + DAY_MS), sha256, seal: SEAL },
    ...{ log: () => undefined, archive, parseReport, roles: roleReader() },
    catalogue: actionCatalogue(JSON.parse(readFileSync(actions, 'utf8'))),
    store: dynamoDbStore({ client, name: TABLES.elevations }, sha256),
    usage: dynamoDbUsage({ client, name: TABLES.usage }),
    filesOf: (report: Parameters<typeof reportFiles>[0]) => reportFiles(report, sha256),
  };
  return measured(async () => {
    const { totals, elevations, damaged = [], outOfBand } = await makeReport(reporter, PERIOD);
    const { allowed, denied, unknown } = totals.events;
    return {
      ...{ elevations: elevations.length, events: allowed + denied + unknown },
      ...{ damaged: damaged.length, outOfBand: outOfBand.length },
    };
  });
}

/** The same requests, by Node's own client and nothing else. */
async function repeated() {
  const asked = Asked.parse(await (await fetch(`${url}/asked`)).json());
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  return measured(async () => {
    const waiting = asked.values();
    const askOn = async () => {
      for (const { operation, body } of waiting) JSON.parse(await answerTo(operation, body, agent));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, askOn));
    return { asked: counted(asked.map(({ operation }) => operation)) };
  });
}

function answerTo(operation: string, body: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-amz-target': `DynamoDB_20120810.${operation}` };
    const asking = request(url, { agent, method: 'POST', headers }, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part);
      resolve(Buffer.concat(parts).toString());
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const all = Map.groupBy(names, (name) => name);
  return Object.fromEntries([...all].map(([name, some]) => [name, some.length]));
}

async function measured<T extends object>(act: () => Promise<T>) {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const value = await act();
  const { user, system } = process.cpuUsage(before);
  return { ...value, seconds: (performance.now() - began) / 1000, processor: (user + system) / 1e6 };
}
