import type { Permission, RoleReport, Seen } from '../../domain/report/report.ts';
import { LEVELS, NOT_OBSERVABLE_WORDS } from '../finding-words.ts';
import { grouped } from '../words.ts';
import { SEEN_WORDS } from './charts/permission-bars.ts';
import { mark, time } from './common.ts';
import { type Content, type Html, html, typed } from './html.ts';
import { type Column, type Order, sortable } from './sortable.ts';

const MOST = 150;
const MOST_RESOURCES = 4;

/** What is shown of a permission. */
export const PERMISSION_COLUMNS: readonly Column<Permission>[] = [
  { head: 'Permission', as: 'name', cell: nameOf },
  { head: 'Access level', as: 'name', cell: ({ level }) => level ?? 'not known' },
  { head: 'Seen', as: 'name', cell: ({ seen }) => seenWords(seen) },
  { head: 'Last', as: 'name', cell: ({ seen }) => time(lastOf(seen)) },
  {
    head: 'People',
    as: 'number',
    cell: ({ seen }) => ('people' in seen ? peopleOf(seen) : undefined),
  },
  {
    head: 'Allowed',
    as: 'number',
    cell: ({ seen }) => (seen.as === 'used' ? grouped(seen.allowed) : undefined),
  },
  {
    head: 'Denied',
    as: 'number',
    cell: ({ seen }) => ('denied' in seen ? grouped(seen.denied) : undefined),
  },
  { head: 'Details', cell: ({ seen }) => whereOf(seen) },
];

/** Every permission of a role with what was seen of it. */
export function permissionsTable({ role, permissions }: RoleReport): Html {
  return sortable<Permission>({
    id: `permissions-${role}`,
    caption: `Permissions of ${role}`,
    columns: PERMISSION_COLUMNS,
    rows: permissions,
    orders: ORDERS,
    ...{ most: MOST, file: 'permissions.csv' },
  });
}

const SEEN_ORDER: readonly Seen['as'][] = ['used', 'denied-only', 'not-seen', 'not-observable'];

const ORDERS: readonly Order<Permission>[] = [
  {
    head: 'Seen',
    direction: 'ascending',
    by: ({ seen, level }) => SEEN_ORDER.indexOf(seen.as) * 10 + powerOf(level),
  },
  { head: 'Permission', direction: 'ascending', by: ({ action }) => action },
  {
    head: 'Access level',
    direction: 'ascending',
    by: ({ level, seen }) => powerOf(level) * 10 + SEEN_ORDER.indexOf(seen.as),
  },
  { head: 'Last', direction: 'descending', by: ({ seen }) => lastOf(seen) ?? 0 },
  { head: 'Denied', direction: 'descending', by: ({ seen }) => ('denied' in seen ? seen.denied : 0) },
];

function powerOf(level: Permission['level']): number {
  return level === undefined ? LEVELS.length : LEVELS.indexOf(level);
}

/** Sessions that no elevation explains are nobody's of the file. */
function peopleOf({ people }: { readonly people: number }): string {
  return people === 0 ? 'unknown' : grouped(people);
}

function nameOf({ action, granted, conditional }: Permission): Content {
  const asides = [
    granted ? undefined : 'not granted now',
    conditional ? 'under conditions' : undefined,
  ].filter((aside) => aside !== undefined);
  const aside = asides.length > 0 ? html`<span class="aside below">${asides.join(', ')}</span>` : undefined;
  return [html`<code>${action}</code>`, aside];
}

function seenWords(seen: Seen): Content {
  switch (seen.as) {
    case 'used':
      return mark('good', '●', SEEN_WORDS.used);
    case 'denied-only':
      return mark('look', '◐', SEEN_WORDS['denied-only']);
    case 'not-seen':
      return mark('plain', '○', SEEN_WORDS['not-seen']);
    case 'not-observable':
      return mark('plain', '◌', SEEN_WORDS['not-observable']);
    default:
      return seen satisfies never;
  }
}

function lastOf(seen: Seen): Extract<Seen, { readonly as: 'used' }>['last'] | undefined {
  return 'last' in seen ? seen.last : undefined;
}

function whereOf(seen: Seen): Content {
  if (seen.as === 'not-observable')
    return html`<span class="aside">${NOT_OBSERVABLE_WORDS[seen.reason]}</span>`;
  if (seen.as !== 'used') return undefined;
  const left = seen.resources.length - MOST_RESOURCES;
  const shown = seen.resources
    .slice(0, MOST_RESOURCES)
    .map((resource) => html`<code>${typed(resource, 120)}</code> `);
  return [shown, left > 0 ? html`<span class="aside">and ${left} more</span>` : undefined];
}
