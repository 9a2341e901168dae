import * as z from 'zod/mini';
import { minutes } from '../../domain/duration.ts';
import { formatInstant } from '../../domain/instant.ts';
import { parseTokenGroup } from '../../domain/names.ts';
import { personOf, type SlackUser } from '../../domain/slack.ts';
import type { SealedLink } from '../../ports/slack-links.ts';
import type { Attributes, Item } from './conditional-write.ts';
import { linksOfPerson, slackLinkKey, subjectOfKey } from './keys.ts';
import { readExactly, StoredHandle, StoredSlackUser, StoredTime, text } from './stored-values.ts';

/** A link as an item: all that happened to it, its seal, and, until it is undone, what finds it by the person. */
export function linkItem({ of, history, seal }: SealedLink): Item {
  const person = personOf({ of, history });
  const newest = history.at(-1);
  return {
    ...slackLinkKey(of),
    version: history.length,
    of,
    history,
    seal,
    ...(person === undefined || newest === undefined
      ? {}
      : { gsiPerson: linksOfPerson(person), requestedAt: formatInstant(newest.at) }),
  };
}

/** The link of an item; undefined for an item that is none. Whether its seal is true, only the key can say. */
export function linkIn(found: Attributes): SealedLink | undefined {
  const link = readExactly<SealedLink>(found, StoredLink, linkItem);
  return link && isLinkOf(link.of) ? link : undefined;
}

function isLinkOf(user: SlackUser): boolean {
  return subjectOfKey(slackLinkKey(user)) !== undefined;
}

const StoredMfa = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('absent') }),
  z.strictObject({ kind: z.literal('token'), evidence: z.string(), at: StoredTime }),
  z.strictObject({
    kind: z.literal('iam-session'),
    within: z.pipe(z.int().check(z.minimum(0)), z.transform(minutes)),
  }),
]);

const StoredCaller = z.strictObject({
  person: StoredHandle,
  door: z.enum(['oidc', 'iam', 'slack']),
  tokenGroups: z.array(text(parseTokenGroup)),
  mfa: StoredMfa,
});

const StoredLinkEvent = z.strictObject({
  type: z.enum(['slack-linked', 'slack-unlinked']),
  person: StoredHandle,
  by: StoredCaller,
  at: StoredTime,
});

const StoredLink = z.object({
  of: StoredSlackUser,
  history: z.array(StoredLinkEvent).check(z.minLength(1)),
  seal: z.string(),
});
