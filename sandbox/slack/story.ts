import { randomBytes } from 'node:crypto';
import type { WorldSecret } from '../aws/aws.ts';
import { recordSecret } from '../evidence.ts';
import type { SandboxSlack } from './slack.ts';
import { startSlack } from './start-slack.ts';

/** The workspace of the story: the ids that sandbox/access.yml names. */
const WORKSPACE = {
  team: 'T024BE7LD',
  app: 'A0DRAWBRIDGE',
  channels: [
    { id: 'C0REQUESTS', name: 'access-requests' },
    { id: 'C0PRODUCTION', name: 'production-access' },
  ],
  users: [
    { id: 'U0DAVID', name: 'David' },
    { id: 'U0TESS', name: 'Tess' },
    { id: 'U0RUTH', name: 'Ruth' },
    { id: 'U0ROB', name: 'Rob' },
    { id: 'U0OMAR', name: 'Omar' },
    { id: 'U0GUEST', name: 'Gus, a guest', isRestricted: true },
  ],
} as const;

/** What Slack and the hub share: made anew at every start. */
export type SlackSecrets = { readonly signingSecret: string; readonly botToken: string };

/** New secrets, which must show up in no log. */
export function slackSecrets(): SlackSecrets {
  const signingSecret = randomBytes(16).toString('hex');
  const botToken = `xoxb-${randomBytes(24).toString('hex')}`;
  for (const secret of [signingSecret, botToken]) recordSecret(secret);
  return { signingSecret, botToken };
}

/** The hub's secrets with their values, as an operator would have stored them. */
export function withValues(secrets: readonly WorldSecret[], slack: SlackSecrets): readonly WorldSecret[] {
  const values = [
    ['/slack-signing-secret', slack.signingSecret],
    ['/slack-bot-token', slack.botToken],
  ] as const;
  return secrets.map((secret) => {
    const value = values.find(([name]) => secret.name.endsWith(name))?.[1];
    return value === undefined ? secret : { ...secret, value };
  });
}

/** Starts the workspace of the story. */
export function startStorySlack(options: {
  readonly secrets: SlackSecrets;
  readonly clock: () => number;
  readonly port: number;
  /** Where the API is. */
  readonly appUrl: string;
}): Promise<SandboxSlack> {
  const { secrets, ...rest } = options;
  return startSlack({ ...WORKSPACE, ...secrets, ...rest });
}
