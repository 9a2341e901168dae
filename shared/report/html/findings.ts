import type { ChangeLine, FindingLine, Report, RoleReport } from '../../domain/report/report.ts';
import { FINDING_WORDS } from '../finding-words.ts';
import { mark, nothing, section, time } from './common.ts';
import { type Content, type Html, html, typed } from './html.ts';
import { type Column, sortable } from './sortable.ts';

const MOST = 300;

/** What is shown of a finding. */
export const FINDING_COLUMNS: readonly Column<FindingLine>[] = [
  { head: 'Time', as: 'name', cell: ({ at }) => time(at) },
  { head: 'What', cell: ({ code }) => mark('act', '▲', FINDING_WORDS[code]) },
  { head: 'Role', cell: roleOf },
  { head: 'Who', cell: ({ actor }) => actor && html`<code>${typed(actor)}</code>` },
  { head: 'Details', cell: findingDetails },
];

/** What did not come through Drawbridge, or went on after its end. */
export function outOfBand({ outOfBand: findings }: Report): Html {
  if (findings.length === 0)
    return section(
      'out-of-band',
      'Round the side',
      nothing('Nothing was seen that did not come through Drawbridge.'),
    );
  const table = sortable<FindingLine>({
    id: 'out-of-band',
    caption: 'What did not come through Drawbridge, or went on after it should have ended',
    columns: FINDING_COLUMNS,
    rows: findings,
    orders: [
      { head: 'Time', direction: 'descending', by: ({ at }) => at },
      { head: 'What', direction: 'ascending', by: ({ code }) => FINDING_WORDS[code] },
      { head: 'Role', direction: 'ascending', by: ({ role, about }) => role ?? about },
      { head: 'Who', direction: 'ascending', by: ({ actor }) => actor ?? '' },
    ],
    ...{ most: MOST, file: 'out-of-band.csv' },
  });
  return section('out-of-band', 'Round the side', table);
}

function roleOf({ role, about }: FindingLine): Html {
  return role === undefined ? html`<code>${about}</code>` : html`<span class="name">${role}</span>`;
}

function findingDetails({ detail, elevation, eventId }: FindingLine): Content {
  const of = elevation && html` <span class="aside">Elevation <code>${elevation}</code></span>`;
  const event = eventId && html` <span class="aside">Event <code>${typed(eventId, 80)}</code></span>`;
  return [typed(detail, 400), of, event];
}

type Standing = RoleReport['standing'][number] & { readonly role: string };

/** What is shown of standing access. */
export const STANDING_COLUMNS: readonly Column<Standing>[] = [
  { head: 'Role', as: 'name', cell: ({ role }) => role },
  {
    head: 'Principal',
    cell: ({ principal, kind }) =>
      kind === 'anybody' ? mark('act', '▲', 'Anybody') : html`<code>${principal}</code>`,
  },
  { head: 'Kind', cell: ({ kind }) => KINDS[kind] },
  {
    head: 'Condition',
    cell: ({ condition }) => (condition === undefined ? mark('act', '▲', 'None') : typed(condition)),
  },
];

/** Who can come to a role without Drawbridge. */
export function standingAccess({ roles }: Report): Html {
  const rows = roles.flatMap(({ role, standing }) => standing.map((one) => ({ ...one, role })));
  if (rows.length === 0)
    return section(
      'standing',
      'Standing access',
      nothing('The roles that could be read trust Drawbridge alone.'),
    );
  const table = sortable<Standing>({
    id: 'standing',
    caption: 'Principals besides Drawbridge that a role trusts',
    columns: STANDING_COLUMNS,
    rows,
    orders: [
      { head: 'Role', direction: 'ascending', by: ({ role }) => role },
      { head: 'Principal', direction: 'ascending', by: ({ principal }) => principal },
      { head: 'Condition', direction: 'ascending', by: ({ condition }) => condition ?? '' },
    ],
    ...{ most: MOST, file: 'standing-access.csv' },
  });
  return section('standing', 'Standing access', table);
}

const KINDS: Readonly<Record<Standing['kind'], string>> = {
  aws: 'AWS account, user or role',
  service: 'AWS service',
  federated: 'Identity provider',
  anybody: 'Everybody with an AWS account',
};

/** What is shown of a change. */
export const CHANGE_COLUMNS: readonly Column<ChangeLine>[] = [
  { head: 'Time', as: 'name', cell: ({ at }) => time(at) },
  { head: 'Of', cell: (change) => html`<code>${subjectOf(change)}</code>` },
  {
    head: 'Change',
    cell: (change) => (change.of === 'access-file' ? 'access file: version first seen' : typed(change.what)),
  },
  {
    head: 'By',
    cell: (change) => (change.of === 'access-file' ? undefined : html`<code>${typed(change.by)}</code>`),
  },
  {
    head: 'Outcome',
    cell: (change) => (change.of === 'access-file' ? undefined : OUTCOMES[change.outcome]),
  },
];

/** Changes to roles, their policies and the access file. */
export function changes({ changes: lines }: Report): Html {
  if (lines.length === 0)
    return section(
      'changes',
      'Changes',
      nothing('No change to a role of the catalog or to the access file was seen.'),
    );
  const table = sortable<ChangeLine>({
    id: 'changes',
    caption: 'Changes to roles, managed policies and the access file',
    columns: CHANGE_COLUMNS,
    rows: lines,
    orders: [
      { head: 'Time', direction: 'descending', by: ({ at }) => at },
      { head: 'Of', direction: 'ascending', by: subjectOf },
      { head: 'By', direction: 'ascending', by: (change) => (change.of === 'access-file' ? '' : change.by) },
    ],
    ...{ most: MOST, file: 'changes.csv' },
  });
  return section('changes', 'Changes', table);
}

function subjectOf(change: ChangeLine): string {
  return change.of === 'access-file' ? change.version.slice(0, 16) : change.about;
}

const OUTCOMES = { allowed: 'Done', denied: 'Denied', unknown: 'Not decided' } as const;
