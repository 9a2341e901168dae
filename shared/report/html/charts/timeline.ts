import { type ScaleTime, scaleUtc } from 'd3-scale';
import { symbol, symbolTriangle } from 'd3-shape';
import { type Instant, instant } from '../../../domain/instant.ts';
import type { Report } from '../../../domain/report/report.ts';
import { counted, dayWords, timeWords } from '../../words.ts';
import { type Html, html } from '../html.ts';
import { merged, type Span } from './spans.ts';

const MOST_LANES = 12;
const LANE = 38;
const AXIS = 24;
const LAST_TICK = 92;
const DAY_MS = 24 * 60 * 60 * 1000;
const TRIANGLE = symbol(symbolTriangle, 60)() ?? '';

/** A role with when it was lent, and when something did not go as agreed. */
type Lane = {
  readonly name: string;
  readonly used: readonly Span[];
  readonly unused: readonly Span[];
  readonly marks: readonly number[];
};

/** When roles were lent, a lane each; bars are filled where the elevation was used. */
export function timeline(report: Report): Html | undefined {
  const x = scaleUtc([report.period.from, report.period.until], [0, 100]).clamp(true);
  const all = lanesOf(report, (at) => x(at));
  if (all.length === 0) return undefined;
  const lanes = all.slice(0, MOST_LANES);
  const height = lanes.length * LANE + AXIS;
  return html`<figure class="chart">
<figcaption><h3>When roles were lent</h3><p>A bar is an elevation’s window, a triangle something that did not go as agreed. Times are UTC.</p></figcaption>
<ul class="legend">
<li><svg class="key" aria-hidden="true"><rect class="used" width="100%" height="100%"/></svg>Lent and used</li>
<li><svg class="key" aria-hidden="true"><rect class="idle" x="1" y="1" width="90%" height="80%"/></svg>Lent, never used</li>
<li><svg class="key" aria-hidden="true"><path class="alarm" d="${TRIANGLE}" transform="translate(7 8)"/></svg>Out of band</li>
</ul>
<svg class="timeline" role="img" aria-labelledby="timeline-title" aria-describedby="timeline-words" height="${height}">
<title id="timeline-title">When roles were lent</title>
<desc id="timeline-words">${lanes.map(wordsOf).join(' ')}</desc>
${ticks(x, height)}
${lanes.map(laneOf)}
</svg>
${all.length > MOST_LANES ? html`<p class="note">The ${MOST_LANES} roles that were lent most; ${counted(all.length - MOST_LANES, 'more')}.</p>` : undefined}
</figure>`;
}

function lanesOf(report: Report, x: (at: Instant) => number): readonly Lane[] {
  const { from, until } = report.period;
  return report.roles
    .map(({ role, elevations }) => {
      const lent = report.elevations.filter((line) => line.role === role);
      const spans = (wasUsed: boolean) =>
        merged(
          lent.flatMap(({ window, lastUse }) =>
            window === undefined ||
            (lastUse !== undefined) !== wasUsed ||
            window.from >= until ||
            window.until <= from
              ? []
              : [{ from: x(window.from), until: x(window.until) }],
          ),
        );
      const strange = report.outOfBand.filter((finding) => finding.role === role);
      const marks = [...new Set(strange.map(({ at }) => Math.round(x(at) * 4) / 4))];
      return { name: role, elevations, used: spans(true), unused: spans(false), marks };
    })
    .filter(({ used, unused, marks }) => used.length + unused.length + marks.length > 0)
    .toSorted((one, other) => other.elevations - one.elevations);
}

function laneOf({ name, used, unused, marks }: Lane, index: number): Html {
  const y = index * LANE;
  return html`<g>
<text class="lane" x="0" y="${y + 13}">${name}</text>
<rect class="track" y="${y + 18}" width="100%" height="12" rx="2"/>
${unused.map((span) => bar(span, 'idle', y + 19, 10))}${used.map((span) => bar(span, 'used', y + 18, 12))}
${marks.map((at) => html`<svg x="${at}%" y="${y + 24}" overflow="visible"><path class="alarm" d="${TRIANGLE}"/></svg>`)}
</g>`;
}

function bar({ from, until }: Span, kind: 'used' | 'idle', y: number, height: number): Html {
  return html`<rect class="${kind}" x="${from.toFixed(2)}%" y="${y}" width="${Math.max(until - from, 0.35).toFixed(2)}%" height="${height}" rx="1.5"/>`;
}

/** Days at their beginning; none so near the end that its words would not fit. */
function ticks(x: ScaleTime<number, number>, height: number): readonly Html[] {
  const days = x.ticks(6).map((tick) => instant(tick.getTime()));
  return days
    .filter((at) => x(at) < LAST_TICK)
    .map((at) => {
      const place = x(at).toFixed(2);
      return html`<line class="tick" x1="${place}%" x2="${place}%" y1="0" y2="${height - 16}"/>
<text class="tick-words" x="${place}%" y="${height - 4}">${tickWords(x, at)}</text>`;
    });
}

/** The day, or within a day the hour. */
function tickWords(x: ScaleTime<number, number>, at: Instant): string {
  const [from = 0, until = 0] = x.domain().map((end) => end.getTime());
  return until - from > 2 * DAY_MS ? dayWords(at).slice(0, -5) : timeWords(at).slice(-5);
}

function wordsOf({ name, used, unused, marks }: Lane): string {
  const strange = marks.length > 0 ? `, ${counted(marks.length, 'mark')} out of band` : '';
  return `${name}: ${counted(used.length, 'time')} lent and used, ${counted(unused.length, 'time')} lent and never used${strange}.`;
}
