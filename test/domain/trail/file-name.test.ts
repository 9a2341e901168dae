import { parseTrailKey } from '../../../shared/domain/trail/file-name.ts';

const LOG =
  'AWSLogs/111122223333/CloudTrail/us-east-2/2026/11/24/111122223333_CloudTrail_us-east-2_20261124T0210Z_Mu0KsOhtH1ar15ZZ.json.gz';
const DIGEST =
  'AWSLogs/111122223333/CloudTrail-Digest/us-east-2/2026/11/24/111122223333_CloudTrail-Digest_us-east-2_my_trail.1_us-east-2_20261124T150131Z.json.gz';
const of = (kind: string, at: string) => ({
  account: '111122223333',
  region: 'us-east-2',
  kind,
  at: Date.parse(at),
});

// Names: "CloudTrail log file examples" and "CloudTrail digest file structure" in the CloudTrail User Guide.
test.each([
  ['a log file', LOG, of('log', '2026-11-24T02:10:00Z')],
  ['one under a prefix', `security/a b/${LOG}`, of('log', '2026-11-24T02:10:00Z')],
  [
    'one of an organization',
    LOG.replace('AWSLogs/', 'AWSLogs/o-exampleorgid/'),
    of('log', '2026-11-24T02:10:00Z'),
  ],
  ['a digest', DIGEST, of('digest', '2026-11-24T15:01:31Z')],
  [
    'a digest that was made afterwards',
    DIGEST.replace('Z.json.gz', 'Z_backfill.json.gz'),
    of('digest', '2026-11-24T15:01:31Z'),
  ],
  ['Insights', LOG.replaceAll('CloudTrail', 'CloudTrail-Insight'), of('insight', '2026-11-24T02:10:00Z')],
])('the key of %s says for what it speaks', (_, key, said) => {
  expect(parseTrailKey(key)).toEqual(said);
});

test.each([
  ['another product’s', LOG.replaceAll('CloudTrail', 'CloudTrail-Other')],
  ['nobody’s folder', LOG.replace('AWSLogs/', 'Logs/')],
  ['another account’s name', LOG.replace('/111122223333_', '/999999999999_')],
  ['another Region’s name', LOG.replace('_us-east-2_', '_us-east-1_')],
  ['a time that is none', LOG.replace('20261124T0210', '20261324T0210')],
  ['a file that is not packed', LOG.replace('.gz', '')],
  ['something behind it', `${LOG}.tmp`],
  ['a key longer than S3 has', `${'a/'.repeat(500)}${LOG}`],
  ['a digest with another ending', DIGEST.replace('Z.json.gz', 'Z_copy.json.gz')],
  ['an inventory', 'AWSLogs/111122223333/'],
])('%s is no file of a trail', (_, key) => {
  expect(parseTrailKey(key)).toBeUndefined();
});
