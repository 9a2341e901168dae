import type { APIGatewayProxyResult } from 'aws-lambda';
import { memorySeenRequests } from '../../shared/adapters/memory/memory-seen-requests.ts';
import { memorySlackLinks } from '../../shared/adapters/memory/memory-slack-links.ts';
import type { Access, Person } from '../../shared/domain/access.ts';
import type { Json } from '../../shared/domain/canonical-json.ts';
import { peopleBySlackUser } from '../../shared/domain/identities.ts';
import type { MessageContent } from '../../shared/ports/messenger.ts';
import { type SlackProfile, SlackUnavailable } from '../../shared/ports/slack-desk.ts';
import type { SlackEdge } from '../../shared/slack/edge.ts';
import { slackHandler } from '../../shared/slack/handler.ts';
import { type TestBroker, testBroker } from '../app/broker.ts';
import { allow, catalogRole, member, STORY } from '../domain/story.ts';
import { duration } from '../domain/values.ts';
import { type Differently, SECRET, signedEvent } from './signed-event.ts';

/** The workspace and the app of the tests. */
export const TEAM = 'T024BE7LD';
/** The app of the tests. */
export const APP = 'A0BRIDGE';

/** Slack's ids of those whom the access file names. */
export const USERS = {
  david: 'U0DAVID',
  dora: 'U0DORA',
  tess: 'U0TESS',
  ruth: 'U0RUTH',
  rob: 'U0ROB',
} as const;

const DEPLOY = catalogRole('deploy-shop', 'arn:aws:iam::999999999999:role/DeployShop');

/** The story's access file with Slack, and a role that one approval lends without MFA. */
export const ACCESS: Access = {
  ...STORY,
  people: new Map([...STORY.people].map(([name, person]) => [name, withSlack(person)])),
  providers: [
    {
      issuer: 'https://idp.example.com',
      accepts: { claim: 'aud', value: 'drawbridge' },
      mfa: { amr: ['mfa'], acr: [], acrs: [] },
    },
  ],
  roles: new Map([...STORY.roles, [DEPLOY.name, DEPLOY]]),
  rules: [
    ...STORY.rules,
    allow('developers-deploy', ['group:developers'], ['deploy-shop'], {
      ticket: 'OPS-\\d+',
      approval: { by: [member('group:release-managers')], count: 1, within: duration('2h') },
    }),
  ],
  slack: { team: TEAM, app: APP, channel: 'C0ACCESS' },
};

function withSlack(person: Person): Person {
  const user = Object.entries(USERS).find(([name]) => name === person.handle)?.[1];
  const oidc = [{ issuer: 'https://idp.example.com', subject: `00u1${person.handle}` }];
  return { ...person, oidc, slack: user === undefined ? [] : [{ team: TEAM, user }] };
}

/** A view of ours as it is open before somebody. */
export type OpenView = { readonly id: string; readonly hash: string; readonly view: View };
type View = {
  readonly callback_id: string;
  readonly private_metadata?: string;
  readonly blocks: readonly Json[];
};

/** What Slack can be made to fail at. */
type Method = 'openView' | 'updateView' | 'profile' | 'reply';

/** Slack's side of the edge: what people do, and what they then see. */
export type Workplace = {
  readonly broker: TestBroker;
  readonly edge: SlackEdge;
  /** What the last click was answered with by its response_url. */
  readonly replies: string[];
  /** The views that were opened, newest last. */
  readonly opened: OpenView[];
  /** The views that took the place of an open one. */
  readonly updated: View[];
  readonly failing: Set<Method>;
  readonly profiles: Map<string, SlackProfile | undefined>;
  /** Sends anything at all, signed. */
  readonly send: (route: string, body: string, differently?: Differently) => Promise<APIGatewayProxyResult>;
  readonly interact: (payload: object, differently?: Differently) => Promise<APIGatewayProxyResult>;
  /** Types the slash command; the answer is what it says. */
  readonly command: (user: string, text: string) => Promise<string>;
  /** Clicks a button; the answer is what the clicker reads. */
  readonly click: (user: string, action: string, value: string) => Promise<string>;
  /** Sends a form with these texts. */
  readonly submit: (user: string, form: OpenView, texts: Readonly<Record<string, string>>) => Promise<Json>;
};

/** A member like any other. */
export const MEMBER: SlackProfile = {
  team: TEAM,
  isBot: false,
  isDeleted: false,
  isGuest: false,
  isStranger: false,
};

/** A workspace with the people of the story, at nine in the morning. */
export function workplace(access: Access = ACCESS): Workplace {
  const broker = testBroker(access);
  const [replies, opened, updated]: [string[], OpenView[], View[]] = [[], [], []];
  const failing = new Set<Method>();
  const profiles = new Map<string, SlackProfile | undefined>();
  const attempt = (method: Method) => {
    if (failing.has(method)) throw new SlackUnavailable('service_unavailable');
  };
  const edge: SlackEdge = {
    broker: { ...broker, links: memorySlackLinks(), usersOfFile: peopleBySlackUser(access) },
    signingSecrets: async () => [SECRET],
    seen: memorySeenRequests(),
    desk: {
      async openView(_trigger, view) {
        attempt('openView');
        opened.push({ id: `V0FORM${opened.length}`, hash: '156772938.1827394', view: view as View });
      },
      async updateView(_view, next) {
        attempt('updateView');
        updated.push(next as View);
      },
      async profile(user) {
        attempt('profile');
        return profiles.has(user) ? profiles.get(user) : MEMBER;
      },
      async reply(_url, content) {
        attempt('reply');
        replies.push(said(content));
      },
    },
    apiUrl: 'https://api.example.com/prod',
  };
  const handler = slackHandler(edge);
  let sent = 0;
  const send: Workplace['send'] = (route, body, differently) =>
    handler(signedEvent(route, body, broker.clock(), differently));
  const interact: Workplace['interact'] = (payload, differently) =>
    send('interactions', new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), differently);
  return {
    ...{ broker, edge, replies, opened, updated, failing, profiles, send, interact },
    async command(user, text) {
      const answer = await send('commands', commandBody(user, text, ++sent));
      return answer.body === '' ? '' : said(JSON.parse(answer.body));
    },
    async click(user, action, value) {
      const before = replies.length;
      await interact({ ...clickPayload(user, action, value), trigger_id: `trigger.${++sent}` });
      return replies.slice(before).join('\n');
    },
    async submit(user, form, texts) {
      const answer = await interact({ ...submission(user, form, texts), trigger_id: `trigger.${++sent}` });
      return answer.body === '' ? null : JSON.parse(answer.body);
    },
  };
}

/** The fields of a slash command, as Slack sends them. */
export function commandBody(
  user: string,
  text: string,
  n: number,
  more: Record<string, string> = {},
): string {
  return new URLSearchParams({
    team_id: TEAM,
    team_domain: 'shop',
    channel_id: 'C0ACCESS',
    user_id: user,
    command: '/drawbridge',
    api_app_id: APP,
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/commands/T024BE7LD/1/x',
    ...more,
    text,
    trigger_id: `trigger.${n}`,
  }).toString();
}

/** Who sends an interaction. */
export function sender(user: string): object {
  return {
    team: { id: TEAM, domain: 'shop' },
    user: { id: user, name: user, team_id: TEAM },
    api_app_id: APP,
  };
}

/** A click on a button of a message. */
export function clickPayload(user: string, action: string, value: string): object {
  return {
    ...sender(user),
    type: 'block_actions',
    trigger_id: 'trigger.0',
    response_url: 'https://hooks.slack.com/actions/T024BE7LD/1/x',
    container: { type: 'message', message_ts: '1.1', channel_id: 'C0ACCESS' },
    actions: [{ type: 'button', block_id: 'b', action_id: action, value, action_ts: '1.2' }],
  };
}

function submission(
  user: string,
  { id, hash, view }: OpenView,
  texts: Readonly<Record<string, string>>,
): object {
  return {
    ...sender(user),
    type: 'view_submission',
    view: { ...view, id, hash, state: filled(view, texts) },
  };
}

/** The state of a view in which these texts are filled in, by the names of the fields. */
export function filled(view: View, texts: Readonly<Record<string, string>>): object {
  const inputs = (view.blocks as readonly Input[]).filter(({ type }) => type === 'input');
  return {
    values: Object.fromEntries(
      inputs.map(({ block_id, element: { action_id, type } }) => {
        const text = texts[action_id] ?? null;
        const state = type.endsWith('_select')
          ? { type, selected_option: text === null ? null : { value: text } }
          : { type, value: text };
        return [block_id, { [action_id]: state }];
      }),
    ),
  };
}

type Input = {
  readonly type: string;
  readonly block_id: string;
  readonly element: { readonly type: string; readonly action_id: string };
};

/** Everything that a person reads of a message or a view. */
export function said(content: MessageContent | { readonly blocks: readonly Json[] }): string {
  return [...JSON.stringify(content.blocks).matchAll(/"text":("(?:[^"\\]|\\.)*")/g)]
    .map(([, text = '""']) => String(JSON.parse(text)))
    .join('\n');
}
