import { takeRecords } from '../../shared/app/take-trail.ts';
import type { Access } from '../../shared/domain/access.ts';
import type { Sha256 } from '../../shared/domain/hash.ts';
import { issuerRoleArn } from '../../shared/domain/hub-roles.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { ActionCatalogue } from '../../shared/domain/trail/catalogue.ts';
import type { Finding } from '../../shared/domain/trail/finding.ts';
import { watchedRoles } from '../../shared/domain/trail/places.ts';
import type { TrailRecord } from '../../shared/domain/trail/record.ts';
import type { ElevationStore } from '../../shared/ports/elevation-store.ts';
import type { Seal } from '../../shared/ports/seal.ts';
import type { UsageStore } from '../../shared/ports/usage-store.ts';

/** What filling the usage table by hand works with. */
export type BackfillDeps = {
  readonly access: Access;
  readonly store: ElevationStore;
  readonly usage: UsageStore;
  readonly catalogue: ActionCatalogue;
  readonly sha256: Sha256;
  readonly now: () => Instant;
  /** Told of what did not come through Drawbridge, and was not told of before. */
  readonly alarm: (finding: Finding) => void;
  /** Told of elevations whose record is damaged. */
  readonly damaged: (elevation: string) => void;
};

/** NB. The key is the functions' alone. The hashes of a record are verified where it is read; its seal is not. */
const UNVERIFIED: Seal = {
  seal: async () => {
    throw new Error('The command line seals nothing.');
  },
  verify: async () => true,
};

/** Takes records as functions/trail.ts takes them from log files: what is ours goes into the usage table. */
export function backfillInto(deps: BackfillDeps): (records: readonly TrailRecord[]) => Promise<void> {
  const { access, store, usage, catalogue, sha256, now, alarm, damaged } = deps;
  const taker = {
    ...{ store, usage, catalogue, sha256, seal: UNVERIFIED, clock: now },
    watched: watchedRoles(access),
    issuerRoleArn: issuerRoleArn(access.hub),
    alarms: {
      async raise(findings: readonly Finding[]) {
        findings.forEach(alarm);
      },
    },
    log: (_level: string, _event: string, { elevation }: Readonly<Record<string, string | number>>) =>
      damaged(String(elevation)),
  };
  return async (records) => {
    await takeRecords(taker, records);
  };
}
