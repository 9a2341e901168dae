import { type Instant, instant } from '../../../shared/domain/instant.ts';
import type { Subject } from '../../../shared/domain/subject.ts';
import type { Announcements, Progress, Taken } from '../../../shared/ports/announcements.ts';
import { NOW } from '../../domain/story.ts';
import { hash } from '../../domain/values.ts';
import { freshElevation, freshLinkSubject, second } from './subjects.ts';

const NOTHING: Progress = { logged: 0, sent: 0, messages: {} };

/** What was told of an elevation: one message posted, one only intended. */
export const TOLD: Progress = {
  logged: 2,
  sent: 1,
  messages: {
    card: { channel: 'C0RELEASES', intendedAt: NOW, ts: '1795510800.000100', shown: hash('c') },
    'direct:2': { channel: 'D0DAVID', intendedAt: second(1) },
  },
};

const END = second(75);
const AFTER_END = instant(END + 1);
const LATER = second(200);

/** What everything that remembers announcements must do. */
export function describeAnnouncements(name: string, make: () => Promise<Announcements>): void {
  describe(name, () => {
    let announcements: Announcements;
    beforeAll(async () => {
      announcements = await make();
    }, 60_000);
    describeLease(() => announcements);
    describeProgress(() => announcements);
    describeDue(() => announcements);
  });
}

function describeLease(announcements: () => Announcements): void {
  test.each([
    ['an elevation', freshElevation()],
    ['a Slack link', freshLinkSubject()],
  ])('%s of which nothing was told is taken, with nothing told', async (_what, subject) => {
    expect(await announcements().take(subject, NOW, END)).toEqual({
      subject,
      version: 1,
      until: END,
      progress: NOTHING,
    });
  });

  test('until its end nobody else takes a subject, and after it anybody, with what was told so far', async () => {
    const subject = freshElevation();
    await announcements().save(await taken(announcements(), subject), TOLD);
    expect(await announcements().take(subject, second(1), LATER)).toBeUndefined();
    expect(await announcements().take(subject, END, LATER)).toBeUndefined();
    expect(await announcements().take(subject, AFTER_END, LATER)).toMatchObject({
      until: LATER,
      progress: TOLD,
    });
  });

  test('what is given back is taken at once, by one', async () => {
    const subject = freshElevation();
    await announcements().release(await taken(announcements(), subject), undefined);
    expect(await announcements().take(subject, NOW, END)).toBeDefined();
    expect(await announcements().take(subject, NOW, END)).toBeUndefined();
  });

  test('of twenty at once one takes a new subject', async () => {
    const subject = freshElevation();
    expect(await atOnce(() => announcements().take(subject, NOW, END))).toHaveLength(1);
  });

  test('of twenty at once one takes a subject whose announcer died', async () => {
    const subject = freshElevation();
    await taken(announcements(), subject);
    expect(await atOnce(() => announcements().take(subject, AFTER_END, LATER))).toHaveLength(1);
  });
}

function describeProgress(announcements: () => Announcements): void {
  test('each write is the base of the next one', async () => {
    const subject = freshElevation();
    const first = await announcements().save(await taken(announcements(), subject), { ...TOLD, sent: 0 });
    const next = first && (await announcements().save(first, TOLD));
    expect(next).toEqual({ subject, version: 3, until: END, progress: TOLD });
    if (next !== undefined) await announcements().release(next, undefined);
    expect(await announcements().take(subject, NOW, END)).toMatchObject({ version: 5, progress: TOLD });
  });

  test('of twenty writes on one version one is written', async () => {
    const one = await taken(announcements(), freshElevation());
    expect(await atOnce(() => announcements().save(one, TOLD))).toHaveLength(1);
  });

  test('who was overtaken neither writes nor gives back', async () => {
    const subject = freshElevation();
    const slow = await taken(announcements(), subject);
    expect(await announcements().take(subject, AFTER_END, LATER)).toBeDefined();
    expect(await announcements().save(slow, TOLD)).toBeUndefined();
    await announcements().release(slow, undefined);
    expect(await announcements().take(subject, AFTER_END, LATER)).toBeUndefined();
    const next = instant(LATER + 1);
    expect(await announcements().take(subject, next, second(300))).toMatchObject({ progress: NOTHING });
  });

  test('what is done to an answer does not change what is kept', async () => {
    const subject = freshElevation();
    const saved = await announcements().save(await taken(announcements(), subject), structuredClone(TOLD));
    Object.assign(saved?.progress.messages['card'] ?? {}, { channel: 'another' });
    expect(await announcements().take(subject, AFTER_END, LATER)).toMatchObject({ progress: TOLD });
  });
}

function describeDue(announcements: () => Announcements): void {
  /** Lists hold what other tests have left behind, too. */
  const isDue = async (subject: Subject, now: Instant) =>
    (await announcements().due(now, 10_000)).some((one) => JSON.stringify(one) === JSON.stringify(subject));

  test('a subject that is taken is due once its time is over, should the announcer die', async () => {
    const subject = freshLinkSubject();
    const one = await taken(announcements(), subject);
    expect([await isDue(subject, END), await isDue(subject, AFTER_END)]).toEqual([false, true]);
    await announcements().save(one, TOLD);
    expect([await isDue(subject, END), await isDue(subject, AFTER_END)]).toEqual([false, true]);
  });

  test('a subject that is given back is due when it says, and not before', async () => {
    const subject = freshElevation();
    await announcements().release(await taken(announcements(), subject), LATER);
    expect([await isDue(subject, instant(LATER - 1)), await isDue(subject, LATER)]).toEqual([false, true]);
  });

  test('a subject of which everything was told is never due', async () => {
    const subject = freshElevation();
    const one = await taken(announcements(), subject);
    expect(await isDue(subject, LATER)).toBe(true);
    await announcements().release(one, undefined);
    expect(await isDue(subject, instant(8.64e15))).toBe(false);
  });

  test('those that have waited longest come first, and no more than were asked for', async () => {
    const subjects = [freshElevation(), freshLinkSubject(), freshElevation()];
    const times = [3, 1, 2].map(instant); // before everything else in these tests
    for (const [index, subject] of subjects.entries())
      await announcements().release(await taken(announcements(), subject), times[index]);
    const [latest, first, second] = subjects;
    expect(await announcements().due(instant(3), 5)).toEqual([first, second, latest]);
    expect(await announcements().due(NOW, 2)).toEqual([first, second]);
    expect(await announcements().due(instant(2), 5)).toEqual([first, second]);
  });
}

async function taken(announcements: Announcements, subject: Subject): Promise<Taken> {
  const one = await announcements.take(subject, NOW, END);
  if (one === undefined) throw new Error('Nobody else should have it.');
  return one;
}

/** The answers to twenty who ask at the same time, without those that are undefined. */
async function atOnce<T>(ask: () => Promise<T | undefined>): Promise<readonly T[]> {
  const answers = await Promise.all(Array.from({ length: 20 }, ask));
  return answers.filter((answer) => answer !== undefined);
}
