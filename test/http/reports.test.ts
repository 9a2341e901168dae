import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { periodOfReport } from '../../shared/domain/report/order.ts';
import { manifestOf } from '../../shared/report/manifest.ts';
import { reportFile, reportOf } from '../adapters/contract/report-archive.ts';
import { byToken, type Hub, startHub } from './hub.ts';

const WEEK = { from: '2026-11-16T00:00:00Z', until: '2026-11-23T00:00:00Z' };
const ID = '20261116T0000Z-20261123T0000Z';
const AUDITOR = byToken('otto');

/** Who is who in the story: an admin and an auditor may read everything. */
const whoMay = async (hub: Hub) => {
  const people = ['david', 'ruth', 'ada', 'otto', 'nina'];
  const answers = people.map(async (name) => [
    name,
    (await hub.call(byToken(name), 'GET', '/reports')).status,
  ]);
  return Object.fromEntries(await Promise.all(answers));
};

async function withReport(): Promise<Hub> {
  const hub = startHub();
  const files = [reportFile('report.html'), reportFile('report.json')];
  const hashed = files.map(({ name, mediaType, body }) => ({ name, mediaType, sha256: sha256(body) }));
  await hub.archive.put(reportOf(1), [...files, manifestOf(periodOfReport(reportOf(1)), hashed)]);
  return hub;
}

test('admins and auditors alone have reports', async () => {
  expect(await whoMay(startHub())).toEqual({ david: 403, ruth: 403, ada: 200, otto: 200, nina: 403 });
});

describe('asking for a report', () => {
  test('is taken, and says where it will be', async () => {
    const hub = startHub();
    const { status, headers, body } = await hub.call(AUDITOR, 'POST', '/reports', { json: WEEK });
    expect([status, headers['Location']]).toEqual([202, `reports/${ID}`]);
    expect(body).toMatchObject({ id: ID, from: '2026-11-16T00:00:00.000Z' });
    expect(hub.ordered).toEqual([{ from: Date.parse(WEEK.from), until: Date.parse(WEEK.until) }]);
  });

  test.each([
    ['somebody who may not have it', 'david', WEEK, 403, 'not-an-auditor'],
    ['a time to come', 'otto', { ...WEEK, until: '2027-01-01T00:00:00Z' }, 422, 'invalid'],
    ['the end before the beginning', 'otto', { from: WEEK.until, until: WEEK.from }, 422, 'invalid'],
    ['a time that is none', 'otto', { ...WEEK, from: 'last week' }, 422, 'invalid'],
    ['a time without its zone', 'otto', { ...WEEK, from: '2026-11-16T00:00:00' }, 422, 'invalid'],
    ['no end', 'otto', { from: WEEK.from }, 422, 'invalid'],
    ['something more', 'otto', { ...WEEK, roles: ['update-app'] }, 422, 'invalid'],
  ])('is refused for %s, and nothing is begun', async (_title, person, json, status, code) => {
    const hub = startHub();
    const answer = await hub.call(byToken(person), 'POST', '/reports', { json });
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(hub.ordered).toEqual([]);
  });
});

describe('reading reports', () => {
  test('a list has each with its period', async () => {
    const hub = await withReport();
    const { body } = await hub.call(AUDITOR, 'GET', '/reports');
    expect(body).toEqual({
      reports: [{ id: reportOf(1), from: '2026-11-22T09:00:00.000Z', until: '2026-11-23T09:00:00.000Z' }],
    });
  });

  test('a report has its files with their hashes and links', async () => {
    const hub = await withReport();
    const { body } = await hub.call(AUDITOR, 'GET', `/reports/${reportOf(1)}`);
    expect(body).toMatchObject({
      id: reportOf(1),
      files: ['report.html', 'report.json'].map((name) => ({
        name,
        sha256: sha256(reportFile(name).body),
        link: expect.stringContaining(`/${reportOf(1)}/${name}`),
      })),
    });
  });

  test.each([
    ['one that is not there', ID],
    ['a name that is none', 'last-week'],
    ['a name with more', `${ID}%2F..%2F..`],
  ])('%s is not found', async (_title, id) => {
    const { status, body } = await (await withReport()).call(AUDITOR, 'GET', `/reports/${id}`);
    expect([status, body['code']]).toEqual([404, 'not-found']);
  });

  test('whoever may not have it learns nothing, be it there or not', async () => {
    const hub = await withReport();
    const answers = [reportOf(1), ID].map((id) => hub.call(byToken('david'), 'GET', `/reports/${id}`));
    const [there, notThere] = await Promise.all(answers);
    expect([there?.status, there?.text]).toEqual([403, notThere?.text]);
  });

  test('links are not logged', async () => {
    const hub = await withReport();
    await hub.call(AUDITOR, 'GET', `/reports/${reportOf(1)}`);
    expect(JSON.stringify(hub.logged)).not.toContain('reports.invalid');
  });
});
