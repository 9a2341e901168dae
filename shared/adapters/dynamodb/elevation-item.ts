import { isDeepStrictEqual } from 'node:util';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { ElevationId } from '../../domain/elevation-id.ts';
import type { History } from '../../domain/events.ts';
import type { Sha256 } from '../../domain/hash.ts';
import { replay } from '../../domain/history.ts';
import { formatInstant } from '../../domain/instant.ts';
import type { SealedElevation, StoredElevation } from '../../ports/elevation-store.ts';
import { type Attributes, attributes, type Item } from './conditional-write.ts';
import { elevationKey } from './keys.ts';

/** An elevation as an item: the folded state, the version, the history and its seal, and what the indexes need. */
export function itemOf({ elevation, history, seal }: SealedElevation): Item {
  const { request, state } = elevation;
  return {
    ...elevationKey(request.id),
    version: history.length,
    elevation,
    history,
    seal,
    gsiPerson: request.person,
    gsiRole: request.role,
    gsiState: state,
    requestedAt: formatInstant(request.requestedAt),
  };
}

/**
 * The elevation of an item. The history is folded again and the item made anew from it: an item that differs in any
 * attribute was not written by us. The seal is compared with nothing here; only the key can tell whether it is true.
 *
 * NB. They are compared as DynamoDB writes them. As native values an empty map and a set would look alike, and a
 * member named __proto__ would not be seen at all, yet be inherited by whatever is read from the map.
 */
export function elevationOf(found: Attributes, id: ElevationId, sha256: Sha256): StoredElevation {
  try {
    const history = historyIn(found);
    const elevation = replay(history, sha256);
    if (elevation === undefined) return { damaged: id };
    const sealed = { elevation, history, seal: String(found['seal']?.S) };
    return isDeepStrictEqual(attributes(itemOf(sealed)), found) ? sealed : { damaged: id };
  } catch {
    return { damaged: id }; // an event without the members of its type, or a number that JSON does not have
  }
}

/** Trusted so far as its hashes and the comparison bear it out, and no further; a link has nothing beside these two. */
function historyIn(found: Attributes): History {
  const links: History = unmarshall(found)['history'];
  return links.map(({ event, hash }) => ({ event, hash }));
}
