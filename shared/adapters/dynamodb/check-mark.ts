import { formatInstant, parseInstant } from '../../domain/instant.ts';
import type { CheckMark } from '../../ports/check-mark.ts';
import { putAll } from './batch-write.ts';
import { IN_TIME } from './batches.ts';
import { readItem, type Table } from './conditional-write.ts';
import { CHECK_KEY } from './keys.ts';
import { damaged } from './stored-values.ts';

/** Remembers up to when sessions have been checked, in one item of the table of usage. */
export function dynamoDbCheckMark(table: Table): CheckMark {
  return {
    async read() {
      const item = await readItem(table, CHECK_KEY);
      if (item === undefined) return undefined;
      const until = parseInstant(item['until']?.S ?? '');
      if (until === undefined) throw damaged(CHECK_KEY, 'Delete it: the next check begins anew.');
      return until;
    },
    async write(until) {
      const { pk, sk } = CHECK_KEY;
      await putAll(table, [{ pk: { S: pk }, sk: { S: sk }, until: { S: formatInstant(until) } }], IN_TIME);
    },
  };
}
