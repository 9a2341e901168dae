import type { SeenRequests } from '../../ports/seen-requests.ts';
import { putIf, type Table } from './conditional-write.ts';
import { slackRequestKey } from './keys.ts';

/**
 * Remembers requests in the table: one conditional put each.
 *
 * NB. A put whose answer is lost, and which the SDK repeats, finds its own record, and the request is refused although
 * nothing came of it. Whoever clicked does so again; the other way round a replay could pass.
 */
export function dynamoDbSeenRequests(table: Table): SeenRequests {
  return {
    async isFirst(request, until) {
      const item = { ...slackRequestKey(request), expiresAt: Math.ceil(until / 1000) };
      return (await putIf(table, item, 'absent')) === 'written';
    },
  };
}
