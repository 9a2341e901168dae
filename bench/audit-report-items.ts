import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { attemptItemOf } from '../shared/adapters/dynamodb/attempt-item.ts';
import { attributes } from '../shared/adapters/dynamodb/conditional-write.ts';
import { itemOf } from '../shared/adapters/dynamodb/elevation-item.ts';
import { sessionItemOf } from '../shared/adapters/dynamodb/session-item.ts';
import { deliveryItem, usageItem } from '../shared/adapters/dynamodb/usage-item.ts';
import { sha256 } from '../shared/adapters/system/crypto.ts';
import type { Access } from '../shared/domain/access.ts';
import { extended, newestHash, replay } from '../shared/domain/history.ts';
import { instant } from '../shared/domain/instant.ts';
import type { Seal } from '../shared/ports/seal.ts';
import { strayCall, usageOf } from './audit-report-calls.ts';
import { type BenchLife, livesOf, PERIOD } from './audit-report-lives.ts';
import { type Random, seeded } from './random.ts';

/** An item as DynamoDB holds it, and in which of the two tables. */
export type BenchItem = {
  readonly table: 'elevations' | 'usage';
  readonly item: Record<string, AttributeValue>;
};

/** How much a report is made of. */
export type Size = { readonly elevations: number; readonly events: number };

const HOUR_MS = 3_600_000;
const STRAYS_OF_A_ROLE = 300;

/** Everything that is in the two tables; the same size gives the same items. */
export async function* itemsOf(size: Size, access: Access, seal: Seal): AsyncGenerator<BenchItem> {
  const random = seeded(9);
  for (const life of livesOf(size, access, random)) {
    yield* elevationItems(life, await sealedOf(life, seal));
    for (const kept of usageOf(life, random)) yield { table: 'usage', item: usageItem(kept, 400) };
  }
  yield* roleItems(access, random);
}

async function sealedOf({ request, events }: BenchLife, seal: Seal) {
  const history = extended([], events, sha256);
  const elevation = replay(history, sha256);
  if (elevation === undefined) throw new Error(`The history of ${request.id} is none.`);
  // As in shared/app/elevation-book.ts, which alone knows what is sealed; a report finds out if this is not the same.
  const text = `drawbridge elevation 1\n${request.id}\n${history.length}\n${newestHash(history)}`;
  return { elevation, history, seal: await seal.seal(text) };
}

function* elevationItems(
  { sessions, attempts }: BenchLife,
  sealed: Parameters<typeof itemOf>[0],
): Generator<BenchItem> {
  const items = [itemOf(sealed), ...sessions.map(sessionItemOf), ...attempts.map(attemptItemOf)];
  for (const item of items) yield { table: 'elevations', item: attributes(item) };
}

/** What others did with the roles, and that a file and a digest have come every hour. */
function* roleItems(access: Access, random: Random): Generator<BenchItem> {
  const hours = (PERIOD.until - PERIOD.from) / HOUR_MS;
  for (const { arn } of access.roles.values()) {
    for (let n = 0; n < STRAYS_OF_A_ROLE; n++) {
      const at = instant(PERIOD.from + 1000 * random((hours * HOUR_MS) / 1000));
      yield { table: 'usage', item: usageItem(strayCall(arn.text, at, random), 400) };
    }
  }
  const accounts = new Set([...access.roles.values()].map(({ arn }) => arn.account));
  for (const account of accounts) {
    for (let hour = 0; hour < hours + 3; hour++) {
      for (const kind of ['log', 'digest'] as const) {
        const at = instant(PERIOD.from + hour * HOUR_MS);
        yield { table: 'usage', item: deliveryItem({ account, region: 'us-east-1', kind, at }, 400) };
      }
    }
  }
}
