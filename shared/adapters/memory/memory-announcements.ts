import { canonicalJson } from '../../domain/canonical-json.ts';
import { type Instant, instant } from '../../domain/instant.ts';
import type { Subject } from '../../domain/subject.ts';
import type { Announcements, Progress } from '../../ports/announcements.ts';

type Kept = {
  readonly subject: Subject;
  readonly version: number;
  readonly until?: Instant;
  readonly dueAt?: Instant;
  readonly progress: Progress;
};

/** Remembers in memory what was told, for tests; held to the same suite as the table. */
export function memoryAnnouncements(): Announcements {
  const kept = new Map<string, Kept>();
  const keep = (one: Kept) => kept.set(canonicalJson(one.subject), structuredClone(one));
  const isVersion = (subject: Subject, version: number) =>
    kept.get(canonicalJson(subject))?.version === version;
  const hold = (one: Kept & { readonly until: Instant }) => {
    keep({ ...one, dueAt: instant(one.until + 1) });
    return one;
  };
  return {
    async take(subject, now, until) {
      const seen = kept.get(canonicalJson(subject));
      if (seen?.until !== undefined && seen.until >= now) return undefined;
      const { version, progress } = structuredClone(seen) ?? { version: 0, progress: NOTHING_TOLD };
      return hold({ subject, version: version + 1, until, progress });
    },
    async save(taken, progress) {
      if (!isVersion(taken.subject, taken.version)) return undefined;
      return hold({ ...taken, version: taken.version + 1, progress });
    },
    async release({ subject, version, progress }, dueAt) {
      if (!isVersion(subject, version)) return;
      keep({ subject, version: version + 1, progress, ...(dueAt === undefined ? {} : { dueAt }) });
    },
    async due(now, limit) {
      const due = [...kept.values()].filter(({ dueAt }) => dueAt !== undefined && dueAt <= now);
      return due
        .toSorted((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0))
        .slice(0, limit)
        .map(({ subject }) => subject);
    },
  };
}

const NOTHING_TOLD: Progress = { logged: 0, sent: 0, messages: {} };
