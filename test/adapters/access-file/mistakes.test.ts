import { complaintsAbout, STORY, storyWith } from './access-files.ts';
import { MISTAKES_OF_FORM } from './mistakes-of-form.ts';
import { MISTAKES_OF_MEANING } from './mistakes-of-meaning.ts';
import { MISTAKES_OF_SLACK } from './mistakes-of-slack.ts';
import { MISTAKES_OF_VALUES } from './mistakes-of-values.ts';

const MISTAKES = { ...MISTAKES_OF_FORM, ...MISTAKES_OF_VALUES, ...MISTAKES_OF_MEANING, ...MISTAKES_OF_SLACK };
const PROVIDER = '    - issuer: https://idp.example.com\n      audience: drawbridge\n';

test.each(Object.entries(MISTAKES))(
  '%s is refused at its place',
  async (_, [from, to, path, says, at = keyOf(path)]) => {
    const complaints = await complaintsAbout(storyWith(from, to));
    expect(complaints).toEqual([
      {
        file: 'access.yml',
        path,
        at: expect.stringMatching(startingWith(at)),
        sentence: expect.stringMatching(says),
      },
    ]);
  },
);

const ALLOWED: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'a provider on this machine without TLS': [
    PROVIDER,
    `${PROVIDER}    - issuer: http://127.0.0.1:9000\n      audience: drawbridge\n`,
  ],
  'one issuer with two audiences': [
    PROVIDER,
    `${PROVIDER}    - issuer: https://idp.example.com\n      client: app\n`,
  ],
  'a rule that asks for MFA of a provider that proves none': ['      mfa: { amr: [mfa, hwk] }\n', ''],
  'a role that no rule names': ['read-billing:', 'read-costs:'],
  'one name of an IAM role in two accounts': ['222222222222:role/Billing', '222222222222:role/UpdateApp'],
  'one ExternalId for two roles': ['externalId: made-up', 'externalId: 7d9c51a0-made-up'],
  'an approver among several requesters': [
    'allow: [group:developers]',
    'allow: [group:developers, person:ruth]',
  ],
  'approval by a group of tokens': [
    'by: [group:release-managers], count: 1',
    'by: ["idp:Managers"], count: 3',
  ],
  'asking by a group of tokens': ['allow: [group:developers]', 'allow: ["idp:Developers"]'],
  'a group without people that may ask': ['developers: [david]', 'developers: []'],
  'a scope of exactly what STS takes': ['"arn:aws:s3:::productionapp/*"', '"*"'],
  'MFA at each issue': ['within: 15m', 'within: 1m, each: issue'],
  'the longest of everything': ['within: 2h', 'within: 168h, mfa: 24h'],
  'hours to the end of the day': ['to: "17:00"', 'to: "24:00"'],
};

test.each(Object.entries(ALLOWED))('%s is no mistake', async (_, [from, to]) => {
  expect(await complaintsAbout(storyWith(from, to))).toEqual([]);
});

test('mistakes of form and of meaning are told in one run, in the order of the file', async () => {
  const text = STORY.replace('us-east-1', 'nowhere')
    .replace('[david]', '[davd]')
    .replace('session: 15m', 'session: 5m')
    .replace('[update-app]', '[updateapp]')
    .replace('for: 4h', 'for: 99h');
  expect((await complaintsAbout(text)).map(({ path }) => path)).toEqual([
    'hub.region',
    'groups.developers[0]',
    'roles.update-app.session',
    'rules[0].roles[0]',
    'rules[1].for',
  ]);
});

test('a deny rule with every condition is told of each, and not that it should rather allow', async () => {
  const conditions = 'for: 1h\n    mfa: { within: 1h }\n    reason: { min: 1 }\n    ';
  const complaints = await complaintsAbout(storyWith('deny: [', `${conditions}deny: [`));
  expect(complaints.map(({ path }) => path)).toEqual(['rules[0].for', 'rules[0].mfa', 'rules[0].reason']);
});

test('mistakes of form and of meaning are told in one run within one entry, too', async () => {
  const text = STORY.replace('for: 4h', 'for: 99h')
    .replace('allow: [group:developers]', 'allow: [developers, group:devs]')
    .replace('arn:aws:iam::999999999999', 'arn:aws-cn:iam::999999999999')
    .replace('session: 15m', 'session: 5m')
    .replace('count: 1', 'count: 2');
  expect((await complaintsAbout(text)).map(({ path }) => path)).toEqual([
    'roles.update-app.arn',
    'roles.update-app.session',
    'rules[1].allow[0]',
    'rules[1].allow[1]',
    'rules[1].for',
  ]);
});

test('a broken entry is one mistake: what names it is not a second', async () => {
  const text = storyWith('role/UpdateApp', 'user/UpdateApp').replace(
    'release-managers: [ruth]',
    'release-managers: [7]',
  );
  expect((await complaintsAbout(text)).map(({ path }) => path)).toEqual([
    'groups.release-managers[0]',
    'roles.update-app.arn',
  ]);
});

function keyOf(path: string): string {
  return `${path.slice(path.lastIndexOf('.') + 1)}:`;
}

function startingWith(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[\^$\\.*+?()[\]{}|]/gu, '\\$&')}`, 'u');
}
