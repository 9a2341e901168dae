/** What a response URL belongs to: a click on a message, or a command in a conversation. */
export type Answerable = {
  readonly user: string;
  readonly channel: string;
  /** The clicked message, unless only its user saw it. */
  readonly ts?: string;
  readonly thread?: string;
};

/** The addresses by which an app answers whoever clicked. */
export type ResponseUrls = {
  /** A new one, at hooks.slack.com. */
  issue(kind: 'commands' | 'actions', to: Answerable): string;
  /** What the path belongs to, and one use fewer is left; or why it cannot be used. */
  use(path: string): Answerable | 'unknown' | 'used_url' | 'expired_url';
};

/** docs.slack.dev/interactivity/handling-user-interaction: five times within 30 minutes. */
const MOST_USES = 5;
const LIFETIME_MS = 30 * 60_000;

/** Keeps response URLs in memory. */
export function createResponseUrls(options: {
  readonly team: string;
  readonly clock: () => number;
  readonly nextId: () => string;
}): ResponseUrls {
  const { team, clock, nextId } = options;
  const issued = new Map<string, { readonly to: Answerable; readonly at: number; uses: number }>();
  return {
    issue(kind, to) {
      const path = `/${kind}/${team}/${Math.trunc(clock())}/${nextId()}`;
      issued.set(path, { to, at: clock(), uses: 0 });
      return `https://hooks.slack.com${path}`;
    },
    use(path) {
      const url = issued.get(path);
      if (url === undefined) return 'unknown';
      if (clock() - url.at > LIFETIME_MS) return 'expired_url';
      if (url.uses === MOST_USES) return 'used_url';
      url.uses += 1;
      return url.to;
    },
  };
}
