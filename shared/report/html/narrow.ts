import { ELEVATION_COLUMNS } from './elevations.ts';
import { CHANGE_COLUMNS, FINDING_COLUMNS, STANDING_COLUMNS } from './findings.ts';
import { PERMISSION_COLUMNS } from './permissions.ts';

const HEADS = {
  elevations: ELEVATION_COLUMNS,
  permissions: PERMISSION_COLUMNS,
  'out-of-band': FINDING_COLUMNS,
  'standing-access': STANDING_COLUMNS,
  changes: CHANGE_COLUMNS,
} as const;

/** Each cell with the name of its column, for those who see it; the heads are there for those who hear it. */
const NAMES = Object.entries(HEADS).flatMap(([kind, columns]) =>
  columns.map(
    ({ head }, index) =>
      `.${kind} td:nth-child(${index + 1})::before{content:"${head}";content:"${head}" / ""}`,
  ),
);

/** On a narrow screen a row is a card of its own, so that nothing of it lies beyond the edge. */
export const NARROW = `
@media screen and (max-width:40rem){
.sortable thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.sortable tbody,.sortable tr,.sortable td{display:block}
.sortable tr{border-bottom:1px solid var(--line);padding:.55rem 0}
.sortable tbody tr:last-child{border-bottom:0}
.sortable td{position:relative;border:0;padding:.12rem .8rem .12rem 7rem;text-align:left;white-space:normal;overflow-wrap:anywhere}
.sortable td.name,.sortable td:has(bdi):not(.name),.sortable td:has(.mark):not(.name){min-width:0}
.sortable td:empty{display:none}
.sortable td::before{position:absolute;left:.8rem;width:5.9rem;color:var(--soft)}
.sortable td .name,.sortable td .id,.sortable td.name code{white-space:normal}
.sortable td .aside{display:inline}
${NAMES.join('\n')}
}
`;
