import type { SandboxQueue, WorldRule } from '../aws.ts';
import { matches } from './pattern.ts';

/** An event of an AWS service as rules see it and targets get it (EventBridge User Guide, "Event structure"). */
export type ServiceEvent = {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
};

/** The default buses of all accounts. */
export type DefaultBus = {
  /** Sends the event to the queues of each rule that it matches; `readOnly` is for management events that change nothing. */
  publish(event: ServiceEvent, kind?: 'readOnly'): void;
};

/** Default buses with these rules. The policies of queues are not asked. */
export function createDefaultBus(
  rules: readonly WorldRule[],
  queues: ReadonlyMap<string, SandboxQueue>,
): DefaultBus {
  return {
    publish(event, kind) {
      const fitting = rules.filter(
        (rule) =>
          rule.account === event.account &&
          rule.region === event.region &&
          (kind === undefined || rule.takesReadOnlyEvents) &&
          matches(rule.pattern, event),
      );
      for (const arn of fitting.flatMap(({ queueArns }) => queueArns)) {
        queues.get(arn)?.send(JSON.stringify(event));
      }
    },
  };
}
