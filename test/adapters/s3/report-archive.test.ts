import { s3ReportArchive } from '../../../shared/adapters/s3/report-archive.ts';
import { describeReportArchive, reportFile, reportOf } from '../contract/report-archive.ts';
import {
  type Answer,
  type Call,
  type ScriptedEndpoint,
  startEndpoint,
  towards,
} from '../secrets/scripted-endpoint.ts';

const BUCKET = 'drawbridge-test-reports';

const before = { ...process.env };
let endpoint: ScriptedEndpoint;
let objects: Map<string, string>;
beforeEach(async () => {
  endpoint = await startEndpoint();
  objects = new Map();
  process.env = { ...before, ...towards('S3', endpoint.url) };
  endpoint.answer(bucket);
});
afterEach(async () => {
  process.env = before;
  await endpoint.stop();
});

/** S3 as its API reference says of GetObject, PutObject and ListObjectsV2 with a delimiter; two folders a page. */
function bucket({ method, path, body }: Call): Answer {
  const url = new URL(path, 'http://s3.invalid');
  if (url.searchParams.get('list-type') === '2') return { body: listing(url.searchParams) };
  const key = url.pathname;
  if (method === 'PUT') {
    objects.set(key, body);
    return {};
  }
  const text = objects.get(key);
  const missing = '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>';
  return text === undefined ? { status: 404, body: missing } : { body: text };
}

function listing(query: URLSearchParams): string {
  const folders = [...objects.keys()].map((key) => `reports/${key.split('/')[3]}/`);
  const names = [...new Set(folders)].toSorted((one, other) => (one < other ? -1 : 1));
  const start = Number(query.get('continuation-token') ?? 0);
  const page = names.slice(start, start + 2);
  const more = start + 2 < names.length;
  const prefixes = page.map((name) => `<CommonPrefixes><Prefix>${name}</Prefix></CommonPrefixes>`).join('');
  const token = more ? `<NextContinuationToken>${start + 2}</NextContinuationToken>` : '';
  return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${token}${prefixes}</ListBucketResult>`;
}

describeReportArchive('in S3', () => s3ReportArchive(BUCKET));

test('files are objects in a folder of the report, put in their order and with their media type', async () => {
  const files = ['report.html', 'manifest.json'].map((name) => reportFile(name));
  await s3ReportArchive(BUCKET).put(reportOf(1), files);
  const folder = `/${BUCKET}/reports/${reportOf(1)}`;
  expect([...objects.keys()]).toEqual([`${folder}/report.html`, `${folder}/manifest.json`]);
  expect(endpoint.calls.map(({ headers }) => headers['content-type'])).toEqual([
    'text/html; charset=utf-8',
    'application/json',
  ]);
});

test('what is in the folders and is no report is not listed', async () => {
  objects.set(`/${BUCKET}/reports/notes/x.txt`, 'x');
  expect(await s3ReportArchive(BUCKET).list()).toEqual([]);
});

test('a link is signed for one file and ends when it was said to', async () => {
  const links = await s3ReportArchive(BUCKET).linksTo(reportOf(1), ['report.html'], 300);
  const url = new URL(String(links['report.html']));
  expect(url.pathname).toBe(`/${BUCKET}/reports/${reportOf(1)}/report.html`);
  expect(url.searchParams.get('X-Amz-Expires')).toBe('300');
  expect(url.searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
  expect(endpoint.calls).toEqual([]);
});

test('any other refusal of S3 is thrown', async () => {
  endpoint.answer(() => ({ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }));
  await expect(s3ReportArchive(BUCKET).read(reportOf(1), 'report.html')).rejects.toThrow();
});
