import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { eventIn } from '../../../cli/trail/looked-up-event.ts';
import { cloudTrailLookup } from '../../../shared/adapters/event-lookup/cloudtrail-lookup.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import type { LookedUp } from '../../../shared/ports/event-lookup.ts';
import { at as time } from '../../domain/values.ts';
import { type Answer, startLookups } from './scripted-lookups.ts';

const HOUR = { from: time('2026-11-24T09:00:00.000Z'), until: time('2026-11-24T10:00:00.000Z') };

/** What a lookup of the hour gives when CloudTrail answers so, what it was asked, and how long was waited. */
async function lookedUp(...answers: readonly Answer[]) {
  const cloudTrail = await startLookups(answers);
  const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'test' };
  const client = new CloudTrailClient({
    ...{ region: 'us-east-1', endpoint: cloudTrail.url, credentials, maxAttempts: 1 },
  });
  const waited: number[] = [];
  const lookup = cloudTrailLookup({
    client,
    parse: (json) => eventIn(json, sha256),
    sleep: async (milliseconds) => waited.push(milliseconds),
  });
  const pages: LookedUp[] = [];
  let failed: unknown;
  try {
    for await (const page of lookup.assumeRoles(HOUR)) pages.push(page);
  } catch (error) {
    failed = error;
  } finally {
    client.destroy();
    await cloudTrail.stop();
  }
  return { pages, asked: cloudTrail.asked, waited, failed };
}

const event = (id: string, more: object = {}) => ({
  EventId: id,
  CloudTrailEvent: JSON.stringify({
    ...{ eventVersion: '1.08', eventID: id, eventTime: '2026-11-24T09:30:00Z', awsRegion: 'us-east-1' },
    ...{ eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', eventType: 'AwsApiCall' },
    ...more,
  }),
});
const idsOf = (pages: readonly LookedUp[]) => pages.map(({ records }) => records.map(({ id }) => id));

// API_LookupEvents: events "that occur before or at" EndTime, in seconds; they have whole ones, so the next hour's first
// is not taken in.
test('it asks for AssumeRole events from the beginning of the hour to before its end', async () => {
  const { asked } = await lookedUp({ Events: [] });
  expect(asked).toEqual([
    {
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'AssumeRole' }],
      StartTime: HOUR.from / 1000,
      EndTime: expect.any(Number),
      MaxResults: 50,
    },
  ]);
  expect(Math.floor(Number(asked[0]?.['EndTime']))).toBe(HOUR.until / 1000 - 1);
});

test('it follows the pages, each with the question of the first', async () => {
  const { pages, asked } = await lookedUp(
    { Events: [event('a'), event('b')], NextToken: 'one' },
    { Events: [], NextToken: 'two' },
    { Events: [event('c')] },
  );
  expect(idsOf(pages)).toEqual([['a', 'b'], [], ['c']]);
  expect(asked.map(({ NextToken }) => NextToken)).toEqual([undefined, 'one', 'two']);
  const [first, ...more] = asked.map(({ NextToken: _, ...question }) => question);
  for (const question of more) expect(question).toEqual(first);
});

// API_LookupEvents: "limited to two per second, per account, per Region".
test('it asks at most twice a second', async () => {
  const { waited } = await lookedUp({ Events: [], NextToken: 'one' }, { Events: [] });
  expect(waited).toEqual([500, 500]);
});

test('where it is throttled it asks again, later each time', async () => {
  const throttled = { error: 'ThrottlingException' };
  const { pages, waited, failed } = await lookedUp(throttled, throttled, { Events: [event('a')] });
  expect({ pages: idsOf(pages), failed }).toEqual({ pages: [['a']], failed: undefined });
  expect(waited).toEqual([1000, 2000, 500]);
});

test('where it is throttled again and again it gives up after half a minute', async () => {
  const { waited, failed, asked } = await lookedUp(...Array(10).fill({ error: 'ThrottlingException' }));
  expect(failed).toMatchObject({ name: 'ThrottlingException' });
  expect(asked).toHaveLength(6);
  expect(waited.reduce((sum, one) => sum + one)).toBe(31_000);
});

test('any other refusal ends it at once', async () => {
  const { failed, asked } = await lookedUp({ error: 'AccessDeniedException' }, { Events: [] });
  expect(failed).toMatchObject({ name: 'AccessDeniedException' });
  expect(asked).toHaveLength(1);
});

test.each([
  ['no JSON', { EventId: 'x', CloudTrailEvent: '{' }],
  ['no record', event('x', { eventTime: 'noon' })],
  ['nothing', { EventId: 'x' }],
])('an event that holds %s is named, and the others are read', async (_title, broken) => {
  const { pages, failed } = await lookedUp({ Events: [event('a'), broken, event('b')] });
  expect(failed).toBeUndefined();
  expect(idsOf(pages)).toEqual([['a', 'b']]);
  expect(pages[0]?.unreadable).toEqual([expect.stringMatching(/^The event x cannot be read\. .+\.$/)]);
});
