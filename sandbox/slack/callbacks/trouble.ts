import type { Delivery } from './app-door.ts';

/**
 * What Slack tells somebody where an app did not do its part; undefined where it did. `operation_timeout` and
 * `dispatch_failed` are Slack's; the sentences around them are the sandbox's own.
 */
export const explained = {
  /** A slash command. */
  command(delivery: Delivery): string {
    return `/drawbridge failed with the error “${commandError(delivery)}”.`;
  },
  /** A press of a button, or a choice: the app has nothing to say in its answer. */
  action(delivery: Delivery): string | undefined {
    switch (delivery.kind) {
      case 'late':
        return 'Drawbridge didn’t respond: operation_timeout.';
      case 'unreachable':
        return 'Drawbridge didn’t respond: dispatch_failed.';
      case 'answered':
        return delivery.status === 200 ? undefined : `Drawbridge didn’t respond: status ${delivery.status}.`;
      default:
        return delivery satisfies never;
    }
  },
  /** An answer that Slack would not take. */
  answer(wrong: string): string {
    return `Drawbridge answered with what Slack does not take: ${wrong}.`;
  },
};

function commandError(delivery: Delivery): string {
  switch (delivery.kind) {
    case 'late':
      return 'operation_timeout';
    case 'unreachable':
      return 'dispatch_failed';
    case 'answered':
      return `http_status_${delivery.status}`;
    default:
      return delivery satisfies never;
  }
}
