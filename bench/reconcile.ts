import * as z from 'zod';
import type { Visitor } from '../sandbox/client/api.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Life } from './life.ts';

const Page = z.object({ elevations: z.array(z.object({ id: z.string() })), next: z.string().optional() });
const Detail = z.object({
  state: z.string(),
  sessions: z.array(z.unknown()),
  history: z.array(z.object({ type: z.string() })),
});

/** What CloudTrail of the target's account has of each AssumeRole that was granted. */
const Granted = z.object({
  eventName: z.literal('AssumeRole'),
  recipientAccountId: z.literal('999999999999'),
  requestParameters: z.object({ sourceIdentity: z.string() }),
  responseElements: z.object({}),
});

/** What is wrong with the books after these lives, one sentence each: nothing lost, nothing double. */
export async function faultsOf(
  sandbox: Sandbox,
  auditor: Visitor,
  lives: readonly Life[],
): Promise<string[]> {
  const granted = sessionsGranted(sandbox);
  const faults: string[] = [];
  for (const life of lives) {
    const fault = await faultOf(life, auditor, granted.get(life.id) ?? 0);
    if (fault !== undefined) faults.push(`${life.id} ${fault}`);
  }
  const stored = await elevationsOf(auditor);
  const expected = new Set(lives.map(({ id }) => id));
  if (expected.size !== lives.length) faults.push(`${lives.length} lives share ${expected.size} elevations.`);
  const others = stored.filter((id) => !expected.has(id));
  if (others.length > 0) faults.push(`${others.length} elevations belong to no life.`);
  return faults;
}

/**
 * An intent is written before STS is called, and the session after: a call that failed in between and was repeated
 * leaves more of the former, never more of the latter.
 */
async function faultOf(life: Life, auditor: Visitor, granted: number): Promise<string | undefined> {
  const { state, sessions, history } = Detail.parse((await auditor('GET', `/elevations/${life.id}`)).body);
  const intents = history.filter(({ type }) => type === 'issue-intended').length;
  const isOrdered = intents >= granted && granted >= sessions.length && sessions.length >= 1;
  const isExact = intents === 1 && granted === 1 && sessions.length === 1;
  if (state === 'returned' && (life.repeated.length === 0 ? isExact : isOrdered)) return undefined;
  return `is ${state}, with ${intents} intents, ${granted} grants of STS and ${sessions.length} sessions.`;
}

/** How often STS granted the role, by elevation. */
function sessionsGranted(sandbox: Sandbox): ReadonlyMap<string, number> {
  const granted = new Map<string, number>();
  for (const record of sandbox.aws.records()) {
    const { data } = Granted.safeParse(record);
    const id = data?.requestParameters.sourceIdentity.split('+').at(-1);
    if (id !== undefined) granted.set(id, (granted.get(id) ?? 0) + 1);
  }
  return granted;
}

async function elevationsOf(auditor: Visitor): Promise<string[]> {
  const ids: string[] = [];
  let next: string | undefined;
  do {
    const cursor: string = next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`;
    const { body } = await auditor('GET', `/elevations?role=update-app&limit=100${cursor}`);
    const page = Page.parse(body);
    ids.push(...page.elevations.map(({ id }) => id));
    next = page.next;
  } while (next !== undefined);
  return ids;
}
