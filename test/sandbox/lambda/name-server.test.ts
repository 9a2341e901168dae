import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LambdaFunction, startFunction } from '../../../sandbox/lambda/start-function.ts';

const PROBE = fileURLToPath(new URL('./functions/probe.ts', import.meta.url));

let server: Server;
let base: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const { method, url, headers } = request;
      const body = Buffer.concat(chunks).toString();
      response.end(JSON.stringify({ method, url, body, header: headers['x-probe'] }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${Object(server.address()).port}`;
});
afterAll(() => server.close());

const started: LambdaFunction[] = [];
afterEach(() => Promise.all(started.splice(0).map((one) => one.stop())));

async function fetched(url: string, { how = 'text', file = PROBE } = {}): Promise<unknown> {
  const one = await startFunction({
    name: 'drawbridge-sandbox-probe',
    arn: 'arn:aws:lambda:us-east-1:222222222222:function:drawbridge-sandbox-probe',
    file,
    environment: {},
    hosts: { 'slack.com': base },
  });
  started.push(one);
  const invocation = await one.invoke({ do: 'fetch', url, how });
  return invocation.outcome === 'answered' ? invocation.payload : invocation.error.errorMessage;
}

test.each(['text', 'request'])(
  'a host that is named is reached where it stands, given as a %s',
  async (how) => {
    expect(await fetched('https://slack.com/api/chat.postMessage?pretty=1', { how })).toEqual({
      method: 'POST',
      url: '/api/chat.postMessage?pretty=1',
      body: 'sent',
      header: 'header',
    });
  },
);

test('so it is from a bundle that keeps fetch while it is loaded', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'function-')), 'bundle.cjs');
  const bundle = 'const kept = fetch; exports.handler = async ({ url }) => (await kept(url)).json();';
  writeFileSync(file, bundle);
  expect(await fetched('https://slack.com/api/auth.test', { file })).toMatchObject({ url: '/api/auth.test' });
});

test('this machine is reached as ever', async () => {
  expect(await fetched(`${base}/jwks`)).toMatchObject({ url: '/jwks' });
});

test.each([
  'https://hooks.slack.com/actions/1',
  'https://slack.com.evil.example/api',
  'https://slack.com:8443/api',
  'http://slack.com/api',
  'https://constructor/',
])('%s fails as if offline', async (url) => {
  expect(await fetched(url)).toBe('fetch failed');
});
