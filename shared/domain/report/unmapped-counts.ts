import type { Observation } from '../trail/observation.ts';
import type { Report } from './report.ts';

/** Counts the events that no IAM action is known for. */
export class UnmappedCounts {
  private readonly counts = new Map<string, Report['unmapped'][number]>();

  /** Counts an event, if it is one of them. */
  add({ mapping, source, name }: Observation): void {
    if (mapping !== 'unmapped') return;
    const key = `${source} ${name}`;
    this.counts.set(key, { source, name, count: (this.counts.get(key)?.count ?? 0) + 1 });
  }

  /** The events with their counts, by source and name. */
  entries(): Report['unmapped'] {
    return [...this.counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, counted]) => counted);
  }
}
