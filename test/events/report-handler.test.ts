import type { SQSEvent } from 'aws-lambda';
import { periodNamed, weekBefore } from '../../shared/domain/report/order.ts';
import type { Period } from '../../shared/domain/report/report.ts';
import { reportHandler } from '../../shared/events/report-handler.ts';
import { NOW } from '../domain/story.ts';

const WEEK = weekBefore(NOW);
const ID = '20261116T0000Z-20261123T0000Z';

function start({ due, fails = false }: { readonly due?: Period; readonly fails?: boolean } = {}) {
  const made: Period[] = [];
  const handle = reportHandler({
    async makeReport(period) {
      if (fails) throw new Error('The table does not answer.');
      made.push(period);
    },
    duePeriod: async () => due,
    periodOfMessage: periodNamed,
    log: () => undefined,
  });
  return { made, handle };
}

const batch = (...bodies: readonly string[]) =>
  ({ Records: bodies.map((body, n) => ({ messageId: `m-${n}`, body })) }) as SQSEvent;

test('the schedule makes the report that is due, and nothing where none is', async () => {
  const due = start({ due: WEEK });
  await due.handle({ source: 'aws.events' });
  expect(due.made).toEqual([WEEK]);
  const none = start();
  await none.handle({ source: 'aws.events' });
  expect(none.made).toEqual([]);
});

test('a schedule whose report fails throws, so that it is tried again', async () => {
  await expect(start({ due: WEEK, fails: true }).handle({ source: 'aws.events' })).rejects.toThrow();
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
