import { join } from 'node:path';
import { compileAccessFile } from '../../../shared/adapters/access-file/compile.ts';
import { compile, complaintsAbout, STORY, storyWith, withFolder } from './access-files.ts';

test('a complaint is one line: file, line, column, path and what to do', async () => {
  await withFolder({ 'access.yml': storyWith('session: 15m', 'session: 5m') }, async (folder) => {
    const file = join(folder, 'access.yml');
    await expect(compileAccessFile(file)).rejects.toThrow(
      new Error(
        `${file}:26:5: roles.update-app.session: Write a length of time from 15m to 1h, for example 15m.`,
      ),
    );
  });
});

test('text that is no YAML is refused where it breaks off, without guesses about the rest', async () => {
  const complaints = await complaintsAbout(storyWith('hub: {', 'hub: [{'));
  expect(complaints.map(({ sentence }) => sentence)).toEqual(
    complaints.map(() => expect.stringMatching(/^Correct the YAML here: /u)),
  );
  expect(complaints[0]?.file).toBe('access.yml');
});

test('a key that is written twice is refused where it is repeated, and the rest is checked all the same', async () => {
  const complaints = await complaintsAbout(
    storyWith('  testers: [tess]', '  testers: [tess]\n  testers: [tim]'),
  );
  expect(complaints).toMatchObject([
    { at: 'testers: [tim]', sentence: expect.stringMatching(/^Remove this key or the one before/u) },
    { path: 'groups.testers[0]', sentence: expect.stringMatching(/"tim"/u) },
  ]);
});

test.each(['', '# nothing yet\n', '[]', 'a text'])(
  'a file that holds no map is refused: %j',
  async (text) => {
    expect(await complaintsAbout(text)).toMatchObject([{ path: '', sentence: /a map/u }]);
  },
);

test('two documents in one file are refused', async () => {
  expect(await complaintsAbout(`${STORY}---\n${STORY}`)).toHaveLength(1);
});

test('a tag of YAML that makes other values is refused', async () => {
  expect(await complaintsAbout(storyWith('min: 10', 'min: !!binary MTA='))).toMatchObject([
    { at: expect.stringMatching(/^!!binary/u) },
  ]);
});

test('anchors stand for what they name, and mistakes within are found there', async () => {
  const hours = 'hours: &office { days: mon-fri, from: "09:00"';
  const second =
    '  - { name: again, allow: [group:developers], roles: [update-app], for: 1h, hours: *office }\n';
  const text = `${STORY.replace('hours: { days: mon-fri, from: "09:00"', hours)}${second}`;
  const { rules } = await compile(text);
  expect(rules[2]).toMatchObject({ hours: { from: 540 } });
  expect(await complaintsAbout(text.replace('mon-fri', 'never'))).toMatchObject([
    { path: 'rules[1].hours.days', at: expect.stringMatching(/^days: never/u) },
    { path: 'rules[2].hours.days', at: expect.stringMatching(/^days: never/u) },
  ]);
});

test('anchors that multiply are refused before they fill the memory', async () => {
  const levels = Array.from(
    { length: 9 },
    (_, n) => `  l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join()}]`,
  );
  const bomb = ['groups:', '  l0: &l0 [tess]', ...levels, ''].join('\n');
  expect(await complaintsAbout(bomb)).toMatchObject([{ sentence: /^Write out what the anchors stand for/u }]);
});

test('a file that does not exist is a complaint, too', async () => {
  await withFolder({}, async (folder) => {
    await expect(compileAccessFile(join(folder, 'access.yml'))).rejects.toThrow(/ENOENT.*Correct its path/u);
  });
});
