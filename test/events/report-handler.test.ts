import type { SQSEvent } from 'aws-lambda';
import type { DueReport } from '../../shared/app/due-report.ts';
import { periodNamed, weekBefore } from '../../shared/domain/report/order.ts';
import type { Period } from '../../shared/domain/report/report.ts';
import { reportHandler } from '../../shared/events/report-handler.ts';
import { NOW } from '../domain/story.ts';

const WEEK = weekBefore(NOW);
const ID = '20261116T0000Z-20261123T0000Z';

function start({ due, fails = false }: { readonly due?: DueReport; readonly fails?: boolean } = {}) {
  const made: Period[] = [];
  const told: Period[] = [];
  const handle = reportHandler({
    async makeReport(period) {
      if (fails) throw new Error('The table does not answer.');
      made.push(period);
    },
    async tellOfReport(period) {
      told.push(period);
    },
    dueReport: async () => due,
    periodOfMessage: periodNamed,
    log: () => undefined,
  });
  return { made, told, handle };
}

const batch = (...bodies: readonly string[]) =>
  ({ Records: bodies.map((body, n) => ({ messageId: `m-${n}`, body })) }) as SQSEvent;

test('the schedule makes the report that is due, and nothing where none is', async () => {
  const due = start({ due: { period: WEEK, todo: 'make' } });
  await due.handle({ source: 'aws.events' });
  expect([due.made, due.told]).toEqual([[WEEK], []]);
  const none = start();
  await none.handle({ source: 'aws.events' });
  expect(none.made).toEqual([]);
});

test('the schedule tells of a report that is there and that nobody was told of', async () => {
  const { made, told, handle } = start({ due: { period: WEEK, todo: 'tell' } });
  await handle({ source: 'aws.events' });
  expect([made, told]).toEqual([[], [WEEK]]);
});

test('a schedule whose report fails throws, so that it is tried again', async () => {
  const due = { period: WEEK, todo: 'make' } as const;
  await expect(start({ due, fails: true }).handle({ source: 'aws.events' })).rejects.toThrow();
});

test('a message makes its report', async () => {
  const { made, handle } = start();
  expect(await handle(batch(ID))).toEqual({ batchItemFailures: [] });
  expect(made).toEqual([WEEK]);
});

test('a message whose report fails, or that names none, stays in the queue', async () => {
  const failed = { batchItemFailures: [{ itemIdentifier: 'm-0' }] };
  expect(await start({ fails: true }).handle(batch(ID))).toEqual(failed);
  expect(await start().handle(batch('last week'))).toEqual(failed);
});
