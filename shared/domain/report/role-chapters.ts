import { parseRoleArn } from '../arn.ts';
import type { ElevationId } from '../elevation-id.ts';
import { issuerRoleArn } from '../hub-roles.ts';
import type { RoleName } from '../names.ts';
import type { Finding } from '../trail/finding.ts';
import { folded } from '../trail/fold.ts';
import type { Observation } from '../trail/observation.ts';
import { strayFinding } from '../trail/out-of-band.ts';
import { claimOf, watchedRoles } from '../trail/places.ts';
import type { ElevationBook } from './elevation-book.ts';
import { changeLines, perSession } from './finding-lines.ts';
import { isIn } from './reading.ts';
import type { ChangeLine, RoleReport } from './report.ts';
import type { ReportInput } from './report-input.ts';
import { roleReport } from './role-report.ts';
import type { RoleEvidence } from './story.ts';
import { isTrailChanged } from './trail-changes.ts';
import { isWholeIn, type TrailHours, trailHours } from './trail-hours.ts';

const NOT_READ = 'Nobody has read the role.';

type Chapter = {
  readonly name: RoleName;
  readonly evidence: RoleEvidence;
  readonly hours: TrailHours;
  /** Of the period, folded. */
  readonly strays: readonly Observation[];
  readonly policyChanges: readonly Observation[];
  readonly trailChanges: readonly Observation[];
};

/** What the report says of roles, once all elevations have passed. */
export class RoleChapters {
  private readonly input: ReportInput;
  private readonly elevations: ElevationBook;
  private readonly damaged: ReadonlySet<ElevationId>;
  private readonly chapters: ReadonlyMap<string, Chapter>;
  private readonly issuerRoleArn: string;

  constructor(
    input: ReportInput,
    elevations: ElevationBook,
    evidence: ReadonlyMap<string, RoleEvidence>,
    damaged: ReadonlySet<ElevationId>,
  ) {
    this.issuerRoleArn = issuerRoleArn(input.access.hub);
    this.input = input;
    this.elevations = elevations;
    this.damaged = damaged;
    const catalog = [...input.access.roles.values()].map(({ arn }) => arn.text);
    const arns = [...new Set([...catalog, ...elevations.roles.keys()])].sort();
    this.chapters = new Map(arns.map((arn) => [arn, this.chapterOf(arn, evidence.get(arn))]));
    for (const [arn, { strays }] of this.chapters) this.countStrays(arn, strays);
  }

  /** What is known of the roles of the report, one after the other. */
  evidence(): readonly RoleEvidence[] {
    return [...this.chapters.values()].map(({ evidence }) => evidence);
  }

  /** Whether nothing of the role's account can be missing in these hours. */
  isWhole(arn: string, hours: readonly number[]): boolean {
    const chapter = this.chapters.get(arn);
    if (chapter === undefined || isTrailChanged(chapter.evidence, this.input.period)) return false;
    return isWholeIn(chapter.hours, hours);
  }

  /** The name of a role of the report. */
  nameOf(arn: string): RoleName | undefined {
    return this.chapters.get(arn)?.name;
  }

  /** An entry for each role, by name. */
  reports(): readonly RoleReport[] {
    const { period, access, catalogue } = this.input;
    const settings = {
      ...{ period, access, catalogue },
      ...{ issuerRoleArn: this.issuerRoleArn, isDamaged: this.damaged.size > 0 },
    };
    return [...this.chapters]
      .map(([arn, { name, evidence, hours }]) =>
        roleReport(name, this.elevations.roleBook(arn), evidence, hours, settings),
      )
      .sort((one, other) => (`${one.role} ${one.arn}` < `${other.role} ${other.arn}` ? -1 : 1));
  }

  /** What the events that are of no elevation show. */
  findings(): readonly Finding[] {
    const chapters = [...this.chapters.values()];
    const attached = chapters.flatMap(({ evidence: { policies } }) =>
      'value' in policies ? policies.value.attached.map(({ name }) => name) : [],
    );
    const watched = { ...watchedRoles(this.input.access), policies: new Set(attached) };
    const found = this.observations().map((one) =>
      strayFinding(one, watched, this.issuerRoleArn, this.claimOf(one)),
    );
    return perSession(found.filter((finding) => finding !== undefined));
  }

  /** NB. What truly bears the name of an elevation is kept under it as well; of one whose record is damaged nothing is known. */
  private claimOf(observation: Observation): 'true' | 'false' {
    const id = claimOf(observation)?.id;
    const isTrue = this.elevations.eventIds.has(observation.id) || (id !== undefined && this.damaged.has(id));
    return isTrue ? 'true' : 'false';
  }

  /** What was changed in roles, in their managed policies and in trails. */
  changes(): readonly ChangeLine[] {
    return changeLines(this.observations());
  }

  /** What is kept under roles, policies and the accounts of trails, each event once. */
  private observations(): readonly Observation[] {
    const all = [...this.chapters.values()].flatMap(({ strays, policyChanges, trailChanges }) => [
      ...strays,
      ...policyChanges,
      ...trailChanges,
    ]);
    return [...new Map(all.map((one) => [`${one.id} ${one.hash}`, one])).values()];
  }

  private chapterOf(arn: string, known: RoleEvidence | undefined): Chapter {
    const { period, access, completeUntil } = this.input;
    const account = parseRoleArn(arn)?.account ?? '';
    const inCatalog = [...access.roles.values()].find((role) => role.arn.text === arn);
    const [lent] = [...(this.elevations.roles.get(arn)?.names ?? [])].sort();
    const found = known ?? unread(arn);
    const name = inCatalog?.name ?? lent ?? found.role ?? (arn as RoleName);
    const evidence = { ...found, role: name };
    const kept = (observations: readonly Observation[], of = account) =>
      folded(observations, of).filter(({ at }) => isIn(period, at));
    return {
      ...{ name, evidence },
      hours: trailHours(evidence.deliveries, completeUntil),
      strays: kept(evidence.strays),
      policyChanges: kept(evidence.policyChanges),
      // All roles have the same, so that of two copies it must be the same one.
      trailChanges: kept(evidence.trailChanges, access.hub.account),
    };
  }

  /** Who came round the side has used the role too: what they needed is not unused. */
  private countStrays(arn: string, strays: readonly Observation[]): void {
    for (const stray of strays) {
      if (stray.actor.roleArn !== arn || this.elevations.eventIds.has(stray.id)) continue;
      this.elevations.roleBook(arn).usage.add(stray);
      this.elevations.unmapped.add(stray);
    }
  }
}

const NOTHING_CHANGED = { policyChanges: [], trailChanges: [] };

function unread(arn: string): RoleEvidence {
  const unknown = { unknown: NOT_READ };
  return { arn, policies: unknown, selectors: unknown, deliveries: [], strays: [], ...NOTHING_CHANGED };
}
