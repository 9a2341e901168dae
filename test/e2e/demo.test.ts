import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { recordLog } from '../../sandbox/evidence.ts';

const README = readFileSync('README.md', 'utf8');

function demo(...words: string[]) {
  const told = spawnSync(process.execPath, ['sandbox/demo.ts', ...words], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  recordLog(told.stdout + told.stderr);
  return told;
}

describe('the demo', () => {
  let told: ReturnType<typeof demo>;
  beforeAll(() => {
    told = demo();
  }, 60_000);

  test('plays the story to its end', () => {
    expect(told.stderr).toBe('');
    expect(told.stdout).toMatch(/All \d+ steps are as told/);
    expect(told.stdout).not.toContain('✗');
    expect(told.status).toBe(0);
  });

  test('shows AWS’s own error codes, and CloudTrail naming person and elevation', () => {
    for (const code of ['AccessDenied', 'ExpiredToken']) expect(told.stdout).toContain(`→ ${code}`);
    const name =
      /assumed-role\/UpdateApp\/(dbr\+david\+[0-9A-Z]{26})\+1/.exec(told.stdout)?.[1] ?? 'no session';
    expect(told.stdout).toContain(`what was done as ${name}?`);
  });

  test('says what the README shows', () => {
    const said = told.stdout.split('\n').map(withoutIds);
    const [, transcript = ''] = /```text\n(.*?)```/s.exec(README) ?? [];
    const shown = transcript.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '…');
    expect(shown.length).toBeGreaterThan(10);
    let from = 0;
    for (const line of shown.map(withoutIds)) {
      const at = said.indexOf(line, from);
      expect({ line, found: at >= from }).toEqual({ line, found: true });
      from = at + 1;
    }
  });
});

test('a step that differs from the story ends the demo with exit status 1', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-demo-'));
  try {
    const access = join(folder, 'access.yml');
    const without = readFileSync('sandbox/access.yml', 'utf8').replace(
      'deny: [group:testers]',
      'deny: [group:audit]',
    );
    writeFileSync(access, without);
    const { status, stdout } = demo('--access', access);
    expect(stdout).toContain('✗    → 403 no-rule-allows');
    expect(stdout).toContain('The story says: 403 denied-by-rule');
    expect(status).toBe(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

test('every file that the README names is there', () => {
  const named = [...README.matchAll(/`((?:shared|test|infra|docs|sandbox)\/[\w./-]+)`|\]\(([\w./-]+)\)/g)];
  const missing = named.map(([, code, link]) => code ?? link ?? '').filter((path) => !existsSync(path));
  expect(named.length).toBeGreaterThan(15);
  expect(missing).toEqual([]);
});

function withoutIds(line: string): string {
  return line.replace(/[0-7][0-9A-HJKMNP-TV-Z]{25}/g, '<id>');
}
