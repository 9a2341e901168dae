import type { Gap, Period, Report } from '../../domain/report/report.ts';
import { blindSpots, openGaps } from '../blind-spots.ts';
import { GAP_WORDS, OPEN_GAP_WORDS } from '../finding-words.ts';
import { mark, nothing, section, time } from './common.ts';
import { type Content, type Html, html } from './html.ts';
import { plainTable } from './plain-table.ts';

/** Time for which the trail cannot vouch, and records for which nobody can. */
export function gaps({ gaps: lines, damaged = [], period }: Report): Html {
  const whole = nothing('The trail has come for all accounts and all hours of the period.');
  return section(
    'gaps',
    'Gaps in the trail',
    lines.length === 0 ? whole : gapsTable(lines, period),
    damaged.length === 0 ? undefined : damagedTable(damaged),
  );
}

/** Says before everything else what the report cannot see, and which of its claims that touches. */
export function blindness(report: Report): Html | undefined {
  const spots = blindSpots(report);
  if (spots.length === 0) return openEnd(report);
  return html`<aside class="alarm-box" aria-label="What the report does not see"><p><strong>This report does not see everything.</strong></p><ul>${spots.map((spot) => html`<li>${spot}</li>`)}</ul><p><a href="#gaps">See the gaps</a></p></aside>`;
}

function openEnd({ gaps: lines, period }: Report): Html | undefined {
  if (openGaps(lines, period).length === 0) return undefined;
  return html`<aside class="calm-box" aria-label="The last hours"><p>${OPEN_GAP_WORDS} <a href="#gaps">See the gaps</a></p></aside>`;
}

function gapsTable(lines: readonly Gap[], period: Period): Html {
  const open = openGaps(lines, period);
  return plainTable(
    'Accounts and hours for which the trail cannot vouch',
    ['Account', 'Region', 'From', 'Until', 'What is missing', 'Roles'],
    lines.map((gap) => gapRow(gap, open.includes(gap))),
  );
}

function gapRow({ account, region, kind, from, until, roles }: Gap, isOpen: boolean): readonly Content[] {
  return [
    account,
    region ?? 'all',
    time(from) ?? 'start of the period',
    time(until) ?? 'end of the period',
    isOpen ? mark('plain', '◇', OPEN_GAP_WORDS) : mark('look', '◆', GAP_WORDS[kind]),
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
