import fc from 'fast-check';
import type { Command } from '../../shared/domain/decide.ts';
import { standingAt } from '../../shared/domain/elevation.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { asked, codeOf, needing, type Recorded, requestFor, step } from './record.ts';
import { caller, NOW } from './story.ts';

/** An elevation as the design tells it, in as little as it takes to foretell what is refused. */
type Model = {
  state: 'pending' | 'denied' | 'withdrawn' | 'approved' | 'returned' | 'revoked';
  readonly needed: number;
  approvers: Set<string>;
  endedBy?: string;
  /** Milliseconds since the request. */
  now: number;
  /** When the last approval came, to the whole second. */
  openedAt: number;
  issuedAt: number[];
};
type Real = { record: Recorded; now: Instant };

const APPROVERS = ['ruth', 'rob'];
const HOUR = 3_600_000;

/** Where the model stands at its own time. */
function standing({ state, now, openedAt }: Model): string {
  if (state === 'pending' && now > 2 * HOUR) return 'lapsed';
  return state === 'approved' && now > openedAt + HOUR ? 'ended' : state;
}

type Type = Command['type'];

/** What the design says to a command; '' where it is already so. */
const FORETOLD: Readonly<Record<Type, (model: Model, who: string) => string>> = {
  approve: (model, who) => {
    if (who === 'david') return 'own-request';
    if (!APPROVERS.includes(who) || model.needed === 0) return 'not-an-approver';
    if (model.approvers.has(who)) return '';
    return standing(model) === 'pending' ? 'approved' : 'wrong-state';
  },
  deny: (model, who) => {
    if (who === 'david') return 'own-request';
    if (!APPROVERS.includes(who) || model.needed === 0) return 'not-an-approver';
    if (model.state === 'denied' && model.endedBy === who) return '';
    return standing(model) === 'pending' ? 'denied' : 'wrong-state';
  },
  withdraw: (model, who) => byRequester(model, who, 'withdrawn', 'pending'),
  return: (model, who) => byRequester(model, who, 'returned', 'approved'),
  revoke: (model, who) => {
    if (who === 'david') return 'own-request';
    if (who !== 'ada' && (!APPROVERS.includes(who) || model.needed === 0)) return 'not-an-approver';
    if (model.state === 'revoked' && model.endedBy === who) return '';
    return standing(model) === 'approved' ? 'revoked' : 'wrong-state';
  },
  issue: (model, who) => {
    if (who !== 'david') return 'not-the-requester';
    if (standing(model) !== 'approved') return 'wrong-state';
    const lastMinute = model.issuedAt.filter((at) => at > model.now - 60_000);
    return lastMinute.length >= 10 ? 'too-many-issues' : 'issue-intended';
  },
};

function byRequester(model: Model, who: string, state: Model['state'], from: string): string {
  if (who !== 'david') return 'not-the-requester';
  if (model.state === state) return '';
  return standing(model) === from ? state : 'wrong-state';
}

/** What then holds. */
function happen(model: Model, code: string, who: string): void {
  switch (code) {
    case 'approved':
      model.approvers.add(who);
      if (model.approvers.size < model.needed) return;
      model.state = 'approved';
      model.openedAt = Math.floor(model.now / 1000) * 1000;
      return;
    case 'denied':
    case 'withdrawn':
    case 'returned':
    case 'revoked':
      model.state = code;
      model.endedBy = who;
      return;
    case 'issue-intended':
      model.issuedAt.push(model.now);
      return;
    default:
      return;
  }
}

class Attempt implements fc.Command<Model, Real> {
  readonly #type: Type;
  readonly #who: string;
  constructor(type: Type, who: string) {
    this.#type = type;
    this.#who = who;
  }
  check(): boolean {
    return true;
  }
  run(model: Model, real: Real): void {
    const foretold = FORETOLD[this.#type](model, this.#who);
    const mfa = { kind: 'token', evidence: 'amr:hwk', at: real.now } as const;
    const command: Command = { type: this.#type, by: caller(this.#who, { mfa }) };
    const taken = step(real.record, command, needing(model.needed), real.now);
    expect(codeOf(taken)).toBe(foretold);
    real.record = taken.after;
    happen(model, foretold, this.#who);
    expect(standingAt(real.record.elevation, real.now).state).toBe(standing(model));
  }
  toString(): string {
    return `${this.#who} ${this.#type}`;
  }
}

class Wait implements fc.Command<Model, Real> {
  readonly #milliseconds: number;
  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }
  check(): boolean {
    return true;
  }
  run(model: Model, real: Real): void {
    model.now += this.#milliseconds;
    real.now = instant(real.now + this.#milliseconds);
    expect(standingAt(real.record.elevation, real.now).state).toBe(standing(model));
  }
  toString(): string {
    return `wait ${this.#milliseconds} ms`;
  }
}

const attempt = fc
  .tuple(
    fc.constantFrom<Type>(
      'approve',
      'approve',
      'deny',
      'withdraw',
      'return',
      'revoke',
      'issue',
      'issue',
      'issue',
    ),
    fc.constantFrom('david', 'david', 'ruth', 'rob', 'ada', 'nina'),
  )
  .map(([type, who]) => new Attempt(type, who));
const wait = fc
  .constantFrom(1, 400, 1000, 60_000, HOUR - 1, HOUR, HOUR + 1, 2 * HOUR)
  .map((ms) => new Wait(ms));

test('decide and evolve do what the design says, whatever is tried and however long one waits', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0, 1, 2),
      fc.commands([attempt, attempt, attempt, wait], { maxCommands: 40, size: 'max' }),
      (needed, commands) => {
        const model: Model = {
          ...{ state: needed === 0 ? 'approved' : 'pending', needed, approvers: new Set() },
          ...{ now: 0, openedAt: 0, issuedAt: [] },
        };
        fc.modelRun(() => ({ model, real: { record: asked(requestFor(needed)), now: NOW } }), commands);
      },
    ),
    { numRuns: 500 },
  );
});
