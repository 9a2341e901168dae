import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { listRoles } from '../shared/app/list-roles.ts';
import type { Access } from '../shared/domain/access.ts';
import type { Caller } from '../shared/domain/caller.ts';
import { minutes } from '../shared/domain/duration.ts';
import { evaluate } from '../shared/domain/evaluation.ts';
import { instant } from '../shared/domain/instant.ts';
import type { Handle } from '../shared/domain/names.ts';
import { compiledAccess } from './access-file.ts';
import type { Figure } from './report.ts';
import { formatMilliseconds, median, quantile } from './statistics.ts';

const SIZE = { roles: 1000, rules: 500, people: 5000 };
const ASKS = 20_000;
const NOW = instant(Date.parse('2026-11-24T10:00:00Z'));

/** How long it takes to load a large access file and to evaluate asks under it. */
export async function evaluator(): Promise<readonly Figure[]> {
  const text = await compiledAccess(SIZE);
  const floor = median(repeated(9, () => JSON.parse(text)));
  const load = median(repeated(9, () => loadAccess(JSON.parse(text))));
  const access = loadAccess(JSON.parse(text));
  const somebody = callerOf([...access.people.keys()], 4711);
  const times = evaluations(access);
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  const roles = median(repeated(51, () => listRoles({ access }, somebody)));
  return [
    {
      what: 'load, against JSON.parse of the same text',
      value: `${formatMilliseconds(load)}  (${(load / floor).toFixed(1)}× ${formatMilliseconds(floor)})`,
      aim: '<200 ms',
      met: load < 200,
    },
    { what: `evaluate, p50 of ${ASKS} asks`, value: formatMilliseconds(p50) },
    { what: `evaluate, p99 of ${ASKS} asks`, value: formatMilliseconds(p99), aim: '<1 ms', met: p99 < 1 },
    { what: 'all roles of one person, median', value: formatMilliseconds(roles) },
  ];
}

function evaluations(access: Access): number[] {
  const roles = [...access.roles.keys()];
  const people = [...access.people.keys()];
  const ask = { duration: minutes(60), reason: 'Fix the banner', ticket: 'OPS-12' };
  return Array.from({ length: ASKS }, (_, n) => {
    const caller = callerOf(people, n * 7);
    const role = roles[(n * 13) % roles.length];
    if (role === undefined) throw new Error('The access file has no roles.');
    return timed(() => evaluate(access, caller, { ...ask, role }, NOW));
  });
}

function callerOf(people: readonly Handle[], n: number): Caller {
  const person = people[n % people.length];
  if (person === undefined) throw new Error('The access file has no people.');
  return { person, door: 'oidc', tokenGroups: [], mfa: { kind: 'token', evidence: 'amr:hwk', at: NOW } };
}

function repeated(times: number, act: () => unknown): number[] {
  act(); // once to warm up
  return Array.from({ length: times }, () => timed(act));
}

/** Milliseconds that it takes. */
function timed(act: () => unknown): number {
  const began = process.hrtime.bigint();
  act();
  return Number(process.hrtime.bigint() - began) / 1e6;
}
