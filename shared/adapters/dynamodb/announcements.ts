import { formatInstant, type Instant, instant } from '../../domain/instant.ts';
import type { Subject } from '../../domain/subject.ts';
import type { Announcements, Progress, Taken } from '../../ports/announcements.ts';
import { type AnnouncementRecord, announcementIn, announcementItem } from './announcement-item.ts';
import { type Attributes, putIf, readItem, type Table, type WriteCondition } from './conditional-write.ts';
import { ANNOUNCEMENT_DUE, announcedAt, announcementKey } from './keys.ts';
import { queried } from './query.ts';

const NOTHING_TOLD: Progress = { logged: 0, sent: 0, messages: {} };

/**
 * Announcements in the table: one item a subject, and every write on the condition of the version that was seen.
 *
 * NB. A write whose answer is lost, and which the SDK repeats, finds its own record and counts as lost to another
 * announcer. So the subject waits for the end of its lease and is then taken again: later, and never twice at once.
 */
export function dynamoDbAnnouncements(table: Table): Announcements {
  const isWritten = async (subject: Subject, record: AnnouncementRecord, condition: WriteCondition) =>
    (await putIf(table, announcementItem(subject, record), condition)) === 'written';
  return {
    async take(subject, now, until) {
      const item = await readItem(table, announcementKey(subject));
      const seen = item && announcementIn(item, subject);
      if (seen?.until !== undefined && seen.until >= now) return undefined;
      const { version, progress } = seen ?? { version: 0, progress: NOTHING_TOLD };
      const taken: Taken = { subject, version: version + 1, until, progress };
      const condition = seen === undefined ? 'absent' : { version };
      return (await isWritten(subject, heldBy(taken), condition)) ? taken : undefined;
    },
    async save(taken, progress) {
      const next: Taken = { ...taken, version: taken.version + 1, progress };
      const { subject, version } = taken;
      return (await isWritten(subject, heldBy(next), { version })) ? next : undefined;
    },
    async release({ subject, version, progress }, dueAt) {
      const free = { version: version + 1, progress, ...(dueAt === undefined ? {} : { dueAt }) };
      await isWritten(subject, free, { version }); // where another has it by now, it is theirs to give back
    },
    due: (now, limit) => dueSubjects(table, now, limit),
  };
}

function heldBy({ version, until, progress }: Taken): AnnouncementRecord {
  return { version, until, dueAt: instant(until + 1), progress };
}

async function dueSubjects(table: Table, now: Instant, limit: number): Promise<readonly Subject[]> {
  const found = await queried(
    table,
    {
      IndexName: 'byState',
      KeyConditionExpression: 'gsiState = :due AND requestedAt <= :now',
      ProjectionExpression: 'pk, sk',
    },
    { ':due': ANNOUNCEMENT_DUE, ':now': formatInstant(now) },
    limit,
  );
  return found.map(subjectIn).filter((subject) => subject !== undefined);
}

function subjectIn({ pk, sk }: Attributes): Subject | undefined {
  return announcedAt({ pk: pk?.S ?? '', sk: sk?.S ?? '' });
}
