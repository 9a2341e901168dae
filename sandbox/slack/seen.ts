import type { OpenView } from './modals.ts';
import type { PrivateNote } from './private-notes.ts';

/** What came of something that somebody did. */
export type Seen = {
  /** What Slack tells them where the app did not do its part; undefined where all is well. */
  readonly trouble: string | undefined;
  /** What the app has answered meanwhile, for them alone. */
  readonly replies: readonly PrivateNote[];
  /** The form before them. */
  readonly form: OpenView | undefined;
};
