import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import * as z from 'zod';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { instant } from '../../shared/domain/instant.ts';
import { periodOfReport, reportIdOf, weekBefore } from '../../shared/domain/report/order.ts';
import type { Permission, RoleReport } from '../../shared/domain/report/report.ts';
import { calls, issued, linesOf, type Reported, reported, startAudited } from './audit.ts';
import { approved, byToken, pending, told } from './elevation.ts';
import { does, later, lent } from './telling.ts';

jest.setTimeout(120_000); // they are many steps, on machines that may have other work

const HOUR = 3_600_000;

let sandbox: Sandbox;
let log: readonly string[];
let startedAt: number;
let report: Reported;
beforeAll(async () => {
  ({ sandbox, log } = await startAudited());
  startedAt = sandbox.now();
  await lived();
  await hoursLater(5);
  report = await reported(sandbox, story());
});
afterAll(() => sandbox.stop());

const at = (time: number) => new Date(time).toISOString();

/** The hours in which the story was played. */
const story = () => ({
  from: at(Math.floor(startedAt / HOUR) * HOUR),
  until: at((Math.floor(startedAt / HOUR) + 3) * HOUR),
});

/** What several people do, and what becomes of it. */
async function lived(): Promise<void> {
  const id = await approved(sandbox);
  const session = calls(sandbox, await issued(sandbox, id));
  await session.listBuckets();
  await session.write('productionapp', 'index.html', 'release 2');
  await session.read('payroll', '2026-11.csv');
  await does(sandbox, 'ruth', 'denial', await pending(sandbox));
  await does(sandbox, 'david', 'withdrawal', await pending(sandbox));
  await does(sandbox, 'david', 'return', await approved(sandbox));
  await does(sandbox, 'rob', 'revocation', await approved(sandbox));
  await lent(sandbox); // and nothing is done with it
  await issued(sandbox, await lentToTess(), 'tess'); // nor with these credentials
  const david = await byToken(sandbox, 'david', 0);
  const own = await pending(sandbox); // and it lapses
  expect((await david('POST', `/elevations/${own}/approval`)).status).toBe(403);
}

async function lentToTess(): Promise<string> {
  const tess = await byToken(sandbox, 'tess');
  const ask = { role: 'read-billing', duration: '30m', reason: 'Monthly costs' };
  const { id } = told(await tess('POST', '/elevations', ask));
  if (id === undefined) throw new Error('Tess could not ask.');
  return id;
}

async function hoursLater(hours: number): Promise<void> {
  for (let passed = 0; passed < hours; passed += 1) {
    await sandbox.deliverTrail();
    await later(sandbox, 60);
  }
  await sandbox.deliverTrail();
}

function roleOf(name: string, { json } = report): RoleReport {
  const role = json.roles.find((one) => one.role === name);
  if (role === undefined) throw new Error(`The report says nothing of ${name}.`);
  return role;
}

test('it counts what was done: who asked, what became of it, and what was called', () => {
  const { timeToApprove, ...totals } = report.json.totals;
  expect(totals).toEqual({
    ...{
      asked: 8,
      approved: 5,
      denied: 1,
      lapsed: 1,
      withdrawn: 1,
      returned: 1,
      revoked: 1,
      cut: 0,
      waiting: 0,
    },
    decidedBy: [{ person: 'ruth', approved: 3, denied: 1 }],
    selfApprovalAttempts: 1,
    breakGlass: { used: 0, reviewed: 0 },
    ...{ approvedNeverUsed: 4, sessions: 2, sessionsNeverUsed: 1, people: 2 },
    events: { allowed: 2, denied: 1, unknown: 0 },
  });
  expect(timeToApprove).toMatchObject({ count: 3 });
  expect(report.json.outOfBand).toEqual([]);
});

test('it names what update-app may do and nobody needed, and proposes what is left', () => {
  const { permissions, narrower } = roleOf('update-app');
  const seen = permissions.map(({ action, seen: { as } }: Permission) => `${action} ${as}`);
  expect(seen).toEqual([
    's3:DeleteObject not-seen',
    's3:GetBucketLocation not-seen',
    's3:GetObject denied-only',
    's3:ListAllMyBuckets used',
    's3:ListBucket not-seen',
    's3:PutObject used',
  ]);
  expect(
    narrower?.policy.Statement.toSorted((a, b) => a.Action.join().localeCompare(b.Action.join())),
  ).toEqual([
    { Effect: 'Allow', Action: ['s3:ListAllMyBuckets'], Resource: ['*'] },
    { Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::productionapp/*'] },
  ]);
  expect(narrower?.proof).toEqual({ events: 2, matched: 2 });
});

test('its files are what their hashes say, and report.json keeps to the published schema', () => {
  expect(report.files.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['report.html', 'elevations.csv']),
  );
  for (const { name, sha256, text } of report.files) {
    expect([name, createHash('sha256').update(text).digest('hex')]).toEqual([name, sha256]);
  }
  const published: Parameters<typeof z.fromJSONSchema>[0] = JSON.parse(
    readFileSync('docs/report.schema.json', 'utf8'),
  );
  const json = report.files.find(({ name }) => name === 'report.json')?.text ?? '';
  expect(z.fromJSONSchema(published).safeParse(JSON.parse(json)).error).toBeUndefined();
});

describe('by the API', () => {
  test.each(['david', 'ruth', 'tess'])(
    '%s, who is no auditor, can neither make nor see reports',
    async (person) => {
      const visitor = await byToken(sandbox, person, 0);
      const answers = [
        await visitor('POST', '/reports', story()),
        await visitor('GET', '/reports'),
        await visitor('GET', `/reports/${report.id}`),
      ];
      for (const answer of answers)
        expect(told(answer)).toMatchObject({ status: 403, code: 'not-an-auditor' });
    },
  );

  test('an auditor and an admin see the list and the report', async () => {
    for (const person of ['ada', 'omar']) {
      const visitor = await byToken(sandbox, person, 0);
      expect((await visitor('GET', '/reports')).body).toEqual({
        reports: expect.arrayContaining([expect.objectContaining({ id: report.id })]),
      });
      expect((await visitor('GET', `/reports/${report.id}`)).status).toBe(200);
    }
  });

  test('a report that is not there is not found', async () => {
    const ada = await byToken(sandbox, 'ada', 0);
    const never = '20200106T0000Z-20200113T0000Z';
    expect(told(await ada('GET', `/reports/${never}`))).toMatchObject({ status: 404, code: 'not-found' });
  });

  test('links end after five minutes', async () => {
    const ada = await byToken(sandbox, 'ada', 0);
    const { body } = await ada('GET', `/reports/${report.id}`);
    const { link } = Object(body).files[0];
    expect((await fetch(link)).status).toBe(200);
    await later(sandbox, 6);
    expect((await fetch(link)).status).toBe(403);
  });
});

test('made again, with nothing new, it is the same to the byte, and Slack has one summary', async () => {
  expect((await reported(sandbox, story())).files).toEqual(report.files);
  expect(madeOf({ from: Date.parse(story().from), until: Date.parse(story().until) })).toBe(2);
  expect(summariesOf(report.id)).toHaveLength(1);
});

test('by the schedule, the report of last week is made once, and told', async () => {
  await hoursLater(2);
  const moments = [startedAt + HOUR, sandbox.now()]; // a week can end between them
  const due = moments.map((now) => reportIdOf(weekBefore(instant(now - 4 * HOUR))));
  for (const id of new Set(due)) {
    expect([id, madeOf(periodOfReport(id))]).toEqual([id, 1]);
    expect(summariesOf(id)).toHaveLength(1);
  }
});

test('while Slack is down the report is stored all the same, and its summary comes when Slack is back', async () => {
  sandbox.slack.fail({ method: '*', times: 1000, with: { kind: 'unavailable' } });
  const { id } = await reported(sandbox, 1);
  expect(linesOf(log, 'report-failed')).toEqual([
    expect.objectContaining({ reason: expect.stringContaining('Slack') }),
  ]);
  expect(summariesOf(id)).toEqual([]);
  sandbox.slack.recover();
  await later(sandbox, 91); // the queue’s visibility timeout
  expect(summariesOf(id)).toHaveLength(1);
});

test('what comes late reopens the book: the next report names the elevation', async () => {
  await later(sandbox, 1);
  const from = minuteOf(sandbox.now());
  const id = await approved(sandbox);
  await calls(sandbox, await issued(sandbox, id)).write('productionapp', 'index.html', 'release 3');
  await later(sandbox, 2);
  const until = minuteOf(sandbox.now());
  const first = await reported(sandbox, { from, until }); // of the issue the hub has heard, of the rest it has not
  expect(first.json.elevations.map((line) => [line.id, line.usageEvents])).toEqual([[id, 1]]);
  await sandbox.deliverTrail();
  await later(sandbox, 2);
  const next = await reported(sandbox, { from: until, until: minuteOf(sandbox.now()) });
  expect(next.json.reopened).toEqual([{ elevation: id, events: 2, before: 1 }]);
});

const minuteOf = (time: number) => at(Math.floor(time / 60_000) * 60_000);

/** How often the report on a time was made. */
function madeOf({ from, until }: { readonly from: number; readonly until: number }): number {
  return linesOf(log, 'report-made').filter((line) => line['from'] === from && line['until'] === until)
    .length;
}

function summariesOf(id: string) {
  return sandbox.slack
    .messages('C0REQUESTS')
    .filter(({ metadata }) => metadata?.event_payload['report'] === id);
}
