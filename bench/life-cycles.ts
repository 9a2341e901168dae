import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { type Answer, type Visitor, withToken } from '../sandbox/client/api.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import type { Figure } from './report.ts';
import { formatMilliseconds, median, quantile } from './statistics.ts';

const AT_ONCE = 200;
const ONE_BY_ONE = 20;
const ASK = { role: 'update-app', duration: '1h', reason: 'Fix the banner of the shop', ticket: 'OPS-12' };
const Elevation = z.object({ id: z.string() });
const Detail = z.object({
  state: z.string(),
  sessions: z.array(z.unknown()),
  history: z.array(z.object({ type: z.string() })),
});

/** No more than 50 requests of one person may wait. */
const ASKERS = ['david', 'tess', 'rob', 'ada', 'omar'] as const;

/** Milliseconds of each step of one life. */
type Life = { readonly id: string; readonly steps: Readonly<Record<string, number>> };

/** 200 life cycles at once, with the same one after the other as the floor. */
export async function lifeCycles(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-bench-'));
  const sandbox = await startSandbox({ accessFile: unlimited(folder), onLog: () => undefined });
  try {
    const visitor = async (person: string) =>
      withToken(sandbox.endpoints.api, await sandbox.accessToken(person, { mfa: true }));
    const ruth = await visitor('ruth');
    const askers = await Promise.all(ASKERS.map(visitor));
    const lifeOf = (n: number) => live(askers[n % askers.length] ?? ruth, ruth);
    await lifeOf(0);
    const alone = await timed(() => oneByOne(ONE_BY_ONE, lifeOf));
    const together = await timed(() => allOf(Array.from({ length: AT_ONCE }, (_, n) => lifeOf(n))));
    return [
      ...speed(`${ONE_BY_ONE} one after the other`, alone),
      ...speed(`${AT_ONCE} at once`, together),
      await nothingLost(sandbox, await visitor('omar'), together.value),
    ];
  } finally {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function live(asker: Visitor, ruth: Visitor): Promise<Life> {
  const steps: Record<string, number> = {};
  const step = async (name: string, call: () => Promise<Answer>) => {
    const { value, milliseconds } = await timed(() => untilAnswered(name, call));
    steps[name] = milliseconds;
    return value;
  };
  const key = { 'Idempotency-Key': randomUUID() };
  const { id } = Elevation.parse((await step('ask', () => asker('POST', '/elevations', ASK, key))).body);
  await step('approve', () => ruth('POST', `/elevations/${id}/approval`));
  await step('issue', () => asker('POST', `/elevations/${id}/credentials`));
  await step('return', () => asker('POST', `/elevations/${id}/return`));
  return { id, steps };
}

/** Repeats what failed on the other side, as clients do: each call may be repeated. */
async function untilAnswered(name: string, call: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const answer = await call();
    if (answer.status < 400) return answer;
    if (answer.status < 500) throw new Error(`${name} was refused: ${JSON.stringify(answer.body)}`);
    repeated += 1;
    await setTimeout(250 * (attempt + 1));
  }
  throw new Error(`${name} failed ten times.`);
}

let repeated = 0;

function speed(
  what: string,
  { value, milliseconds }: { value: readonly Life[]; milliseconds: number },
): Figure[] {
  const steps = Object.keys(value[0]?.steps ?? {}).map((name): Figure => {
    const times = value.map((life) => life.steps[name] ?? 0);
    const [p50, p95, p99] = [median(times), quantile(times, 0.95), quantile(times, 0.99)];
    return {
      what: `  ${name}`,
      value: `p50 ${formatMilliseconds(p50)}, p95 ${formatMilliseconds(p95)}, p99 ${formatMilliseconds(p99)}`,
    };
  });
  return [{ what, value: `${((value.length * 1000) / milliseconds).toFixed(1)} a second` }, ...steps];
}

/**
 * Every life has an elevation of its own, which ends returned; each recorded session is one that STS issued, and each
 * that STS issued was intended. Where a call was repeated there can be more intents than sessions, never fewer.
 */
async function nothingLost(sandbox: Sandbox, admin: Visitor, lives: readonly Life[]): Promise<Figure> {
  const ids = new Set(lives.map(({ id }) => id));
  const issued = sandbox.aws.records().map((record) => JSON.stringify(record));
  let whole = 0;
  for (const id of ids) {
    const { state, sessions, history } = Detail.parse((await admin('GET', `/elevations/${id}`)).body);
    const intents = history.filter(({ type }) => type === 'issue-intended').length;
    const byStsToo = issued.filter((record) => ISSUED.test(record) && record.includes(`${id}+`)).length;
    const fits = intents >= byStsToo && byStsToo >= sessions.length && sessions.length >= 1;
    whole += state === 'returned' && fits ? 1 : 0;
  }
  return {
    what: 'nothing lost, nothing double',
    value: `${whole} of ${lives.length} whole; ${repeated} calls were repeated`,
    aim: `${lives.length}`,
    met: whole === lives.length && ids.size === lives.length,
  };
}

const ISSUED = /"eventName":"AssumeRole".*"recipientAccountId":"999999999999"/;

/** The access file of the story, with limits that one person who lives 200 lives does not reach. */
function unlimited(folder: string): string {
  const file = join(folder, 'access.yml');
  const story = readFileSync('sandbox/access.yml', 'utf8');
  const limits = 'limits: { pending: 50, requests: { count: 1000, per: 1h } }';
  const askers = `developers: [${ASKERS.join(', ')}]`;
  const open = story.replace('deny: [group:testers]', 'deny: [person:ruth]');
  writeFileSync(file, open.replace(/^limits:.*$/m, limits).replace('developers: [david]', askers));
  return file;
}

/** All results; waits for every one before it fails, so that nothing is stopped under a call. */
async function allOf<T>(calls: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(calls);
  return Promise.all(calls);
}

async function oneByOne<T>(times: number, act: (n: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let n = 0; n < times; n++) done.push(await act(n));
  return done;
}

async function timed<T>(
  act: () => Promise<T>,
): Promise<{ readonly value: T; readonly milliseconds: number }> {
  const began = process.hrtime.bigint();
  const value = await act();
  return { value, milliseconds: Number(process.hrtime.bigint() - began) / 1e6 };
}
