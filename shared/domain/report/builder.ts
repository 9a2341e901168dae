import type { SelfApprovalAttempt } from '../attempt.ts';
import type { ElevationId } from '../elevation-id.ts';
import { ElevationBook } from './elevation-book.ts';
import { findingLine, newestFirst } from './finding-lines.ts';
import { gapsOf } from './gaps.ts';
import type { Report } from './report.ts';
import type { ReportInput } from './report-input.ts';
import { RoleChapters } from './role-chapters.ts';
import type { ElevationStory, RoleEvidence } from './story.ts';

/** Makes a report out of what it is given piece by piece, in any order: the same pieces make the same report. */
export type ReportBuilder = {
  /** Adds an elevation; one that was neither asked for nor used in the period counts only if events came late for it. */
  addElevation(story: ElevationStory): void;
  /** Adds an elevation whose record is not as it was sealed. */
  addDamaged(id: ElevationId): void;
  /** Adds an attempt of a requester to approve their own request. */
  addAttempt(attempt: SelfApprovalAttempt): void;
  /** Adds what is known of a role besides its elevations, each role once. */
  addRole(evidence: RoleEvidence): void;
  finish(): Report;
};

/** Begins a report. It holds one line for each elevation and counts for each action of a role, and no event. */
export function reportBuilder(input: ReportInput): ReportBuilder {
  const elevations = new ElevationBook(input);
  const evidence = new Map<string, RoleEvidence>();
  const damaged = new Set<ElevationId>();
  return {
    addElevation: (story) => elevations.add(story),
    addDamaged: (id) => damaged.add(id),
    addAttempt: (attempt) => elevations.addAttempt(attempt),
    addRole: (role) => evidence.set(role.arn, role),
    finish: () => finished(input, elevations, evidence, damaged),
  };
}

function finished(
  input: ReportInput,
  elevations: ElevationBook,
  evidence: ReadonlyMap<string, RoleEvidence>,
  damaged: ReadonlySet<ElevationId>,
): Report {
  const { period, access, catalogue, completeUntil } = input;
  const roles = new RoleChapters(input, elevations, evidence, damaged);
  const lines = elevations.lines((arn, hours) => roles.isWhole(arn, hours));
  const findings = [...elevations.findings, ...roles.findings()];
  return {
    ...{ format: 1, period, accessVersion: access.version, catalogueVersion: catalogue.version },
    totals: elevations.totals(lines, (arn, hours) => roles.isWhole(arn, hours)),
    elevations: lines,
    roles: roles.reports(),
    outOfBand: newestFirst(findings.map((finding) => findingLine(finding, roles))),
    changes: newestFirst([...roles.changes(), ...elevations.accessFileChanges()]),
    gaps: gapsOf(roles.evidence(), period, completeUntil),
    unmapped: elevations.unmapped.entries(),
    ...(damaged.size === 0 ? {} : { damaged: [...damaged].sort() }),
    reopened: elevations.reopened(),
  };
}
