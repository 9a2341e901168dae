import { createTableStream, TRIM_HORIZON } from '../../../sandbox/dynamodb/table-stream.ts';
import { passes } from '../../../sandbox/events/filter.ts';
import { START, STREAM_ARN } from './sources.ts';

const stream = createTableStream(
  {
    arn: STREAM_ARN,
    region: 'us-east-1',
    tableName: 'drawbridge',
    keyNames: ['pk', 'sk'],
    viewType: 'NEW_AND_OLD_IMAGES',
  },
  () => START,
  1,
);
stream.add({ before: undefined, after: { pk: { S: 'a' }, sk: { S: 'elevation' } } });
const records = stream.shards.flatMap((shard) => shard.after(TRIM_HORIZON));

// Lambda developer guide, "Control which events Lambda sends to your function": values of one name and patterns are
// alternatives, the names of one pattern must all fit.
test.each([
  ['no pattern', [], true],
  ['one of the texts', [{ sk: ['other', 'elevation'] }], true],
  ['none of the texts', [{ sk: ['other'] }], false],
  ['a beginning of the text', [{ sk: ['elev'] }], false],
  ['both names', [{ pk: ['a'], sk: ['elevation'] }], true],
  ['one name of two', [{ pk: ['b'], sk: ['elevation'] }], false],
  ['one pattern of two', [{ sk: ['other'] }, { pk: ['a'] }], true],
  ['a name that the key has not', [{ id: ['a'] }], false],
])('a record is judged by %s', (_title, filters, expected) => {
  expect(records.map((record) => passes(record, filters))).toEqual([expected]);
});
