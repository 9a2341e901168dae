import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { compileAccessFile } from '../../../shared/adapters/access-file/compile.ts';
import { compile, complaintsAbout, STORY, withFolder } from './access-files.ts';

const MAIN = `include: [people.yml]\n${STORY}`;

test('people and groups of included files join those of the file', async () => {
  const { people, groups } = await compile({
    'access.yml': `include: [teams/people.yml, groups.yml]\n${STORY}`,
    'teams/people.yml': 'people:\n  pat: { iam: arn:aws:iam::111111111111:user/Pat }\n',
    'groups.yml': 'groups: { oncall: [pat, david] }\n',
  });
  expect(Object.keys(people)).toEqual(['david', 'pat', 'ruth', 'tess']);
  expect(groups['oncall']).toEqual(['pat', 'david']);
});

test('an included file includes others, relative to itself', async () => {
  const { people } = await compile({
    'access.yml': `include: [teams/all.yml]\n${STORY}`,
    'teams/all.yml': 'include: [one.yml]\n',
    'teams/one.yml': 'people: { pat: {} }\n',
  });
  expect(people['pat']).toEqual({ iam: [], oidc: [], slack: [] });
});

test('where a file is split makes no other version', async () => {
  const from = STORY.indexOf('groups:\n');
  const groups = STORY.slice(from, STORY.indexOf('admins:'));
  const split = await compile({
    'access.yml': `include: [groups.yml]\n${STORY.replace(groups, '')}`,
    'groups.yml': groups,
  });
  expect(split.version).toBe((await compile(STORY)).version);
});

test('mistakes in an included file are told with its name and its lines', async () => {
  const people = 'people:\n  pat:\n    iam: arn:aws:iam::111111111111:root\n';
  expect(await complaintsAbout({ 'access.yml': MAIN, 'people.yml': people })).toMatchObject([
    { file: 'people.yml', path: 'people.pat.iam', at: 'iam: arn:aws:iam::111111111111:root' },
  ]);
});

test('an identity that another file gives to somebody else is refused', async () => {
  const people = 'people:\n  pat: { slack: T024BE7LD/U0DAVID }\n';
  expect(await complaintsAbout({ 'access.yml': MAIN, 'people.yml': people })).toMatchObject([
    { file: 'people.yml', path: 'people.pat.slack', sentence: /already belongs to david/u },
  ]);
});

test('a person whom two files define is refused', async () => {
  const people = 'people:\n  david: {}\n';
  expect(await complaintsAbout({ 'access.yml': MAIN, 'people.yml': people })).toMatchObject([
    { file: 'people.yml', path: 'people.david', sentence: /already in access\.yml/u },
  ]);
});

test('an included file holds nothing but people and groups', async () => {
  const text = 'people: {}\nadmins: [person:david]\n';
  expect(await complaintsAbout({ 'access.yml': MAIN, 'people.yml': text })).toMatchObject([
    { file: 'people.yml', path: 'admins', sentence: /^Remove "admins"/u },
  ]);
});

test.each([
  ['that does not exist', 'nobody.yml', /^There is no file nobody\.yml/u],
  ['that is a folder', './', /^There is no file/u],
  ['outside the folder', '../people.yml', /folder of the access file/u],
  ['by an absolute path', '/etc/hostname', /relative/u],
  ['that is the file itself', 'access.yml', /already read/u],
])('a file %s is not included', async (_, name, sentence) => {
  expect(await complaintsAbout(`include: [${name}]\n${STORY}`)).toMatchObject([
    { file: 'access.yml', path: 'include[0]', at: expect.stringContaining(name), sentence },
  ]);
});

test('files that include each other are refused', async () => {
  const files = {
    'access.yml': MAIN,
    'people.yml': 'include: [more.yml]\n',
    'more.yml': 'include: [people.yml]\n',
  };
  expect(await complaintsAbout(files)).toMatchObject([{ file: 'more.yml', sentence: /already read/u }]);
});

test('a link that leads out of the folder is not followed', async () => {
  const files = { 'config/access.yml': MAIN, 'people.yml': 'people: { pat: {} }\n' };
  await withFolder(files, async (folder) => {
    symlinkSync(join(folder, 'people.yml'), join(folder, 'config/people.yml'));
    await expect(compileAccessFile(join(folder, 'config/access.yml'))).rejects.toThrow(/Move the file into/u);
  });
});

test('a broken included file is told alone: nothing is known of whom it names', async () => {
  const main = MAIN.replace('[tess]', '[pat]');
  const complaints = await complaintsAbout({ 'access.yml': main, 'people.yml': 'people: [{\n' });
  expect(new Set(complaints.map(({ file }) => file))).toEqual(new Set(['people.yml']));
});

test.each([
  ['7', 'include[0]', /^Write a text/u],
  ['""', 'include[0]', /^Write the path/u],
])('what is no path is refused: %s', async (name, path, sentence) => {
  expect(await complaintsAbout(`include: [${name}]\n${STORY}`)).toMatchObject([{ path, sentence }]);
});

test('a section that is no map is refused although another file has one', async () => {
  const main = `include: [people.yml]\n${STORY.replace(/groups:\n(?: {2}.*\n)+/u, 'groups: none\n')}`;
  const complaints = await complaintsAbout({
    'access.yml': main,
    'people.yml': 'groups: { oncall: [david] }\n',
  });
  expect(complaints[0]).toMatchObject({ file: 'access.yml', path: 'groups', sentence: /^Write a map/u });
});
