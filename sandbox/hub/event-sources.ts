import type { EventSource, KeyFilter, StreamSource } from './event-source.ts';
import type { FunctionEvent } from './function-events.ts';
import { type PhysicalNames, resolveIntrinsics } from './intrinsics.ts';
import type { Place } from './physical-names.ts';
import type { Templates } from './templates.ts';

type Of<Kind extends string> = Extract<FunctionEvent, Readonly<Record<Kind, unknown>>>;

/** Everything but the API that wakes functions. */
export function eventSourcesOf(templates: Templates, names: PhysicalNames, place: Place): EventSource[] {
  return Object.entries(templates.functions).flatMap(([wakes, { events }]) =>
    events.flatMap((event, index): EventSource[] => {
      if ('stream' in event) return [streamSource(wakes, event, names)];
      if ('sqs' in event) return [queueSource(wakes, event, names)];
      if ('schedule' in event) return [scheduleSource(wakes, event, index, templates.service, place)];
      return [];
    }),
  );
}

function streamSource(wakes: string, { stream }: Of<'stream'>, names: PhysicalNames): StreamSource {
  const onFailure = stream.destinations?.onFailure;
  return {
    kind: 'stream',
    wakes,
    arn: arnOf(stream.arn, names),
    batchSize: stream.batchSize,
    startingPosition: stream.startingPosition,
    filters: stream.filterPatterns.map((pattern) => keyFilter(pattern.dynamodb.Keys)),
    reportsFailures: stream.functionResponseType !== undefined,
    bisects: stream.bisectBatchOnFunctionError,
    maximumRetries: stream.maximumRetryAttempts,
    maximumAgeSeconds: stream.maximumRecordAgeInSeconds,
    ...(onFailure === undefined ? {} : { onFailure: arnOf(onFailure.arn, names) }),
  };
}

function keyFilter(keys: Readonly<Record<string, { readonly S: readonly string[] }>>): KeyFilter {
  return Object.fromEntries(Object.entries(keys).map(([name, { S }]) => [name, S]));
}

function queueSource(wakes: string, { sqs }: Of<'sqs'>, names: PhysicalNames): EventSource {
  return {
    kind: 'queue',
    wakes,
    arn: arnOf(sqs.arn, names),
    batchSize: sqs.batchSize,
    reportsFailures: sqs.functionResponseType !== undefined,
  };
}

const SECONDS = { minute: 60, hour: 3600, day: 86_400 } as const;

function scheduleSource(
  wakes: string,
  { schedule }: Of<'schedule'>,
  index: number,
  service: string,
  { partition, region, account, stage }: Place,
): EventSource {
  const [, count = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule.rate) ?? [];
  const rule = `${service}-${stage}-${wakes}-schedule-${index + 1}`;
  return {
    kind: 'schedule',
    wakes,
    arn: `arn:${partition}:events:${region}:${account}:rule/${rule}`,
    everySeconds: Number(count) * SECONDS[unit as keyof typeof SECONDS],
  };
}

function arnOf(reference: unknown, names: PhysicalNames): string {
  return String(resolveIntrinsics(reference, names));
}
