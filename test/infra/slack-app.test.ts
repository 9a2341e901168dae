import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const Manifest = z.object({
  features: z.object({
    slash_commands: z.array(z.object({ command: z.string(), url: z.string(), should_escape: z.boolean() })),
  }),
  oauth_config: z.object({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.object({
    interactivity: z.object({ request_url: z.string(), message_menu_options_url: z.string() }),
    event_subscriptions: z.undefined().optional(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
    org_deploy_enabled: z.boolean(),
  }),
});

/** The bot scopes that each method wants, by its page under https://docs.slack.dev/reference/methods. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.open': ['im:write'], // with one user; with several it would be mpim:write
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.update': [],
};

const manifest = Manifest.parse(parse(readFileSync('infra/slack-app.yml', 'utf8')));

test('the bot has the scopes of what the code calls and of the command, and no other', () => {
  const called = methodsCalled('shared/adapters/slack');
  expect(called).toEqual(Object.keys(SCOPES));
  const wanted = new Set(['commands', ...called.flatMap((method) => SCOPES[method] ?? [])]);
  expect(manifest.oauth_config.scopes.bot).toHaveLength(wanted.size);
  expect(new Set(manifest.oauth_config.scopes.bot)).toEqual(wanted);
});

test('Slack calls the routes of the function slack, all at one address', () => {
  const { interactivity } = manifest.settings;
  const urls = [
    ...manifest.features.slash_commands.map(({ url }) => url),
    interactivity.request_url,
    interactivity.message_menu_options_url,
  ];
  expect(urls.map((url) => url.replace('https://api.example.com/prod/', ''))).toEqual(routesOf('slack'));
});

test('there is one command, which arrives as it was typed', () => {
  expect(manifest.features.slash_commands).toMatchObject([{ command: '/drawbridge', should_escape: false }]);
});

test('the app is of one workspace, called over HTTP, with a token that stays', () => {
  expect(manifest.settings).toMatchObject({
    socket_mode_enabled: false,
    token_rotation_enabled: false,
    org_deploy_enabled: false,
  });
});

/** The methods of Slack's Web API that a folder's sources name. */
function methodsCalled(folder: string): string[] {
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const named = sources.flatMap((source) => source.match(/(?<=')[a-z]+(?:\.[a-zA-Z]+)+(?=')/gu) ?? []);
  return [...new Set(named.filter((text) => !text.endsWith('.com')))].toSorted((one, other) =>
    one.localeCompare(other),
  );
}

function routesOf(name: string): string[] {
  const Lambda = z.object({ events: z.array(z.object({ http: z.object({ path: z.string() }) })) });
  const service = z.object({ functions: z.looseObject({ [name]: Lambda }) });
  const { functions } = service.parse(parse(readFileSync('serverless.yml', 'utf8')));
  return Lambda.parse(functions[name]).events.map(({ http }) => http.path);
}
