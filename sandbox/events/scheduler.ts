import { randomUUID } from 'node:crypto';
import type { ScheduleSource } from '../hub/event-source.ts';
import type { EventSourceOptions, Reader } from './reader.ts';

/** "If the function returns an error, Lambda attempts to run it two more times" (guide, "asynchronous invocation"). */
const ATTEMPTS = 3;

/** Fires at a fixed rate from now on; a time that was jumped over by many periods has fired once. */
export function createScheduler(source: ScheduleSource, options: EventSourceOptions): Reader {
  const { hub, invoke, clock } = options;
  const periodMs = source.everySeconds * 1000;
  const since = clock();
  let fired = 0;
  return async () => {
    const periods = Math.floor((clock() - since) / periodMs);
    if (periods <= fired) return 0;
    fired = periods;
    const event = scheduledEvent(source, hub, since + periods * periodMs);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const { outcome } = await invoke(source.wakes, event);
      if (outcome === 'answered') break;
    }
    return 1;
  };
}

/** As EventBridge sends it (user guide, "Creating an Amazon EventBridge rule that runs on a schedule"). */
function scheduledEvent(
  { arn }: ScheduleSource,
  { account, region }: EventSourceOptions['hub'],
  time: number,
) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region,
    resources: [arn],
    detail: {},
  };
}
