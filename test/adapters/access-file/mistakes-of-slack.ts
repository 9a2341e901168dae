import type { MistakeTable } from './mistake.ts';

const ROLE = '    session: 15m\n';
const ROLES = 'roles:\n';

/** A section that is right. */
export const SLACK = 'slack: { team: T024BE7LD, app: A0DRAWBRIDGE, channel: C0ACCESS }\n';

/** The section with one text replaced by another, before the roles. */
function slackWith(from: string, to: string): string {
  if (!SLACK.includes(from)) throw new Error(`The test is wrong: the section does not hold ${from}`);
  return `${SLACK.replace(from, to)}${ROLES}`;
}

/** Mistakes about Slack. */
export const MISTAKES_OF_SLACK: MistakeTable = {
  "a workspace's name for its id": [ROLES, slackWith('T024BE7LD', 'acme'), 'slack.team', /workspace's id/],
  "an organization's id for a team's": [
    ROLES,
    slackWith('T024BE7LD', 'E024BE7LD'),
    'slack.team',
    /workspace's id/,
  ],
  "an app's name for its id": [ROLES, slackWith('A0DRAWBRIDGE', 'Drawbridge'), 'slack.app', /app's id/],
  'no app': [ROLES, slackWith('app: A0DRAWBRIDGE, ', ''), 'slack.app', /^Add app/, 'slack:'],
  "a channel's name for its id": [ROLES, slackWith('C0ACCESS', '"#access"'), 'slack.channel', /channel's id/],
  "a channel's name for a role": [
    ROLE,
    `${ROLE}    channel: access\n`,
    'roles.update-app.channel',
    /channel's id/,
  ],
  'a channel of a role without a slack section': [
    ROLE,
    `${ROLE}    channel: C0ACCESS\n`,
    'roles.update-app.channel',
    /^Add a slack section/,
  ],
  'an unknown key about Slack': [
    ROLES,
    slackWith('app:', 'token: xoxb-1, app:'),
    'slack.token',
    /^Remove "token"/,
  ],
  'a slack section that is a text': [ROLES, `slack: C0ACCESS\n${ROLES}`, 'slack', /^Write a map/],
  'a slack section that is empty': [ROLES, `slack:\n${ROLES}`, 'slack', /^Write a map/],
  'a person of another workspace': [
    ROLES,
    slackWith('T024BE7LD', 'T0OTHER'),
    'people.david.slack',
    /^Name a user of T0OTHER/,
  ],
  'reminders without a time': [
    ROLES,
    slackWith(' }', ', remind: { most: 3 } }'),
    'slack.remind.after',
    /^Add after/,
    'remind:',
  ],
  'a reminder after no time': [
    ROLES,
    slackWith(' }', ', remind: { after: 0m } }'),
    'slack.remind.after',
    /from 1m to 24h/,
  ],
  'more reminders than anybody reads': [
    ROLES,
    slackWith(' }', ', remind: { after: 15m, most: 11 } }'),
    'slack.remind.most',
    /^Write 10 or less/,
  ],
};
