import { decideElevation } from '../shared/app/decide-elevation.ts';
import { issueCredentials } from '../shared/app/issue-credentials.ts';
import { listElevations } from '../shared/app/list-elevations.ts';
import { readElevation } from '../shared/app/read-elevation.ts';
import { requestElevation } from '../shared/app/request-elevation.ts';
import type { Caller } from '../shared/domain/caller.ts';
import { minutes } from '../shared/domain/duration.ts';
import type { Instant } from '../shared/domain/instant.ts';
import { parseHandle, parseRoleName } from '../shared/domain/names.ts';
import type { Outcome } from '../shared/domain/refusal.ts';
import { type MeasuredBroker, startMeasuredBroker } from './measured-broker.ts';
import type { Figure } from './report.ts';
import { listenToWire, type Traffic, type Wire } from './wire.ts';

/** Calls of each kind that an operation makes, or may make at most. */
type Calls = { readonly [kind in Kind]?: number };
type Kind = (typeof KINDS)[number];

const KINDS = ['reads', 'writes', 'scans', 'KMS', 'STS'] as const;

/** Reads are GetItem and Query; what is of no known kind is an error and no zero. */
const KIND_OF: Readonly<Record<string, Kind>> = {
  'dynamodb:GetItem': 'reads',
  'dynamodb:Query': 'reads',
  'dynamodb:PutItem': 'writes',
  'dynamodb:UpdateItem': 'writes',
  'dynamodb:Scan': 'scans',
  'kms:GenerateMac': 'KMS',
  'kms:VerifyMac': 'KMS',
  sts: 'STS',
};

/** Counts what each operation sends to AWS, where it leaves the process. */
export async function operations(): Promise<readonly Figure[]> {
  const measured = await startMeasuredBroker();
  const wire = listenToWire();
  try {
    return await costs(measured, wire);
  } finally {
    wire.stop();
    await measured.stop();
  }
}

async function costs({ broker, capacity }: MeasuredBroker, wire: Wire): Promise<readonly Figure[]> {
  const now = broker.clock();
  const [david, ruth] = [callerOf('david', now), callerOf('ruth', now)];
  const ask = { role: sure(parseRoleName('update-app')), duration: minutes(60), ...REASON };
  const figures: Figure[] = [];
  const cost = async <T>(what: string, budget: Calls, act: () => Promise<Outcome<T>>): Promise<T> => {
    const before = capacity();
    const { value: outcome, traffic } = await wire.during(act);
    if ('refusal' in outcome) throw new Error(`${what} was refused: ${outcome.refusal.detail}`);
    figures.push(figureOf(what, traffic, capacity() - before, budget));
    return outcome.value;
  };
  const { elevation } = await cost('ask', { writes: 2 }, () =>
    requestElevation(broker, david, ask, undefined),
  );
  const withKey = () => requestElevation(broker, david, ask, 'key');
  await cost('ask with a key', { writes: 2 }, withKey);
  await cost('ask with the same key', { writes: 0 }, withKey);
  const { id } = elevation.request;
  const decide = (type: 'approve' | 'return', by: Caller) => () => decideElevation(broker, id, { type, by });
  await cost('approve', { reads: 1, writes: 1 }, decide('approve', ruth));
  await cost('issue', { reads: 1, writes: 2, KMS: 2, STS: 1 }, () => issueCredentials(broker, david, id));
  await cost('return', { reads: 1, writes: 1 }, decide('return', david));
  await cost('read one', { writes: 0 }, () => readElevation(broker, david, id));
  await cost('list mine', { writes: 0 }, () => listElevations(broker, david, { mine: true, limit: 25 }));
  return figures;
}

const REASON = { reason: 'Fix the banner of the shop', ticket: 'OPS-12' };

function figureOf(what: string, { calls, bytes }: Traffic, capacity: number, budget: Calls): Figure {
  const made = countedByKind(calls);
  const bounds = { ...budget, scans: 0 };
  const isOver = KINDS.some((kind) => (made[kind] ?? 0) > (bounds[kind] ?? Number.POSITIVE_INFINITY));
  return {
    what,
    value: `${said(made)}; ${capacity} units, ${(bytes / 1000).toFixed(1)} kB`,
    aim: { text: `≤ ${said(bounds)}`, met: !isOver },
  };
}

function countedByKind(calls: readonly string[]): Calls {
  const made: { [kind in Kind]?: number } = {};
  for (const call of calls) {
    const kind = KIND_OF[call];
    if (kind === undefined) throw new Error(`${call} is of no kind that is counted.`);
    made[kind] = (made[kind] ?? 0) + 1;
  }
  return made;
}

function said(calls: Calls): string {
  return KINDS.flatMap((kind) => (calls[kind] === undefined ? [] : [`${calls[kind]} ${kind}`])).join(', ');
}

function callerOf(name: string, now: Instant): Caller {
  const mfa = { kind: 'token', evidence: 'amr:hwk', at: now } as const;
  return { person: sure(parseHandle(name)), door: 'oidc', tokenGroups: [], mfa };
}

function sure<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The story has other names.');
  return value;
}
