import * as z from 'zod/mini';
import { formatInstant, type Instant } from '../../domain/instant.ts';
import type { Subject } from '../../domain/subject.ts';
import type { Progress } from '../../ports/announcements.ts';
import type { Attributes, Item } from './conditional-write.ts';
import { ANNOUNCEMENT_DUE, announcementKey } from './keys.ts';
import { damaged, readExactly, StoredHash, StoredOrdinal, StoredTime } from './stored-values.ts';

/** How far the telling of a subject has come, who has it until when, and when it is due. */
export type AnnouncementRecord = {
  readonly version: number;
  /** To the end of this millisecond one announcer has it; nobody has where it is absent. */
  readonly until?: Instant;
  readonly dueAt?: Instant;
  readonly progress: Progress;
};

/** The record as an item; the index byState finds it while something is due. */
export function announcementItem(subject: Subject, record: AnnouncementRecord): Item {
  const { dueAt } = record;
  return {
    ...announcementKey(subject),
    ...record,
    ...(dueAt === undefined ? {} : { gsiState: ANNOUNCEMENT_DUE, requestedAt: formatInstant(dueAt) }),
  };
}

/** The record of an item. Throws where the item was changed by hand: a false progress would tell everything twice. */
export function announcementIn(found: Attributes, subject: Subject): AnnouncementRecord {
  const record = readExactly<AnnouncementRecord>(found, StoredAnnouncement, (said) =>
    announcementItem(subject, said),
  );
  if (record === undefined) throw damaged(announcementKey(subject), ADVICE);
  return record;
}

const ADVICE =
  'Put it back as it was, from a backup of the table; or delete it, and all messages of this subject are posted again.';

const StoredCount = z.int().check(z.minimum(0));

const StoredMessage = z.strictObject({
  channel: z.string(),
  intendedAt: StoredTime,
  ts: z.exactOptional(z.string()),
  shown: z.exactOptional(StoredHash),
});

const StoredAnnouncement = z.object({
  version: StoredOrdinal,
  until: z.exactOptional(StoredTime),
  dueAt: z.exactOptional(StoredTime),
  progress: z.strictObject({
    logged: StoredCount,
    lastLogged: z.exactOptional(StoredHash),
    quietUntil: z.exactOptional(StoredTime),
    sent: StoredCount,
    messages: z.record(z.string(), StoredMessage),
  }),
});
