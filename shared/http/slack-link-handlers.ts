import { NOT_FOUND } from '../app/elevation-book.ts';
import { confirmLink, type LinkingBroker, slackUsersOf, unlinkSlack } from '../app/link-slack.ts';
import type { SlackUser } from '../domain/slack.ts';
import { type Answer, ok } from './answer.ts';
import { bodyOf, type Call, queryOf } from './request.ts';
import { NewSlackLink, NoQuery } from './request-schemas.ts';
import type * as schema from './response-schemas.ts';

/** Answers a call about the links between Slack users and people. */
type LinkHandler = (broker: LinkingBroker, call: Call) => Promise<Answer>;

/** POST /slack-links */
export const confirmSlackLink: LinkHandler = async (broker, { event, caller }) => {
  const body = bodyOf(event, NewSlackLink);
  if ('refusal' in body) return body;
  const confirmed = await confirmLink(broker, caller, body.value.code);
  if ('refusal' in confirmed) return confirmed;
  const link: schema.SlackLink = { ...confirmed.value.of, person: caller.person, from: 'code' };
  return { status: 201, body: link };
};

/** GET /slack-links */
export const listSlackLinks: LinkHandler = async (broker, { event, caller }) => {
  const query = queryOf(event, NoQuery);
  if ('refusal' in query) return query;
  const links = await slackUsersOf(broker, caller.person);
  const body: schema.SlackLinkPage = {
    links: links.map(({ user, from }) => ({ ...user, person: caller.person, from })),
  };
  return ok(body);
};

/** DELETE /slack-links/{team}/{user} */
export const removeSlackLink: LinkHandler = async (broker, { event, caller }) => {
  const query = queryOf(event, NoQuery);
  if ('refusal' in query) return query;
  const user = userIn(event.pathParameters ?? {});
  if (user === undefined) return { refusal: NOT_FOUND };
  const undone = await unlinkSlack(broker, caller, user);
  if ('refusal' in undone) return undone;
  const body: schema.SlackUnlinked = undone.value.of;
  return ok(body);
};

/** Slack's ids of a team and a user; undefined where the path holds none. */
function userIn(parameters: Readonly<Record<string, string | undefined>>): SlackUser | undefined {
  const { team = '', user = '' } = parameters;
  return /^[TE][A-Z0-9]{2,20}$/.test(team) && /^[UW][A-Z0-9]{2,20}$/.test(user) ? { team, user } : undefined;
}
