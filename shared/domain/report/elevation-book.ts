import type { SelfApprovalAttempt } from '../attempt.ts';
import type { ElevationId } from '../elevation-id.ts';
import type { Hash } from '../hash.ts';
import type { Instant } from '../instant.ts';
import type { Handle } from '../names.ts';
import type { Finding } from '../trail/finding.ts';
import { findingsOf } from '../trail/out-of-band.ts';
import { AskedBook } from './asked.ts';
import { elevationLine } from './elevation-line.ts';
import { type Idle, idleOf } from './idle.ts';
import { belongsTo, doneIn, isIn, type Reading, readingOf, usageUntil } from './reading.ts';
import type { ChangeLine, ElevationLine, Report, Totals } from './report.ts';
import type { ReportInput } from './report-input.ts';
import { RoleBook } from './role-book.ts';
import type { ElevationStory } from './story.ts';
import { UnmappedCounts } from './unmapped-counts.ts';

/** Whether nothing of a role's account can be missing in these hours. */
export type IsWhole = (roleArn: string, hours: readonly number[]) => boolean;

type Entry = {
  readonly line: Omit<ElevationLine, 'sessionsNeverUsed'>;
  readonly idle: Idle;
  readonly isAsked: boolean;
  readonly roleArn: string;
};

/** Takes elevations as they pass, and keeps of each a line and counts. */
export class ElevationBook {
  readonly roles = new Map<string, RoleBook>();
  readonly findings: Finding[] = [];
  readonly unmapped = new UnmappedCounts();
  /** Events of sessions that are also kept under roles, by id: they are not counted there again. */
  readonly eventIds = new Set<string>();
  private readonly input: ReportInput;
  private readonly asked = new AskedBook();
  private readonly entries: Entry[] = [];
  private readonly people = new Set<Handle>();
  private readonly versions = new Map<Hash, Instant>();
  private readonly late: Report['reopened'][number][] = [];
  private readonly before: ReadonlyMap<ElevationId, Pick<ElevationLine, 'usageHash' | 'usageEvents'>>;
  private selfApprovalAttempts = 0;

  constructor(input: ReportInput) {
    this.input = input;
    this.before = new Map(input.previous?.elevations.map((line) => [line.id, line]));
  }

  /** Takes an elevation. */
  add(story: ElevationStory): void {
    const { period } = this.input;
    const reading = readingOf(story);
    this.addVersion(reading);
    this.addLate(reading);
    for (const { id, assumed, changed } of reading.story.usage) if (assumed || changed) this.eventIds.add(id);
    if (belongsTo(period, reading)) this.addToPeriod(reading);
  }

  /** Counts an attempt to approve one's own request. */
  addAttempt({ at }: SelfApprovalAttempt): void {
    if (isIn(this.input.period, at)) this.selfApprovalAttempts++;
  }

  /** The lines, in the order of asking. */
  lines(isWhole: IsWhole): readonly ElevationLine[] {
    return this.entries
      .map(({ line, idle, roleArn }) => ({
        ...line,
        sessionsNeverUsed: idle.sessions.filter((hours) => isWhole(roleArn, hours)).length,
      }))
      .sort((one, other) => one.requestedAt - other.requestedAt || (one.id < other.id ? -1 : 1));
  }

  /** The numbers over these lines. */
  totals(lines: readonly ElevationLine[], isWhole: IsWhole): Totals {
    const sum = (of: (line: ElevationLine) => number) => lines.reduce((total, line) => total + of(line), 0);
    return {
      ...this.asked.totals(),
      cut: 0,
      selfApprovalAttempts: this.selfApprovalAttempts,
      breakGlass: { used: 0, reviewed: 0 },
      approvedNeverUsed: this.entries.filter(({ isAsked, idle, roleArn }) => {
        return isAsked && idle.elevation !== undefined && isWhole(roleArn, idle.elevation);
      }).length,
      sessions: sum(({ sessions }) => sessions),
      sessionsNeverUsed: sum(({ sessionsNeverUsed }) => sessionsNeverUsed),
      events: {
        allowed: sum(({ events }) => events.allowed),
        denied: sum(({ events }) => events.denied),
        unknown: sum(({ events }) => events.unknown),
      },
      people: this.people.size,
    };
  }

  /** Versions of the access file that elevations of the period were the first to record. */
  accessFileChanges(): readonly ChangeLine[] {
    return [...this.versions]
      .filter(([, at]) => isIn(this.input.period, at))
      .map(([version, at]) => ({ of: 'access-file', at, version }));
  }

  /** Elevations of the report before that look different now. */
  reopened(): Report['reopened'] {
    return this.late.toSorted((one, other) => (one.elevation < other.elevation ? -1 : 1));
  }

  /** The counts of a role, made where there are none. */
  roleBook(arn: string): RoleBook {
    const book = this.roles.get(arn) ?? new RoleBook(arn, this.input.period, this.input.catalogue);
    this.roles.set(arn, book);
    return book;
  }

  private addToPeriod(reading: Reading): void {
    const { period, completeUntil, sha256 } = this.input;
    const { elevation, history } = reading.story;
    const { request } = elevation;
    const isAsked = isIn(period, request.requestedAt);
    if (isAsked) this.asked.add(elevation, history);
    this.people.add(request.person);
    const line = elevationLine(reading, period, sha256);
    this.entries.push({
      line,
      idle: idleOf(reading, period, completeUntil),
      isAsked,
      roleArn: reading.roleArn,
    });
    this.roleBook(reading.roleArn).add(reading);
    for (const observation of doneIn(period, reading)) this.unmapped.add(observation);
    const findings = findingsOf(reading.story, completeUntil, reading.calls);
    this.findings.push(...findings.filter(({ at }) => isIn(period, at)));
  }

  private addVersion({ story }: Reading): void {
    const { accessVersion, requestedAt } = story.elevation.request;
    const first = this.versions.get(accessVersion) ?? requestedAt;
    this.versions.set(accessVersion, first < requestedAt ? first : requestedAt);
  }

  private addLate(reading: Reading): void {
    const { previous, sha256 } = this.input;
    const { id } = reading.story.elevation.request;
    const before = this.before.get(id);
    if (previous === undefined || before === undefined) return;
    const now = usageUntil(reading, previous.period.until, sha256);
    if (now.usageHash === before.usageHash) return;
    this.late.push({ elevation: id, events: now.usageEvents, before: before.usageEvents });
  }
}
