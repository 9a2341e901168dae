/** How often an app may post in one channel. */
export type PostRate = {
  /** Counts a post; or says how many seconds to wait, and counts nothing. */
  post(channel: string): 'may' | { readonly retryAfterSeconds: number };
};

/** docs.slack.dev/apis/web-api/rate-limits: one message a second in a channel, short bursts are allowed. */
const PAUSE_MS = 1000;

/** A bucket a channel, which holds a burst and gains one post a second. */
export function createPostRate(clock: () => number, burst: number): PostRate {
  const buckets = new Map<string, { readonly left: number; readonly at: number }>();
  return {
    post(channel) {
      const now = clock();
      const { left, at } = buckets.get(channel) ?? { left: burst, at: now };
      const filled = Math.min(burst, left + (now - at) / PAUSE_MS);
      if (filled < 1) return { retryAfterSeconds: Math.max(1, Math.ceil(1 - filled)) };
      buckets.set(channel, { left: filled - 1, at: now });
      return 'may';
    },
  };
}
