import { loadAccess } from '../shared/adapters/access-file/load.ts';
import { listRoles } from '../shared/app/list-roles.ts';
import type { Access } from '../shared/domain/access.ts';
import type { Caller } from '../shared/domain/caller.ts';
import { minutes } from '../shared/domain/duration.ts';
import { type Ask, type Evaluation, evaluate } from '../shared/domain/evaluation.ts';
import { instant } from '../shared/domain/instant.ts';
import { compiledAccess } from './access-file.ts';
import { anyOf, type Random, seeded } from './random.ts';
import type { Figure } from './report.ts';
import { formatMilliseconds, median, pairedRatio, quantile } from './statistics.ts';
import { timed, timedOften } from './stopwatch.ts';

const SIZE = { roles: 1000, rules: 500, people: 5000 };
const ASKS = 20_000;
const LOADS = 15;
const LOAD_AIM_MS = 200;
const ASK_AIM_MS = 1;

/** A Tuesday, at eleven in Berlin. */
const NOW = instant(Date.parse('2026-11-24T10:00:00Z'));

/** How long it takes to load a large access file, to evaluate asks under it, and to list its roles. */
export async function evaluator(): Promise<readonly Figure[]> {
  const text = JSON.stringify(await compiledAccess(SIZE));
  const access = loadAccess(JSON.parse(text));
  return [loading(text), ...evaluating(access), listing(access)];
}

function loading(text: string): Figure {
  const pairs = Array.from({ length: LOADS }, () => ({
    floor: timed(() => JSON.parse(text)),
    ours: timed(() => loadAccess(JSON.parse(text))),
  }));
  const [ours, floors] = [pairs.map((pair) => pair.ours), pairs.map((pair) => pair.floor)];
  const load = median(ours);
  return {
    what: `load ${(text.length / 1000).toFixed(0)} kB, median of ${LOADS}`,
    value: `${formatMilliseconds(load)}  (${pairedRatio(ours, floors).toFixed(1)}× JSON.parse of it)`,
    aim: { text: `<${LOAD_AIM_MS} ms`, met: load < LOAD_AIM_MS },
  };
}

type Question = { readonly caller: Caller; readonly ask: Ask };

function evaluating(access: Access): Figure[] {
  const questions = questionsUnder(access, seeded(2026));
  const outcomes = new Map<Evaluation['outcome'], number>();
  const evaluated = ({ caller, ask }: Question) => {
    const { outcome } = evaluate(access, caller, ask, NOW);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  };
  const lookedUp = ({ caller, ask }: Question) =>
    access.people.has(caller.person) && access.roles.has(ask.role);
  for (const question of questions.slice(0, 1000)) evaluated(question); // compiles the code
  outcomes.clear();
  const pairs = questions.map((question) => ({
    floor: timed(() => lookedUp(question)),
    ours: timed(() => evaluated(question)),
  }));
  const [ours, floors] = [pairs.map((pair) => pair.ours), pairs.map((pair) => pair.floor)];
  const [p50, p99] = [median(ours), quantile(ours, 0.99)];
  return [
    { what: 'find person and role in two maps, p50', value: formatMilliseconds(median(floors)) },
    {
      what: `evaluate ${ASKS} asks, p50`,
      value: `${formatMilliseconds(p50)}  (${[...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ')})`,
    },
    {
      what: `evaluate ${ASKS} asks, p99`,
      value: formatMilliseconds(p99),
      aim: { text: `<${ASK_AIM_MS} ms`, met: p99 < ASK_AIM_MS },
    },
  ];
}

/** Half of them by a member of a group for a role that a rule lends it, half by anybody for any role. */
function questionsUnder(access: Access, random: Random): Question[] {
  const [people, roles] = [[...access.people.keys()], [...access.roles.keys()]];
  const groups = new Map([...access.groups].map(([name, members]) => [name, [...members]]));
  const likely = () => {
    const { who, roles: lent } = anyOf(access.rules, random);
    const member = anyOf(who, random);
    const members = member.kind === 'group' ? (groups.get(member.name) ?? []) : people;
    return { person: anyOf(members, random), role: anyOf([...lent], random) };
  };
  const any = () => ({ person: anyOf(people, random), role: anyOf(roles, random) });
  return Array.from({ length: ASKS }, (_, n) => {
    const { person, role } = n % 2 === 0 ? likely() : any();
    return { caller: callerOf(person), ask: { ...REST, role } };
  });
}

const REST = { duration: minutes(60), reason: 'Fix the banner of the shop', ticket: 'OPS-12' };

function callerOf(person: Caller['person']): Caller {
  return { person, door: 'oidc', tokenGroups: [], mfa: { kind: 'token', evidence: 'amr:hwk', at: NOW } };
}

function listing(access: Access): Figure {
  const caller = callerOf(anyOf([...access.people.keys()], seeded(2026)));
  const times = timedOften(51, () => listRoles({ access }, caller));
  return {
    what: `list all ${SIZE.roles} roles for one person, median`,
    value: formatMilliseconds(median(times)),
  };
}
