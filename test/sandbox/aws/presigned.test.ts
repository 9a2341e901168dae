import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../../sandbox/aws/aws.ts';
import { Sha256 } from '../../../sandbox/client/sha256.ts';
import { assume, DAVID, issuer, type Story, startStory, updateApp } from './story.ts';

let story: Story;
beforeEach(async () => {
  story = await startStory();
});
afterEach(() => story.stop());

test('a presigned object is read until its link expires', async () => {
  const session = await assume(story, issuer(story), updateApp());
  const url = await presigned(session, 's3', '/productionapp/index.html', {}, 300);
  const response = await fetch(url);
  expect([response.status, await response.text()]).toEqual([200, '<h1>productionapp, release 1</h1>']);
  story.move(300);
  expect((await fetch(url)).status).toBe(200);
  story.move(1);
  expect((await fetch(url)).status).toBe(403);
});

test('a presigned link is good for its object only', async () => {
  const session = await assume(story, issuer(story), updateApp());
  const url = await presigned(session, 's3', '/productionapp/index.html', {}, 300);
  const other = await fetch(url.replace('index.html', 'config/release.json'));
  expect([other.status, await other.text()]).toEqual([
    403,
    expect.stringContaining('<Code>SignatureDoesNotMatch</Code>'),
  ]);
});

test('a presigned GetCallerIdentity says who signed it', async () => {
  const query = { Action: 'GetCallerIdentity', Version: '2011-06-15' };
  const response = await fetch(await presigned(story.aws.userCredentials(DAVID), 'sts', '/', query, 60));
  expect([response.status, await response.text()]).toEqual([
    200,
    expect.stringContaining(`<Arn>${DAVID}</Arn>`),
  ]);
});

/** A link signed by the SDK's own signer, with the sandbox's time. */
async function presigned(
  credentials: Credentials,
  service: string,
  path: string,
  query: Readonly<Record<string, string>>,
  expiresIn: number,
): Promise<string> {
  const { host, hostname, port } = new URL(story.aws.url);
  const signer = new SignatureV4({
    credentials,
    region: 'us-east-1',
    service,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });
  const headers = { host, ...(service === 's3' ? { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } : {}) };
  const request = {
    method: 'GET',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path,
    query: { ...query },
    headers,
  };
  const signed = await signer.presign(request, { signingDate: new Date(story.now()), expiresIn });
  const pairs = Object.entries(signed.query ?? {}).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return `${story.aws.url}${path}?${new URLSearchParams(pairs).toString().replaceAll('+', '%20')}`;
}
