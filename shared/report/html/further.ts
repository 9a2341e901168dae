import type { Report } from '../../domain/report/report.ts';
import { counted, grouped } from '../words.ts';
import { section } from './common.ts';
import { type Html, html, typed } from './html.ts';
import { plainTable } from './plain-table.ts';

/** Who decided, which events have no action, and what came late. */
export function further(report: Report): Html {
  return section('further', 'Further', deciders(report), unmapped(report), reopened(report));
}

function deciders({ totals: { decidedBy } }: Report): Html | undefined {
  if (decidedBy.length === 0) return undefined;
  return html`<h3>Who decided</h3>${plainTable(
    'Approvers and how often they decided',
    ['Person', 'Approved', 'Denied'],
    decidedBy.map(({ person, approved, denied }) => [person, grouped(approved), grouped(denied)]),
  )}`;
}

function unmapped({ unmapped: events }: Report): Html | undefined {
  if (events.length === 0) return undefined;
  return html`<h3>Events without a known action</h3>
<p>No IAM action is known for these ${counted(events.length, 'kind')} of events. They are counted and never guessed: what they needed may look unused.</p>
${plainTable(
  'Events without a known action',
  ['Source', 'Event', 'Count'],
  events.map(({ source, name, count }) => [typed(source, 80), typed(name, 80), grouped(count)]),
)}`;
}

function reopened({ reopened: elevations }: Report): Html | undefined {
  if (elevations.length === 0) return undefined;
  return html`<h3>Came after the report before</h3>${plainTable(
    'Elevations of the report before for which more events have come',
    ['Elevation', 'Events', 'Before'],
    elevations.map(({ elevation, events, before }) => [
      html`<code class="id">${elevation}</code>`,
      grouped(events),
      grouped(before),
    ]),
  )}`;
}
