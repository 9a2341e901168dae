import type { DataEventSelectors } from '../../domain/report/observable.ts';
import type { Recorded } from './selectors.ts';

/** What all selectors of all trails record together. */
export function recordedTogether(all: readonly Recorded[]): DataEventSelectors {
  const data = new Map(all.flatMap((one) => one.data).map((entry) => [JSON.stringify(entry), entry]));
  return { ...managementOf(all), data: [...data.values()] };
}

/**
 * NB. A source that one trail leaves out is there if another, which records as much, has it: only between those that
 * record both kinds of events can that be told, and elsewhere it counts as left out.
 */
function managementOf(all: readonly Recorded[]): Pick<DataEventSelectors, 'management' | 'excludedSources'> {
  const whole = all.filter(({ management }) => management === 'all');
  if (whole.length > 0) return { management: 'all', excludedSources: inEach(whole) };
  const parts = all.filter(({ management }) => management !== 'none');
  const kinds = new Set(parts.map(({ management }) => management));
  const [only = 'none'] = kinds;
  const excludedSources = [...new Set(parts.flatMap((part) => part.excludedSources))];
  return { management: kinds.size > 1 ? 'all' : only, excludedSources };
}

function inEach([first, ...rest]: readonly Recorded[]): readonly string[] {
  return (first?.excludedSources ?? []).filter((source) =>
    rest.every(({ excludedSources }) => excludedSources.includes(source)),
  );
}
