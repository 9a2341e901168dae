/** Trigger ids: each opens one view, for the user who made it, within three seconds. */
export type Triggers = {
  /** A new one. */
  issue(user: string): string;
  /** Whose it is; or Slack's error code. A trigger is used up by this. */
  exchange(id: string): { readonly user: string } | { readonly error: TriggerError };
};

type TriggerError = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

/** docs.slack.dev/interactivity/handling-user-interaction: a trigger expires after 3 seconds. */
const LIFETIME_MS = 3000;

/** Keeps triggers in memory. */
export function createTriggers(clock: () => number, nextId: () => string): Triggers {
  const issued = new Map<string, { readonly user: string; readonly at: number; exchanged: boolean }>();
  return {
    issue(user) {
      const at = clock();
      const id = `${Math.trunc(at)}.${issued.size + 1}.${nextId()}`;
      issued.set(id, { user, at, exchanged: false });
      return id;
    },
    exchange(id) {
      const trigger = issued.get(id);
      if (trigger === undefined) return { error: 'invalid_trigger_id' };
      if (clock() - trigger.at > LIFETIME_MS) return { error: 'expired_trigger_id' };
      if (trigger.exchanged) return { error: 'exchanged_trigger_id' };
      trigger.exchanged = true;
      return { user: trigger.user };
    },
  };
}
