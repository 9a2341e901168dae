import type { Access } from '../access.ts';
import type { Sha256 } from '../hash.ts';
import type { Instant } from '../instant.ts';
import type { ActionCatalogue } from '../trail/catalogue.ts';
import type { ElevationLine, Period } from './report.ts';

/** What a report is made with. */
export type ReportInput = {
  readonly period: Period;
  readonly access: Access;
  readonly catalogue: ActionCatalogue;
  readonly sha256: Sha256;
  /** Until when all that will come of the trail has come. */
  readonly completeUntil: Instant;
  /** The report before. */
  readonly previous?: {
    readonly period: Period;
    readonly elevations: readonly Pick<ElevationLine, 'id' | 'usageHash' | 'usageEvents'>[];
  };
};
