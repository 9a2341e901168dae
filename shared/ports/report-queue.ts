import type { Period } from '../domain/report/report.ts';

/** Reports that somebody has asked for. */
export type ReportQueue = { add(period: Period): Promise<void> };
