import { announce } from '../../shared/app/announce.ts';
import { decideElevation } from '../../shared/app/decide-elevation.ts';
import { sweep } from '../../shared/app/sweep.ts';
import type { ElevationId } from '../../shared/domain/elevation-id.ts';
import type { Subject } from '../../shared/domain/subject.ts';
import { caller } from '../domain/story.ts';
import { testAnnouncer } from './announcer.ts';
import { asked, granted } from './broker.ts';
import { crashing, untilDone } from './crash.ts';

const MINUTE = 60_000;

type Bench = ReturnType<typeof testAnnouncer>;

const subject = (id: ElevationId): Subject => ({ kind: 'elevation', id });
const logged = ({ storage }: Bench) => storage.entries().map(({ said }) => said.event.type);
const sent = (at: Bench) => at.sent.map(({ event }) => event.type);
const shown = ({ slack }: Bench) => slack.messages.map(({ content }) => content.text);

async function approve(at: Bench, id: ElevationId) {
  granted(await decideElevation(at, id, { type: 'approve', by: caller('ruth') }));
}

async function swept(at: Bench): Promise<readonly Subject[]> {
  const due: Subject[] = [];
  const queue = { add: async (one: Subject) => void due.push(one) };
  await sweep({ announcements: at.announcer.announcements, clock: at.clock, queue });
  return due;
}

test('what is untold is told once to the log, the bus and people, however often it is announced', async () => {
  const at = testAnnouncer();
  const id = await asked(at);
  expect(await announce(at.announcer, subject(id))).toBe('told');
  expect(await announce(at.announcer, subject(id))).toBe('told');
  await approve(at, id);
  expect(await announce(at.announcer, subject(id))).toBe('told');
  expect(logged(at)).toEqual(['requested', 'approved']);
  expect(sent(at)).toEqual(['requested', 'approved']);
  expect(shown(at)).toEqual(['approved', 'You: approved']);
});

test('several events at once are told in their order', async () => {
  const at = testAnnouncer();
  const id = await asked(at);
  await approve(at, id);
  await announce(at.announcer, subject(id));
  expect(logged(at)).toEqual(['requested', 'approved']);
});

test('while one announcer has a subject another is told so; when it dies the subject is due after its lease', async () => {
  const at = testAnnouncer();
  const id = await asked(at);
  await new Promise<void>((resolve) => {
    const send = () => {
      resolve();
      return new Promise<never>(() => undefined); // the process ends here
    };
    void announce({ ...at.announcer, bus: { send } }, subject(id));
  });
  expect(await announce(at.announcer, subject(id))).toBe('busy');
  at.wait(75_000);
  expect(await swept(at)).toEqual([]);
  at.wait(1);
  expect(await swept(at)).toEqual([subject(id)]);
  expect(await announce(at.announcer, subject(id))).toBe('told');
  expect(logged(at)).toEqual(['requested']);
});

test.each([
  ['the bus', 'event-bus'],
  ['the log', 'audit-log'],
] as const)('where %s fails the others are told, and it is an error until it is told', async (_, place) => {
  const at = testAnnouncer();
  const id = await asked(at);
  const fail = async () => {
    throw new Error('No answer.');
  };
  const broken =
    place === 'event-bus'
      ? { bus: { send: fail } }
      : { auditLog: { ...at.announcer.auditLog, advance: fail } };
  await expect(announce({ ...at.announcer, ...broken }, subject(id))).rejects.toThrow(
    /was not told: No answer/,
  );
  expect([logged(at).length, sent(at).length]).toEqual(place === 'event-bus' ? [1, 0] : [0, 1]);
  expect(shown(at)).toHaveLength(2);
  at.wait(10 * MINUTE);
  expect(await swept(at)).toEqual([]); // whoever has called tries again
  expect(await announce(at.announcer, subject(id))).toBe('told');
  expect([logged(at), sent(at)]).toEqual([['requested'], ['requested']]);
});

test('what Slack does not take is tried again when it has waited as long again, at most a quarter of an hour', async () => {
  const at = testAnnouncer();
  const id = await asked(at);
  const minutes: number[] = [];
  for (let minute = 0; minute <= 60; minute++) {
    if (minute === 0 || (await swept(at)).length > 0) {
      at.slack.trouble({ kind: 'refused', failed: 'not_in_channel' }, 'C0CARDS');
      expect(await announce(at.announcer, subject(id))).toBe('later');
      minutes.push(minute);
    }
    at.wait(MINUTE);
  }
  expect(minutes).toEqual([0, 1, 2, 4, 8, 16, 31, 46]);
});

test('where Slack asks to wait, the subject is due when it says, and log and bus do not wait', async () => {
  const at = testAnnouncer();
  const id = await asked(at);
  at.slack.trouble({ kind: 'refused', failed: 'ratelimited', retryAfterSeconds: 7 });
  expect(await announce(at.announcer, subject(id))).toBe('later');
  expect([logged(at), sent(at)]).toEqual([['requested'], ['requested']]);
  at.wait(6_000);
  await approve(at, id); // something that happens meanwhile is logged, and Slack is left alone
  const calls = at.slack.calls.length;
  expect(await announce(at.announcer, subject(id))).toBe('later');
  expect(logged(at)).toEqual(['requested', 'approved']);
  expect(at.slack.calls).toHaveLength(calls);
  at.wait(999);
  expect(await swept(at)).toEqual([]);
  at.wait(1);
  expect(await swept(at)).toEqual([subject(id)]);
  expect(await announce(at.announcer, subject(id))).toBe('told');
  expect(shown(at)).toEqual(['You: approved', 'approved']);
});

test('a waiting request is due at its reminders and after its lapse, an approved one after its end, and then no more', async () => {
  const at = testAnnouncer();
  const id = await asked(at);
  await announce(at.announcer, subject(id));
  const due: number[] = [];
  for (let minute = 0; minute <= 180; minute++) {
    if ((await swept(at)).length > 0) {
      due.push(minute);
      await announce(at.announcer, subject(id));
    }
    at.wait(MINUTE);
  }
  expect(due).toEqual([15, 45, 105, 121]);
});

test('a record that does not match its seal is told to nobody, and is an error each time, not due', async () => {
  const at = testAnnouncer();
  const id = await asked(at);
  const forged = { ...at.announcer, seal: { ...at.announcer.seal, verify: async () => false } };
  await expect(announce(forged, subject(id))).rejects.toThrow(/does not match its seal/);
  expect([logged(at), sent(at), shown(at)]).toEqual([[], [], []]);
  at.wait(10 * MINUTE);
  expect(await swept(at)).toEqual([]);
});

test.each(['an earlier state', 'nothing', 'an earlier state that has gone on since'])(
  'a record that was put back to %s is noticed',
  async (state) => {
    const at = testAnnouncer();
    const id = await asked(at);
    const earlier = await at.store.read(id);
    await approve(at, id);
    await announce(at.announcer, subject(id));
    const forked = testAnnouncer();
    const same = await asked(forked);
    granted(await decideElevation(forked, same, { type: 'deny', by: caller('ruth') }));
    const found =
      { 'an earlier state': earlier, nothing: undefined }[state] ?? (await forked.store.read(same));
    const read = async () => (state === 'nothing' ? undefined : found);
    const rolledBack = { ...at.announcer, store: { ...at.store, read } };
    expect(same).toBe(id);
    await expect(announce(rolledBack, subject(id))).rejects.toThrow(/not what the audit log has of it/);
    expect(at.logged.join('\n')).toContain('record-rolled-back');
  },
);

test('a subject that is not there, and never was, is nothing to tell', async () => {
  const at = testAnnouncer();
  const id = await asked(at);
  const empty = { ...at.announcer, store: { ...at.store, read: async () => undefined } };
  expect(await announce(empty, subject(id))).toBe('told');
});

test('crash_anywhere_and_run_again: each event is in the log once, on the bus at least once, and each message is there once', async () => {
  for (let calls = 1; calls <= 40; calls++) {
    for (const when of ['before', 'after'] as const) {
      const at = testAnnouncer();
      const id = await asked(at);
      await approve(at, id);
      await untilDone([{ calls, when }], async (plan) => {
        at.wait(76_000); // a lease that a crash has left has ended
        const { slack, ...rest } = at.announcer;
        if (slack === undefined) throw new Error('The test has Slack.');
        return announce(
          {
            ...rest,
            announcements: crashing(rest.announcements, plan),
            auditLog: crashing(rest.auditLog, plan),
            bus: crashing(rest.bus, plan),
            slack: { ...slack, messenger: crashing(slack.messenger, plan) },
          },
          subject(id),
        );
      });
      at.wait(76_000);
      expect(await announce(at.announcer, subject(id))).toBe('told');
      expect(logged(at)).toEqual(['requested', 'approved']);
      expect(new Set(sent(at))).toEqual(new Set(['requested', 'approved']));
      expect(shown(at)).toEqual(['approved', 'You: approved']);
    }
  }
});
