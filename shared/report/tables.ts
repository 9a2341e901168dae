import { formatInstant, type Instant } from '../domain/instant.ts';
import type { ChangeLine, ElevationLine, Permission, Report, RoleReport } from '../domain/report/report.ts';
import { type Cell, csv } from './csv.ts';

/** A column: its name, which never changes, and the cell of a row. */
type Column<Row> = readonly [name: string, cell: (row: Row) => Cell];

const ELEVATIONS: readonly Column<ElevationLine>[] = [
  ['id', ({ id }) => id],
  ['person', ({ person }) => person],
  ['role', ({ role }) => role],
  ['state', ({ state }) => state],
  ['requested_at', ({ requestedAt }) => formatInstant(requestedAt)],
  ['reason', ({ reason }) => reason],
  ['ticket', ({ ticket }) => ticket],
  ['approved_by', ({ approvedBy }) => approvedBy.join(' ')],
  ['window_from', ({ window }) => at(window?.from)],
  ['window_until', ({ window }) => at(window?.until)],
  ['mfa', ({ mfa }) => mfa],
  ['sessions', ({ sessions }) => sessions],
  ['sessions_never_used', ({ sessionsNeverUsed }) => sessionsNeverUsed],
  ['allowed', ({ events }) => events.allowed],
  ['denied', ({ events }) => events.denied],
  ['unknown', ({ events }) => events.unknown],
  ['last_use', ({ lastUse }) => at(lastUse)],
];

type RolePermission = { readonly role: RoleReport; readonly permission: Permission };
const used = ({ permission: { seen } }: RolePermission) => (seen.as === 'used' ? seen : undefined);
const called = ({ permission: { seen } }: RolePermission) =>
  seen.as === 'used' || seen.as === 'denied-only' ? seen : undefined;

const PERMISSIONS: readonly Column<RolePermission>[] = [
  ['role', ({ role }) => role.role],
  ['arn', ({ role }) => role.arn],
  ['action', ({ permission }) => permission.action],
  ['access_level', ({ permission }) => permission.level],
  ['granted', ({ permission }) => yesNo(permission.granted)],
  ['conditional', ({ permission }) => yesNo(permission.conditional)],
  ['seen', ({ permission }) => permission.seen.as],
  [
    'not_observable_reason',
    ({ permission: { seen } }) => (seen.as === 'not-observable' ? seen.reason : undefined),
  ],
  ['first', (row) => at(called(row)?.first)],
  ['last', (row) => at(called(row)?.last)],
  ['people', (row) => called(row)?.people],
  ['allowed', (row) => used(row)?.allowed],
  ['denied', (row) => called(row)?.denied],
  ['unknown', (row) => used(row)?.unknown],
  ['resources', (row) => used(row)?.resources.join(' ')],
];

const OUT_OF_BAND: readonly Column<Report['outOfBand'][number]>[] = [
  ['at', (finding) => formatInstant(finding.at)],
  ['code', ({ code }) => code],
  ['about', ({ about }) => about],
  ['role', ({ role }) => role],
  ['elevation', ({ elevation }) => elevation],
  ['actor', ({ actor }) => actor],
  ['event_id', ({ eventId }) => eventId],
  ['detail', ({ detail }) => detail],
];

const ofAws = (change: ChangeLine) => (change.of === 'access-file' ? undefined : change);
const CHANGES: readonly Column<ChangeLine>[] = [
  ['at', (change) => formatInstant(change.at)],
  ['of', (change) => change.of],
  ['about', (change) => (change.of === 'access-file' ? change.version : change.about)],
  ['what', (change) => ofAws(change)?.what],
  ['by', (change) => ofAws(change)?.by],
  ['outcome', (change) => ofAws(change)?.outcome],
  ['event_id', (change) => ofAws(change)?.eventId],
];

type RoleStanding = { readonly role: RoleReport; readonly standing: RoleReport['standing'][number] };
const STANDING: readonly Column<RoleStanding>[] = [
  ['role', ({ role }) => role.role],
  ['arn', ({ role }) => role.arn],
  ['principal', ({ standing }) => standing.principal],
  ['kind', ({ standing }) => standing.kind],
  ['condition', ({ standing }) => standing.condition],
];

/** The tables of a report as CSV, by file name. */
export function csvTables({
  elevations,
  roles,
  outOfBand,
  changes,
}: Report): Readonly<Record<string, string>> {
  const permissions = roles.flatMap((role) => role.permissions.map((permission) => ({ role, permission })));
  const standing = roles.flatMap((role) => role.standing.map((one) => ({ role, standing: one })));
  return {
    'elevations.csv': table(ELEVATIONS, elevations),
    'permissions.csv': table(PERMISSIONS, permissions),
    'out-of-band.csv': table(OUT_OF_BAND, outOfBand),
    'changes.csv': table(CHANGES, changes),
    'standing-access.csv': table(STANDING, standing),
  };
}

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return csv(
    columns.map(([name]) => name),
    rows.map((row) => columns.map(([, cellOf]) => cellOf(row))),
  );
}

function at(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : formatInstant(instant);
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
