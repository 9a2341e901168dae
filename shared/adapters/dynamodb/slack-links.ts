import type { Handle } from '../../domain/names.ts';
import { personOf } from '../../domain/slack.ts';
import type { SealedLink, SlackLinks } from '../../ports/slack-links.ts';
import { putIf, readItem, type Table } from './conditional-write.ts';
import { linksOfPerson, slackLinkKey } from './keys.ts';
import { queried } from './query.ts';
import { keepCode, useCode } from './slack-codes.ts';
import { linkIn, linkItem } from './slack-link-item.ts';

/**
 * Links in the table: one item each, whose version is the number of its events.
 *
 * NB. A write whose answer is lost, and which the SDK repeats, finds its own link and counts as lost to another. Who is
 * told of it reads again, and finds done what they were about to do.
 */
export function dynamoDbSlackLinks(table: Table): SlackLinks {
  return {
    async read(user) {
      const item = await readItem(table, slackLinkKey(user));
      return item && linkIn(item);
    },
    async write(seenEvents, next) {
      const condition = seenEvents === 0 ? 'absent' : { version: seenEvents };
      return (await putIf(table, linkItem(next), condition)) === 'written';
    },
    ofPerson: (person) => linksOf(table, person),
    keepCode: (code, user, until) => keepCode(table, code, user, until),
    useCode: (code, person, now) => useCode(table, code, person, now),
  };
}

/** Those linked longest first. What is no link is left out: it must not keep the rest from being seen. */
async function linksOf(table: Table, person: Handle): Promise<readonly SealedLink[]> {
  const query = { IndexName: 'byPerson', KeyConditionExpression: 'gsiPerson = :person' };
  const found = await queried(table, query, { ':person': linksOfPerson(person) });
  return found
    .map(linkIn)
    .filter((link) => link !== undefined)
    .filter((link) => personOf(link) === person);
}
