import * as z from 'zod';
import { BOT, BOT_USER, DOMAIN, type SlackUser, type Workspace } from '../workspace.ts';
import { done, refused } from './answer.ts';
import { method } from './method.ts';

/** docs.slack.dev/reference/methods/users.info. */
export const info = method({
  scopes: ['users:read'],
  args: z.object({ user: z.string() }),
  run({ user: id }, workspace) {
    const user = workspace.users.get(id);
    return user === undefined ? refused('user_not_found') : done({ user: userJson(user, workspace) });
  },
});

/** docs.slack.dev/reference/methods/auth.test. */
export const authTest = method({
  scopes: [],
  args: z.object({}),
  run: (_args, { team }) =>
    done({
      url: `https://${DOMAIN}.slack.com/`,
      team: DOMAIN,
      user: 'drawbridge',
      team_id: team,
      user_id: BOT_USER,
      bot_id: BOT,
      is_enterprise_install: false,
    }),
});

/** A user as docs.slack.dev/reference/objects/user-object has them; a deleted one says little more. */
function userJson(user: SlackUser, { team }: Workspace) {
  const { id, name } = user;
  const standing = {
    id,
    team_id: user.team ?? team,
    name: name.toLowerCase(),
    deleted: user.isDeleted === true,
    is_bot: user.isBot === true,
    is_app_user: false,
    profile: { real_name: name, display_name: name, team: user.team ?? team },
  };
  if (user.isDeleted === true) return standing;
  return {
    ...standing,
    real_name: name,
    is_restricted: user.isRestricted === true || user.isUltraRestricted === true,
    is_ultra_restricted: user.isUltraRestricted === true,
    ...(user.isStranger === true ? { is_stranger: true } : {}),
  };
}
