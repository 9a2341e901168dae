import { scaleLinear } from 'd3-scale';
import type { Permission, Report, RoleReport } from '../../../domain/report/report.ts';
import { counted, grouped, percent } from '../../words.ts';
import { type Html, html } from '../html.ts';

/** The ways in which a granted permission was seen, with the words of the legend. */
export const SEEN_WORDS = {
  used: 'Used',
  'denied-only': 'Denied only',
  'not-observable': 'Not observable',
  'not-seen': 'Not seen',
} as const satisfies Readonly<Record<Permission['seen']['as'], string>>;

const SEEN = ['used', 'denied-only', 'not-observable', 'not-seen'] as const;
const MOST_ROLES = 12;

/** Granted against used: a bar for each role, told apart by pattern and words and not by colour alone. */
export function permissionBars({ roles }: Report): Html | undefined {
  const known = roles.filter(({ permissions }) => permissions.some(({ granted }) => granted));
  if (known.length === 0) return undefined;
  const shown = known.toSorted((one, other) => unseen(other) - unseen(one)).slice(0, MOST_ROLES);
  const left = known.length - shown.length;
  return html`<figure class="chart">
<figcaption><h3>Granted and used</h3><p>What each role grants, by whether anybody used it.</p></figcaption>
<ul class="legend">${SEEN.map((as) => html`<li><svg class="key" aria-hidden="true"><rect class="${as}" width="100%" height="100%"/></svg>${SEEN_WORDS[as]}</li>`)}</ul>
<ul class="bars">${shown.map(barOf)}</ul>
${left > 0 ? html`<p class="note">${counted(left, 'more role')} with fewer unused permissions: see below.</p>` : undefined}
</figure>`;
}

function barOf(role: RoleReport): Html {
  const counts = countsOf(role);
  const total = SEEN.reduce((sum, as) => sum + counts[as], 0);
  const words = SEEN.filter((as) => counts[as] > 0).map(
    (as) => `${grouped(counts[as])} ${SEEN_WORDS[as].toLowerCase()}`,
  );
  const title = `${role.role} grants ${counted(total, 'permission')}: ${words.join(', ')}.`;
  return html`<li>
<span class="bar-name">${role.role}</span>
<svg class="bar" role="img" aria-label="${title}"><title>${title}</title>${segments(counts, total)}</svg>
<span class="bar-words">${percent(counts.used, total)} used <span class="aside">of ${grouped(total)}</span></span>
</li>`;
}

function segments(
  counts: Readonly<Record<Permission['seen']['as'], number>>,
  total: number,
): readonly Html[] {
  const share = scaleLinear([0, total], [0, 100]);
  let begin = 0;
  return SEEN.filter((as) => counts[as] > 0).map((as) => {
    const x = share(begin);
    begin += counts[as];
    return html`<rect class="${as}" x="${x.toFixed(2)}%" width="${(share(begin) - x).toFixed(2)}%" height="100%"/>`;
  });
}

/** How many granted permissions of a role were seen in which way. */
export function countsOf({ permissions }: RoleReport): Readonly<Record<Permission['seen']['as'], number>> {
  const counts = { used: 0, 'denied-only': 0, 'not-observable': 0, 'not-seen': 0 };
  for (const { granted, seen } of permissions) if (granted) counts[seen.as] += 1;
  return counts;
}

function unseen(role: RoleReport): number {
  return countsOf(role)['not-seen'];
}
