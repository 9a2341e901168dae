import { memoryReportArchive } from '../../shared/adapters/memory/report-archive.ts';
import { memoryUsage } from '../../shared/adapters/memory/usage-store.ts';
import { makeReport } from '../../shared/app/make-report.ts';
import { minutes } from '../../shared/domain/duration.ts';
import { after as later } from '../../shared/domain/instant.ts';
import { ALL_RECORDED, CATALOGUE, COMPLETE, PERIOD, seen } from '../domain/report/world.ts';
import { testBroker } from './broker.ts';

const TARGET = '999999999999';
const HUB = '222222222222';
const MANAGEMENT = '444444444444';

/** The findings of a week in which a trail of an account was changed, or before it, or since. */
async function findingsWhere(account: string, when = later(PERIOD.from, minutes(60))) {
  const usage = memoryUsage();
  const arn = `arn:aws:cloudtrail:us-east-1:${account}:trail/main`;
  const observation = seen('change', when, {
    ...{ account, source: 'cloudtrail.amazonaws.com', name: 'StopLogging', actor: { type: 'Root' } },
    changed: { of: 'trail', arn, what: 'trail' },
  });
  await usage.keep([{ under: { kind: 'trail', account }, observation }]);
  const { outOfBand, roles } = await makeReport(
    {
      ...testBroker(),
      ...{ usage, catalogue: CATALOGUE, clock: () => COMPLETE, archive: memoryReportArchive() },
      ...{ filesOf: () => [], parseReport: () => undefined },
      roles: {
        policiesOf: async () => ({ unknown: 'Not read.' }),
        selectorsOf: async () => ({ value: { ...ALL_RECORDED, trailAccounts: [MANAGEMENT] } }),
      },
    },
    PERIOD,
  );
  expect(roles.length).toBeGreaterThan(1);
  return outOfBand.map(({ code, about }) => `${code} ${about}`);
}

test.each([
  ['the account of a role', TARGET],
  ['the hub', HUB],
  ['the account that the trail of the organization belongs to', MANAGEMENT],
])('a report says that a trail of %s was changed, once for all roles', async (_, account) => {
  expect(await findingsWhere(account)).toEqual([
    `trail-changed arn:aws:cloudtrail:us-east-1:${account}:trail/main`,
  ]);
});

test('a trail of an account that has nothing to do with the roles is not its matter', async () => {
  expect(await findingsWhere('555555555555')).toEqual([]);
});
