import fc from 'fast-check';
import { memoryAuditLogOrder, memoryLogStorage } from '../../shared/adapters/memory/memory-audit-log.ts';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { appendToLog } from '../../shared/app/append-to-log.ts';
import { auditLogOf } from '../../shared/app/audit-log-of.ts';
import { firstBreak } from '../../shared/domain/log-entry.ts';
import type { SubjectEvent } from '../../shared/domain/subject.ts';
import type { AuditLogOrder, AuditLogStorage } from '../../shared/ports/audit-log.ts';
import { asked, requestFor } from '../domain/record.ts';
import { type Crashing, type CrashPlan, crashing, untilDone } from './crash.ts';

const [LINK] = asked(requestFor(1)).history;

function event(n: number): SubjectEvent {
  if (LINK === undefined) throw new Error('A request has an event.');
  return { subject: { kind: 'elevation', id: requestFor(1).id }, n, event: LINK.event };
}

/** A log whose halves are kept over crashes; each call is one step of the schedule. */
function logOver(scheduler?: fc.Scheduler) {
  const [order, storage] = [memoryAuditLogOrder(), memoryLogStorage()];
  const stepwise = <T extends object>(port: T): T => {
    if (scheduler === undefined) return port;
    return new Proxy(port, {
      get(target, name, receiver) {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== 'function') return member;
        return async (...words: unknown[]) => {
          await scheduler.schedule(Promise.resolve(), String(name));
          return Reflect.apply(member, target, words) as unknown;
        };
      },
    });
  };
  return {
    storage,
    append: (said: SubjectEvent, plan?: Crashing) =>
      appendToLog(
        auditLogOf(
          crashing<AuditLogOrder>(stepwise(order), plan),
          crashing<AuditLogStorage>(stepwise(storage), plan),
        ),
        sha256,
        said,
      ),
  };
}

const order = ({ storage }: ReturnType<typeof logOver>) => storage.entries().map(({ said }) => said.n);

test('events are in the log in the order in which they are appended, in one chain', async () => {
  const log = logOver();
  for (const n of [1, 2, 3]) await log.append(event(n));
  expect(order(log)).toEqual([1, 2, 3]);
  expect(firstBreak(log.storage.entries(), sha256)).toBeUndefined();
});

test('an event that is appended again is there once, whatever came after it', async () => {
  const log = logOver();
  for (const n of [1, 2, 1, 3, 2, 1]) await log.append(event(n));
  expect(order(log)).toEqual([1, 2, 3]);
});

const plan = fc.record<CrashPlan>({
  calls: fc.integer({ min: 1, max: 7 }),
  when: fc.constantFrom('before', 'after'),
});
const announcer = fc.record({
  events: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
  crashes: fc.array(plan, { maxLength: 4 }),
});

test('exactly_once: whoever crashes where, and whoever else appends meanwhile, no event is lost or doubled', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(announcer, { minLength: 1, maxLength: 4 }),
      async (scheduler, announcers) => {
        const log = logOver(scheduler);
        const running = announcers.map(async ({ events, crashes }) => {
          for (const n of events) await untilDone(crashes, (next) => log.append(event(n), next));
        });
        await scheduler.waitFor(Promise.all(running));
        const wanted = new Set(announcers.flatMap(({ events }) => events));
        expect(new Set(order(log))).toEqual(wanted);
        expect(order(log)).toHaveLength(wanted.size);
        expect(firstBreak(log.storage.entries(), sha256)).toBeUndefined();
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);
