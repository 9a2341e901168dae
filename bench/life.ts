import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import type { Answer, Visitor } from '../sandbox/client/api.ts';
import { timedAsync } from './stopwatch.ts';

/** The steps of a life, in their order. */
export const STEPS = ['ask', 'approve', 'issue', 'return'] as const;

/** One elevation from its request to its return. */
export type Life = {
  readonly id: string;
  /** Milliseconds of each step, with what was repeated and waited for. */
  readonly steps: Readonly<Record<Step, number>>;
  /** The answers after which a call was made again, because it had failed on the other side: `503 busy`. */
  readonly repeated: readonly string[];
};

/** A life that did not come to its end, and why. */
export type Lost = { readonly lost: string };

type Step = (typeof STEPS)[number];

const ASK = { role: 'update-app', duration: '1h', reason: 'Fix the banner of the shop', ticket: 'OPS-12' };
const Asked = z.object({ id: z.string() });

/** Lives a life: one person asks, another approves, the first takes credentials and gives the role back. */
export async function live(asker: Visitor, approver: Visitor): Promise<Life | Lost> {
  const repeated: string[] = [];
  const step = async (call: () => Promise<Answer>) => {
    const { value, milliseconds } = await timedAsync(() => untilAnswered(call, repeated));
    return { milliseconds, body: value.body };
  };
  try {
    const key = { 'Idempotency-Key': randomUUID() };
    const asked = await step(() => asker('POST', '/elevations', ASK, key));
    const { id } = Asked.parse(asked.body);
    const approved = await step(() => approver('POST', `/elevations/${id}/approval`));
    const issued = await step(() => asker('POST', `/elevations/${id}/credentials`));
    const returned = await step(() => asker('POST', `/elevations/${id}/return`));
    const steps = { ask: asked, approve: approved, issue: issued, return: returned };
    return { id, repeated, steps: mapped(steps, ({ milliseconds }) => milliseconds) };
  } catch (error) {
    return { lost: error instanceof Error ? error.message : String(error) };
  }
}

function mapped<From, To>(steps: Readonly<Record<Step, From>>, make: (from: From) => To): Record<Step, To> {
  const { ask, approve, issue, return: returned } = steps;
  return { ask: make(ask), approve: make(approve), issue: make(issue), return: make(returned) };
}

/** Longer than anybody waits for a command. */
const PATIENCE_MS = 60_000;
const SHORTEST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/**
 * Repeats a call that failed on the other side, as clients do: each may be repeated. Waits grow and are random, so that
 * those who failed together do not come back together.
 */
async function untilAnswered(call: () => Promise<Answer>, repeated: string[]): Promise<Answer> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let attempts = 1; ; attempts++) {
    const answer = await call();
    if (answer.status < 400) return answer;
    const mayRepeat = answer.status >= 500 || answer.status === 429;
    if (!mayRepeat || performance.now() > deadline) {
      throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    }
    repeated.push(`${answer.status} ${codeOf(answer)}`);
    await setTimeout(waitAfter(answer, attempts));
  }
}

/** Milliseconds; what the API asks for, where it does. */
function waitAfter({ headers }: Answer, attempts: number): number {
  const asked = Number(headers.get('retry-after') ?? 0) * 1000;
  return asked + Math.random() * Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** attempts);
}

const Problem = z.object({ code: z.string() });

function codeOf({ body }: Answer): string {
  return Problem.safeParse(body).data?.code ?? 'without a code';
}
