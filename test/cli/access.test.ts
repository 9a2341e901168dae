import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAccess } from '../../cli/access.ts';
import { compileAccessFile } from '../../shared/adapters/access-file/compile.ts';

const readText = (path: string) => readFile(path, 'utf8');
let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-access-'));
  const story = await readText('sandbox/access.yml');
  await writeFile(at('access.yml'), story.replaceAll('$ISSUER', 'https://idp.example.com'));
  await writeFile(at('access.json'), JSON.stringify(await compileAccessFile(at('access.yml'))));
});
afterAll(() => rm(folder, { recursive: true }));

test('the access file is the same as it is written and compiled', async () => {
  const written = await readAccess(at('access.yml'), readText);
  expect(written.hub).toEqual({ account: '222222222222', region: 'us-east-1', partition: 'aws' });
  expect(await readAccess(at('access.json'), readText)).toEqual(written);
});

test.each([
  ['a file that is not there', 'none.yml', undefined, /none\.yml:1:1: The file cannot be read/],
  ['a file with mistakes', 'wrong.yml', 'hub: {}', /wrong\.yml:1:\d+: .+ There are \d+ more mistakes\.$/],
  ['a compiled file that was edited', 'edited.json', '{"version":"0"}', /edited\.json: .+Compile it again/],
  ['no JSON', 'no.json', '{', /no\.json: /],
])('%s ends the command with a sentence', async (_title, name, text, sentence) => {
  if (text !== undefined) await writeFile(at(name), text);
  await expect(readAccess(at(name), readText)).rejects.toMatchObject({
    ending: 'unreadable',
    message: expect.stringMatching(sentence),
  });
});
