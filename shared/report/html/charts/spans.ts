/** A stretch of a chart, in percent of its width. */
export type Span = { readonly from: number; readonly until: number };

/** Nearer than this, two stretches look like one. */
const NEAR = 0.15;

/** Stretches put together where they touch or nearly do: as many as can be told apart, whatever there were. */
export function merged(spans: readonly Span[]): readonly Span[] {
  const whole: Span[] = [];
  for (const span of spans.toSorted((one, other) => one.from - other.from)) {
    const last = whole.at(-1);
    if (last !== undefined && span.from <= last.until + NEAR)
      whole[whole.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
    else whole.push(span);
  }
  return whole;
}
