import { memoryUsage } from '../../shared/adapters/memory/usage-store.ts';
import { issueCredentials } from '../../shared/app/issue-credentials.ts';
import type { TrailTaker } from '../../shared/app/take-trail.ts';
import type { ElevationId } from '../../shared/domain/elevation-id.ts';
import { instant } from '../../shared/domain/instant.ts';
import type { Finding } from '../../shared/domain/trail/finding.ts';
import type { Place } from '../../shared/domain/trail/place.ts';
import type { TrailRecord } from '../../shared/domain/trail/record.ts';
import type { TrailFiles } from '../../shared/ports/trail-files.ts';
import type { UsageStore } from '../../shared/ports/usage-store.ts';
import { caller, NOW } from '../domain/story.ts';
import { EVERYTHING, ISSUER, record, sessionOf, UPDATE_APP, WATCHED } from '../domain/trail/observations.ts';
import { hash } from '../domain/values.ts';
import { gathered } from '../gathered.ts';
import { approved, granted, type TestBroker, testBroker } from './broker.ts';

/** What follows the trail, in memory, with everybody who was alarmed. */
export type TestTaker = TrailTaker & { readonly broker: TestBroker; readonly raised: readonly Finding[] };

/** Somebody who follows the trail of this broker's elevations. */
export function testTaker(broker = testBroker(), usage: UsageStore = memoryUsage()): TestTaker {
  const raised: Finding[] = [];
  return {
    ...broker,
    broker,
    raised,
    usage,
    catalogue: EVERYTHING,
    watched: WATCHED,
    issuerRoleArn: ISSUER,
    alarms: {
      async raise(findings) {
        raised.push(...findings);
      },
    },
  };
}

/** An elevation of David's with one set of credentials, as its records name it. */
export async function lent({
  broker,
}: TestTaker): Promise<{ readonly id: ElevationId; readonly name: string }> {
  const id = await approved(broker);
  granted(await issueCredentials(broker, caller('david'), id));
  return { id, name: `dbr+david+${id}` };
}

let made = 0;

/** A record that no other is equal to: GetObject by the first session of that name. */
export function call(name: string, more: Partial<TrailRecord> = {}): TrailRecord {
  made += 1;
  const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
  const caller = sessionOf(UPDATE_APP, `${name}+1`, name);
  return record({ id, hash: hash(id), caller, at: instant(NOW + 60_000), ...more });
}

/** Files that hold these records. */
export function filesOf(records: readonly TrailRecord[]): TrailFiles & { readonly reads: () => number } {
  let reads = 0;
  return {
    async read(_file, take) {
      reads += 1;
      for (const one of records) take(one);
      return { records: records.length, skipped: {} };
    },
    reads: () => reads,
  };
}

/** The eventIDs that are kept under a place. */
export async function idsUnder(
  { usage }: Pick<TestTaker, 'usage'>,
  place: Place,
): Promise<readonly string[]> {
  return (await gathered(usage.under(place))).map(({ id }) => id);
}
