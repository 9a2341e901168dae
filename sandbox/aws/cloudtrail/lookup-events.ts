import * as z from 'zod';
import { AwsRefusal } from '../aws.ts';
import type { Call } from '../operation.ts';
import type { TrailRecord } from '../trail/trail.ts';
import { type HistoryEvent, historyEvent } from './history-event.ts';
import { type CloudTrailOperation, readOperation } from './operation.ts';
import { createThrottle } from './throttle.ts';

/** What events are looked up in: every record so far, oldest first. */
export type LookupParts = { readonly records: () => readonly TrailRecord[] };

const HISTORY_SECONDS = 90 * 86_400;
const MOST_RESULTS = 50;

const KEYS = ['EventId', 'EventName', 'ReadOnly', 'Username', 'EventSource', 'AccessKeyId'] as const;

// LookupEvents, "Request Parameters": one attribute at most.
const input = z.object({
  LookupAttributes: z
    .array(
      z.object({
        AttributeKey: z.enum([...KEYS, 'ResourceName', 'ResourceType']),
        AttributeValue: z.string(),
      }),
    )
    .max(1)
    .default([]),
  StartTime: z.number().optional(),
  EndTime: z.number().optional(),
  MaxResults: z.int().min(1).max(MOST_RESULTS).default(MOST_RESULTS),
  NextToken: z.string().optional(),
});

type Input = z.output<typeof input>;

/** LookupEvents: management events of the caller's account in the called Region, newest first, two calls a second. */
export function lookupEvents({ records }: LookupParts): CloudTrailOperation {
  const throttle = createThrottle(2);
  return readOperation(
    input,
    () => '*',
    (wanted, call) => {
      throttle(`${call.caller.account} ${call.region}`, call.now);
      refuseBackwards(wanted);
      const all = records();
      const end = wanted.NextToken === undefined ? all.length : positionIn(wanted.NextToken, wanted);
      return page(all, end, wanted, call);
    },
  );
}

/** Up to so many events before `end`, and where the next page begins. */
function page(all: readonly TrailRecord[], end: number, wanted: Input, call: Call): object {
  const events: HistoryEvent[] = [];
  for (let at = end - 1; at >= 0; at -= 1) {
    const record = all[at];
    if (record === undefined || !isInHistory(record, call) || !isInTime(record, wanted)) continue;
    const event = historyEvent(record);
    if (!wanted.LookupAttributes.every((it) => has(event, it.AttributeKey, it.AttributeValue))) continue;
    if (events.length === wanted.MaxResults) return { Events: events, NextToken: tokenOf(at + 1, wanted) };
    events.push(event);
  }
  return { Events: events };
}

function isInHistory(record: TrailRecord, { caller, region, now }: Call): boolean {
  return (
    record.managementEvent &&
    record.recipientAccountId === caller.account &&
    record.awsRegion === region &&
    Date.parse(record.eventTime) / 1000 >= now / 1000 - HISTORY_SECONDS
  );
}

function isInTime({ eventTime }: TrailRecord, { StartTime, EndTime }: Input): boolean {
  const at = Date.parse(eventTime) / 1000;
  return at >= (StartTime ?? at) && at <= (EndTime ?? at);
}

function has(
  event: HistoryEvent,
  key: (typeof KEYS)[number] | 'ResourceName' | 'ResourceType',
  value: string,
): boolean {
  if (key === 'ResourceName' || key === 'ResourceType')
    return event.Resources.some((it) => it[key] === value);
  return event[key] === value;
}

function refuseBackwards({ StartTime = 0, EndTime = Number.POSITIVE_INFINITY }: Input): void {
  if (StartTime <= EndTime) return;
  throw new AwsRefusal('InvalidTimeRangeException', 'The end time is before the start time.', 400);
}

/** A token is good for the same question only (LookupEvents, "NextToken"). */
function tokenOf(end: number, wanted: Input): string {
  return Buffer.from(JSON.stringify({ end, question: questionOf(wanted) })).toString('base64url');
}

const Token = z.object({ end: z.int().min(0), question: z.string() });

function positionIn(token: string, wanted: Input): number {
  const parsed = Token.safeParse(jsonIn(token));
  if (parsed.success && parsed.data.question === questionOf(wanted)) return parsed.data.end;
  throw new AwsRefusal('InvalidNextTokenException', 'The next token is not valid for this request.', 400);
}

function questionOf({ LookupAttributes, StartTime, EndTime }: Input): string {
  return JSON.stringify([LookupAttributes, StartTime, EndTime]);
}

function jsonIn(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
