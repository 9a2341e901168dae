import { formatSeconds, type Instant, instant } from '../instant.ts';

/** A stretch of time. */
export type Span = { readonly from: Instant; readonly until: Instant };

const HOUR = 3_600_000;

/** The spans with one more, which does not begin before the last of them: what touches is one span. */
export function withSpan(spans: readonly Span[], span: Span): readonly Span[] {
  const last = spans.at(-1);
  if (last === undefined || span.from > last.until) return [...spans, span];
  return [...spans.slice(0, -1), { from: last.from, until: instant(Math.max(last.until, span.until)) }];
}

/** What of the period no span covers; the spans in the order of their beginnings. */
export function uncovered(spans: readonly Span[], period: Span): readonly Span[] {
  const gaps: Span[] = [];
  let until = period.from;
  for (const span of spans) {
    if (span.from > until) gaps.push({ from: until, until: instant(Math.min(span.from, period.until)) });
    until = instant(Math.max(until, span.until));
  }
  if (until < period.until) gaps.push({ from: until, until: period.until });
  return gaps.filter((gap) => gap.from < gap.until);
}

/** The hours of the clock in which some of the spans lie, as RFC 3339 times of their beginnings. */
export function hoursOf(spans: readonly Span[]): readonly string[] {
  const hours = new Set<number>();
  for (const { from, until } of spans) {
    for (let hour = Math.floor(from / HOUR); hour * HOUR < until; hour += 1) hours.add(hour);
  }
  return [...hours].sort((one, other) => one - other).map((hour) => formatSeconds(instant(hour * HOUR)));
}
