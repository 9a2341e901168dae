import { memoryRate } from '../../shared/adapters/memory/memory-rate.ts';
import { memorySeal } from '../../shared/adapters/memory/memory-seal.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import type { Broker } from '../../shared/app/broker.ts';
import { decideElevation } from '../../shared/app/decide-elevation.ts';
import { requestElevation } from '../../shared/app/request-elevation.ts';
import type { Access } from '../../shared/domain/access.ts';
import type { Command } from '../../shared/domain/decide.ts';
import type { Elevation } from '../../shared/domain/elevation.ts';
import type { ElevationId } from '../../shared/domain/elevation-id.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import { type MemoryIssuer, memoryIssuer } from '../adapters/sts/memory-issuer.ts';
import { ASK, caller, NOW, STORY } from '../domain/story.ts';

/** A broker in memory, with a clock that stands still and whatever it has logged. */
export type TestBroker = Broker & {
  readonly issuer: MemoryIssuer;
  readonly logged: readonly string[];
  /** Lets so many milliseconds pass. */
  readonly wait: (milliseconds: number) => void;
};

/** A broker of the story at nine in the morning. */
export function testBroker(access: Access = STORY): TestBroker {
  let now: Instant = NOW;
  let made = 0;
  const clock = () => now;
  const logged: string[] = [];
  return {
    access,
    store: memoryStore(),
    seal: memorySeal('the key of the test'),
    rate: memoryRate(),
    clock,
    randomBytes: (count) => new Uint8Array(count).fill(++made),
    sha256,
    log: (level, event, facts) => logged.push(JSON.stringify({ level, event, ...facts })),
    issuer: memoryIssuer(clock),
    logged,
    wait: (milliseconds) => {
      now = instant(now + milliseconds);
    },
  };
}

/** The value of an outcome that must not be a refusal. */
export function granted<T>(outcome: Outcome<T>): T {
  if ('refusal' in outcome) throw new Error(`Refused: ${JSON.stringify(outcome.refusal)}`);
  return outcome.value;
}

/** The code of a refusal, `done` where there is none. */
export function codeOf(outcome: Outcome<unknown>): string {
  return 'refusal' in outcome ? outcome.refusal.code : 'done';
}

/** The id of a new request of David's. */
export async function asked(broker: Broker, ask = ASK): Promise<ElevationId> {
  const { elevation } = granted(await requestElevation(broker, caller('david'), ask, undefined));
  return elevation.request.id;
}

/** The id of a new request of David's that Ruth has approved. */
export async function approved(broker: Broker): Promise<ElevationId> {
  const id = await asked(broker);
  granted(await decideElevation(broker, id, { type: 'approve', by: caller('ruth') }));
  return id;
}

/** What becomes of an elevation, or the code of the refusal. */
export async function decided(broker: Broker, id: ElevationId, command: Command): Promise<string> {
  const outcome = await decideElevation(broker, id, command);
  return 'refusal' in outcome ? outcome.refusal.code : outcome.value.elevation.state;
}

/** What is stored under the id. */
export async function stored(broker: Broker, id: ElevationId): Promise<Elevation> {
  const found = await broker.store.read(id);
  if (found === undefined || 'damaged' in found) throw new Error(`There is no elevation ${id}.`);
  return found.elevation;
}
