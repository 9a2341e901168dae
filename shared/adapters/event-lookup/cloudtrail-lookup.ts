import {
  type CloudTrailClient,
  type Event,
  LookupEventsCommand,
  type LookupEventsResponse,
} from '@aws-sdk/client-cloudtrail';
import type { TrailRecord } from '../../domain/trail/record.ts';
import type { EventLookup, LookedUp } from '../../ports/event-lookup.ts';

/** What the lookup is given: the parser of records, and how time passes. */
export type LookupOptions = {
  readonly client: CloudTrailClient;
  /** A record from JSON, or what is wrong with it. */
  readonly parse: (json: string) => TrailRecord | { readonly fault: string };
  readonly sleep: (milliseconds: number) => Promise<unknown>;
};

/** API_LookupEvents: "The rate of lookup requests is limited to two per second, per account, per Region." */
const PAUSE_MS = 500;

/** API_LookupEvents: at most 50. */
const PAGE = 50;

/** Others look up as well; a request that is throttled is made again, each time twice as late. */
const MOST_TRIES = 6;

/**
 * AssumeRole events by LookupEvents, which needs no trail.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export function cloudTrailLookup(options: LookupOptions): EventLookup {
  return {
    async *assumeRoles({ from, until }) {
      let NextToken: string | undefined;
      do {
        const page = await looked(
          options,
          new LookupEventsCommand({
            LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'AssumeRole' }],
            StartTime: new Date(from),
            EndTime: new Date(until - 1), // both ends are taken in; events have whole seconds
            MaxResults: PAGE,
            ...(NextToken === undefined ? {} : { NextToken }),
          }),
        );
        yield pageOf(page.Events ?? [], options.parse);
        NextToken = page.NextToken;
        await options.sleep(PAUSE_MS);
      } while (NextToken !== undefined);
    },
  };
}

function pageOf(events: readonly Event[], parse: LookupOptions['parse']): LookedUp {
  const records: TrailRecord[] = [];
  const unreadable: string[] = [];
  for (const { CloudTrailEvent, EventId = 'without an id' } of events) {
    const record = CloudTrailEvent === undefined ? { fault: 'It is empty.' } : parse(CloudTrailEvent);
    if ('fault' in record) unreadable.push(`The event ${EventId} cannot be read. ${record.fault}`);
    else records.push(record);
  }
  return { records, unreadable };
}

async function looked(
  { client, sleep }: LookupOptions,
  command: LookupEventsCommand,
): Promise<LookupEventsResponse> {
  for (let tried = 1; ; tried++) {
    try {
      return await client.send(command);
    } catch (error) {
      const isThrottled = error instanceof Error && error.name === 'ThrottlingException';
      if (!isThrottled || tried === MOST_TRIES) throw error;
      await sleep(PAUSE_MS * 2 ** tried);
    }
  }
}
