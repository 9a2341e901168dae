import type { Gap, Report } from '../../domain/report/report.ts';
import { GAP_WORDS } from '../finding-words.ts';
import { mark, nothing, section, time } from './common.ts';
import { type Content, type Html, html } from './html.ts';
import { plainTable } from './plain-table.ts';

/** Time for which the trail cannot vouch, and records for which nobody can. */
export function gaps({ gaps: lines, damaged = [] }: Report): Html {
  const whole = nothing('The trail has come for all accounts and all hours of the period.');
  return section(
    'gaps',
    'Gaps in the trail',
    lines.length === 0 ? whole : gapsTable(lines),
    damaged.length === 0 ? undefined : damagedTable(damaged),
  );
}

/** Says before everything else that the trail has gaps, where it has. */
export function blindness({ gaps: lines }: Report): Html | undefined {
  if (lines.length === 0) return undefined;
  return html`<aside class="alarm-box" aria-label="The trail has gaps"><p><strong>This report does not see everything.</strong> The trail has gaps, so some things can be called neither used nor unused. <a href="#gaps">See the gaps</a></p></aside>`;
}

function gapsTable(lines: readonly Gap[]): Html {
  return html`<div class="alarm-box"><p><strong>This report does not see everything.</strong> Where the trail has a gap, nothing is called unused, and nothing can be said not to have happened.</p></div>
${plainTable(
  'Accounts and hours for which the trail cannot vouch',
  ['Account', 'Region', 'From', 'Until', 'What is missing', 'Roles'],
  lines.map(gapRow),
)}`;
}

function gapRow({ account, region, kind, from, until, roles }: Gap): readonly Content[] {
  return [
    account,
    region ?? 'all',
    time(from) ?? 'start of the period',
    time(until) ?? 'end of the period',
    mark('look', '◆', GAP_WORDS[kind]),
    roles.length === 0 ? 'none' : roles.join(', '),
  ];
}

function damagedTable(damaged: NonNullable<Report['damaged']>): Html {
  return html`<h3>Damaged records</h3>
<p>The records of these elevations are not as they were sealed. Nothing else is said of them, and nothing is called unused in their roles.</p>
${plainTable(
  'Elevations whose record is damaged',
  ['Elevation'],
  damaged.map((id) => [html`<code class="id">${id}</code>`]),
)}`;
}
