import * as z from 'zod';
import type { Conversation } from '../conversations.ts';
import { done, refused } from './answer.ts';
import { method } from './method.ts';

/** docs.slack.dev/reference/methods/conversations.info. */
export const info = method({
  scopes: ['channels:read', 'groups:read', 'im:read'],
  args: z.object({ channel: z.string() }),
  run({ channel }, { conversations }) {
    const place = conversations.find(channel);
    return place === undefined ? refused('channel_not_found') : done({ channel: conversationJson(place) });
  },
});

/** docs.slack.dev/reference/methods/conversations.open: here with one user, for direct messages. */
export const open = method({
  scopes: ['im:write'],
  args: z.object({ users: z.string() }),
  run({ users: id }, { users, conversations }) {
    const user = users.get(id);
    if (user === undefined) return refused('user_not_found');
    if (user.isDeleted === true) return refused('user_disabled');
    if (user.isBot === true) return refused('cannot_dm_bot');
    return done({ channel: { id: conversations.directWith(id).id } });
  },
});

/** A conversation as Slack describes it. */
function conversationJson({ id, name, isArchived, isMember, user }: Conversation) {
  if (user !== undefined) return { id, user, is_im: true, is_channel: false, is_archived: isArchived };
  return {
    id,
    name,
    name_normalized: name,
    is_channel: true,
    is_im: false,
    is_private: false,
    is_archived: isArchived,
    is_member: isMember,
    is_shared: false,
    is_ext_shared: false,
  };
}
