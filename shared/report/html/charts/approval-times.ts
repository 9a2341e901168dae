import { scaleBand, scaleLinear } from 'd3-scale';
import type { Report } from '../../../domain/report/report.ts';
import { counted, grouped, withinWords } from '../../words.ts';
import { type Html, html } from '../html.ts';

const MINUTE_MS = 60_000;
const BINS = [
  { name: '< 1 min', below: MINUTE_MS },
  { name: '1–5 min', below: 5 * MINUTE_MS },
  { name: '5–15 min', below: 15 * MINUTE_MS },
  { name: '15–60 min', below: 60 * MINUTE_MS },
  { name: '1–4 h', below: 240 * MINUTE_MS },
  { name: '> 4 h', below: Number.POSITIVE_INFINITY },
] as const;
const HEIGHT = 130;
const FLOOR = 108;

/** How long people waited for approvals. */
export function approvalTimes(report: Report): Html | undefined {
  const counts = countsIn(report);
  const most = Math.max(...counts);
  if (most === 0) return undefined;
  const band = scaleBand(
    BINS.map(({ name }) => name),
    [0, 100],
  ).paddingInner(0.2);
  const y = scaleLinear([0, most], [FLOOR, 20]);
  const words = BINS.map(({ name }, index) => `${name}: ${grouped(counts[index] ?? 0)}`).join('; ');
  return html`<figure class="chart">
<figcaption><h3>Time to approve</h3><p>${captionOf(report)}</p></figcaption>
<svg class="columns" role="img" aria-labelledby="approval-title" aria-describedby="approval-words" height="${HEIGHT}">
<title id="approval-title">Time to approve</title>
<desc id="approval-words">Elevations by how long they waited. ${words}.</desc>
${BINS.map(({ name }, index) => column({ name, count: counts[index] ?? 0 }, band(name) ?? 0, band.bandwidth(), y))}
</svg>
</figure>`;
}

function column(
  { name, count }: { readonly name: string; readonly count: number },
  x: number,
  width: number,
  y: (count: number) => number,
): Html {
  const middle = (x + width / 2).toFixed(2);
  const top = y(count);
  return html`<rect class="${count > 0 ? 'used' : 'track'}" x="${x.toFixed(2)}%" y="${count > 0 ? top.toFixed(1) : FLOOR - 1}" width="${width.toFixed(2)}%" height="${count > 0 ? (FLOOR - top).toFixed(1) : 1}" rx="2"/>
<text class="column-count" x="${middle}%" y="${(top - 5).toFixed(1)}" text-anchor="middle">${count > 0 ? grouped(count) : ''}</text>
<text class="tick-words" x="${middle}%" y="${HEIGHT - 6}" text-anchor="middle">${name}</text>`;
}

/** NB. A window runs from the approval that opened it, so its beginning says when that was. */
function countsIn({ elevations, period }: Report): readonly number[] {
  const waits = elevations.flatMap(({ window, approvedBy, requestedAt }) =>
    window === undefined || approvedBy.length === 0 || requestedAt < period.from
      ? []
      : [window.from - requestedAt],
  );
  const counts = BINS.map(() => 0);
  for (const wait of waits) {
    const bin = BINS.findIndex(({ below }) => wait < below);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

function captionOf({ totals: { timeToApprove: waited } }: Report): string {
  if (waited === undefined) return 'From asking to the approval that opened the window.';
  if (waited.count === 1) return `One elevation needed an approval, and got it ${withinWords(waited.p50)}.`;
  return `Of ${counted(waited.count, 'elevation')}, half were approved ${withinWords(waited.p50)} and 95 % ${withinWords(waited.p95)}.`;
}
