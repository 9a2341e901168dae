import { memoryReportArchive } from '../../shared/adapters/memory/report-archive.ts';
import { dueReport } from '../../shared/app/due-report.ts';
import { tellOfReport } from '../../shared/app/tell-of-report.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { reportIdOf } from '../../shared/domain/report/order.ts';
import type { Messenger } from '../../shared/ports/messenger.ts';
import { reportOf } from '../domain/report/world.ts';
import { at } from '../domain/values.ts';

/** The week that is over, and the moment from which the trail vouches for it. */
const WEEK = { from: at('2026-11-16T00:00:00Z'), until: at('2026-11-23T00:00:00Z') };
const VOUCHED = at('2026-11-23T04:00:00Z');
const MANIFEST = { name: 'manifest.json', mediaType: 'application/json', body: '{}' };

function start() {
  const archive = memoryReportArchive();
  const due = (now: Instant = VOUCHED, tells = true) => dueReport({ archive, clock: () => now, tells });
  const store = () => archive.put(reportIdOf(WEEK), [MANIFEST]);
  const tell = (post: Messenger['post']) =>
    tellOfReport(
      {
        ...{ archive, channel: 'C1', summaryOf: () => ({ text: 'A summary', blocks: [] }) },
        messenger: {
          ...{ find: async () => ({ value: undefined }), post },
          ...{ update: async () => ({ value: 'updated' }), directChannel: async () => ({ value: 'D1' }) },
        },
      },
      reportOf([], [], { period: WEEK }),
    );
  return { archive, due, store, tell };
}

test('the report on last week is due as soon as the trail vouches for its last hour', async () => {
  const { due } = start();
  expect(await due()).toEqual({ period: WEEK, todo: 'make' });
  expect((await due(instant(VOUCHED - 1)))?.period.until).toBe(WEEK.from);
});

test('one that is there is to be told of until that was done, also where Slack failed at first', async () => {
  const { due, store, tell } = start();
  await store();
  await expect(tell(async () => ({ failed: 'ratelimited' }))).rejects.toThrow('ratelimited');
  expect(await due()).toEqual({ period: WEEK, todo: 'tell' });
  await tell(async () => ({ value: '1.0' }));
  expect(await due()).toBeUndefined();
});

test('where nobody is told of reports, one that is there is done with', async () => {
  const { due, store } = start();
  await store();
  expect(await due(VOUCHED, false)).toBeUndefined();
});
