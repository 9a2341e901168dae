import type { Access } from '../access.ts';
import type { RoleName } from '../names.ts';
import { grantsOf } from '../policy/grants.ts';
import { standingAccess } from '../policy/standing.ts';
import type { ActionCatalogue } from '../trail/catalogue.ts';
import { narrower } from './narrowing.ts';
import type { NotObservableReason } from './observable.ts';
import { judged, type RoleFacts } from './permissions.ts';
import type { Period, RoleReport, StandingAccess } from './report.ts';
import type { RoleBook } from './role-book.ts';
import type { RoleEvidence } from './story.ts';
import { isTrailChanged } from './trail-changes.ts';
import { hoursOf, isWholeIn, type TrailHours } from './trail-hours.ts';

/** What every role's entry is made with. */
export type RoleSettings = {
  readonly period: Period;
  readonly access: Access;
  readonly catalogue: ActionCatalogue;
  readonly issuerRoleArn: string;
  /** Whether the use of some elevation could not be counted. */
  readonly isDamaged: boolean;
};

/** A role's entry in the report. */
export function roleReport(
  role: RoleName,
  book: RoleBook,
  evidence: RoleEvidence,
  hours: TrailHours,
  settings: RoleSettings,
): RoleReport {
  const { access, catalogue, issuerRoleArn } = settings;
  const { arn, policies } = evidence;
  const inCatalog = access.roles.get(role)?.arn.text === arn;
  const granted = 'value' in policies ? grantsOf(policies.value, catalogue) : undefined;
  const standing = 'value' in policies ? standingAccess(policies.value.trust, issuerRoleArn) : [];
  const facts = factsOf(
    book,
    evidence,
    granted?.permissions,
    untold(book, evidence, hours, standing, settings),
  );
  const all = judged(facts, catalogue);
  const isExpanded = granted?.unexpanded.length === 0;
  const less = isExpanded
    ? narrower({ facts, all, usage: book.usage }, inCatalog ? { access, role } : undefined)
    : undefined;
  return {
    ...{ role, arn, inCatalog },
    ...{ elevations: book.elevations, people: book.people.size, lent: book.lent },
    ...('unknown' in policies ? { policiesUnknown: policies.unknown } : {}),
    permissions: all.map(({ permission }) => permission),
    unexpanded: granted?.unexpanded ?? [],
    ...(less === undefined ? {} : { narrower: less }),
    standing,
  };
}

function factsOf(
  book: RoleBook,
  { selectors }: RoleEvidence,
  grants: RoleFacts['grants'],
  why: NotObservableReason | undefined,
): RoleFacts {
  const { usage } = book;
  return { grants, uses: usage.uses(), unmapped: usage.unmapped, selectors, ...(why && { untold: why }) };
}

/**
 * Why nothing of the role can be called unused, or undefined where it can. Nobody may have changed a trail, and the trail
 * must be whole for the hours in which the role was lent; and for all hours of the period where others can come to it at
 * any time.
 */
function untold(
  book: RoleBook,
  evidence: RoleEvidence,
  hours: TrailHours,
  standing: readonly StandingAccess[],
  { period, isDamaged }: RoleSettings,
): NotObservableReason | undefined {
  if (isDamaged) return 'record-damaged';
  if (!hours.hasFiles) return 'no-files';
  if ('unknown' in evidence.selectors) return 'selectors-unknown';
  if (isTrailChanged(evidence, period)) return 'trail-changed';
  const needed = hoursOf(period).filter((hour) => standing.length > 0 || book.hours.has(hour));
  return isWholeIn(hours, needed) ? undefined : 'hours-without-digest';
}
