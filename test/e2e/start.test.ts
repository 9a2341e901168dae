import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { recordLog } from '../../sandbox/evidence.ts';

const ANY = ['--api', '0', '--aws', '0', '--idp', '0', '--slack', '0'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(...words: string[]): { readonly child: ChildProcess; readonly said: () => string } {
  const child = spawn(process.execPath, [resolve('sandbox/start.ts'), ...words], { cwd: folder });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      recordLog(chunk.toString());
    });
  }
  return { child, said: () => said };
}

async function until(said: () => string, text: string, child: ChildProcess): Promise<void> {
  while (!said().includes(text)) {
    if (child.exitCode !== null) throw new Error(`It ended without saying "${text}": ${said()}`);
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')]);
  }
}

test('the sandbox says where things are, answers, and ends with Ctrl-C', async () => {
  const { child, said } = start(...ANY);
  const ended = once(child, 'exit');
  try {
    await until(said, 'Ctrl-C ends it', child);
    const file = join(folder, '.sandbox/endpoints.json');
    const { api, idp, slack, people } = JSON.parse(readFileSync(file, 'utf8'));
    expect(statSync(file).mode & 0o077).toBe(0);
    expect((await fetch(`${api}/v1/healthz`)).status).toBe(200);
    expect((await fetch(slack)).status).toBe(200);
    expect((await fetch(`${idp}/.well-known/openid-configuration`)).status).toBe(200);
    const { access_token: token } = (await (await fetch(people.david.token, { method: 'POST' })).json()) as {
      access_token: string;
    };
    const me = await fetch(`${api}/v1/me`, { headers: { Authorization: `Bearer ${token}` } });
    expect(await me.json()).toMatchObject({ person: 'david', groups: ['developers'] });
    expect(said()).toContain(`curl -s ${api}/v1/elevations`);
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(existsSync(file)).toBe(false);
  } finally {
    child.kill('SIGKILL');
  }
}, 30_000);

test.each(['--api', '--aws', '--idp', '--slack'])(
  'a port that is taken is told (%s)',
  async (option) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { child, said } = start(...ANY, option, String(port));
    try {
      expect(await once(child, 'exit')).toEqual([1, null]);
      expect(said()).toBe(
        `Port ${port} is taken. Choose another, for example: npm start -- --api 0 --aws 0 --idp 0 --slack 0\n`,
      );
    } finally {
      child.kill('SIGKILL');
      other.close();
    }
  },
  30_000,
);
