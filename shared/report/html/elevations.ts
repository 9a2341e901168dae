import type { ElevationLine, Report } from '../../domain/report/report.ts';
import { grouped } from '../words.ts';
import { nothing, section, time } from './common.ts';
import { type Content, type Html, html, typed } from './html.ts';
import { type Column, sortable } from './sortable.ts';

const MOST = 200;

/** What is shown of an elevation. */
export const ELEVATION_COLUMNS: readonly Column<ElevationLine>[] = [
  { head: 'Asked', as: 'name', cell: askedOf },
  { head: 'Person', as: 'name', cell: ({ person }) => person },
  { head: 'Role', as: 'name', cell: ({ role }) => role },
  { head: 'State', cell: ({ state }) => state },
  { head: 'Reason', cell: reasonOf },
  { head: 'Approved by', cell: ({ approvedBy }) => approvedBy.join(', ') },
  { head: 'MFA', as: 'name', cell: ({ mfa }) => typed(mfa, 24) },
  { head: 'Credentials', as: 'number', cell: credentialsOf },
  { head: 'Calls', as: 'number', cell: ({ events }) => grouped(callsOf(events)) },
  { head: 'Denied', as: 'number', cell: ({ events }) => grouped(events.denied) },
];

/** Every elevation of the period; of many, the first of each order. */
export function elevations({ elevations: lines }: Report): Html {
  if (lines.length === 0)
    return section('elevations', 'Elevations', nothing('Nobody asked for a role in this period.'));
  const table = sortable<ElevationLine>({
    id: 'elevations',
    caption: 'Elevations of the period',
    columns: ELEVATION_COLUMNS,
    rows: lines,
    orders: [
      { head: 'Asked', direction: 'descending', by: ({ requestedAt }) => requestedAt },
      { head: 'Person', direction: 'ascending', by: ({ person }) => person },
      { head: 'Role', direction: 'ascending', by: ({ role }) => role },
      { head: 'State', direction: 'ascending', by: ({ state }) => state },
      { head: 'Calls', direction: 'descending', by: ({ events }) => callsOf(events) },
      { head: 'Denied', direction: 'descending', by: ({ events }) => events.denied },
    ],
    ...{ most: MOST, file: 'elevations.csv' },
  });
  return section('elevations', 'Elevations', table);
}

function askedOf({ requestedAt, id }: ElevationLine): Content {
  return [time(requestedAt), html` <code class="id">${id}</code>`];
}

function reasonOf({ reason, ticket }: ElevationLine): Content {
  return [
    typed(reason, 140),
    ticket === undefined ? undefined : html` <span class="aside name">${typed(ticket, 64)}</span>`,
  ];
}

function credentialsOf({ sessions, sessionsNeverUsed }: ElevationLine): Content {
  if (sessionsNeverUsed === 0) return grouped(sessions);
  return [grouped(sessions), html` <span class="aside">${grouped(sessionsNeverUsed)} unused</span>`];
}

function callsOf({ allowed, denied, unknown }: ElevationLine['events']): number {
  return allowed + denied + unknown;
}
