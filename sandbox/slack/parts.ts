import type { SlackPerson } from './person.ts';
import type { Workspace } from './workspace.ts';

/** What requests are answered from. */
export type Parts = {
  readonly workspace: Workspace;
  /** The person of a user's id; a sentence is thrown where nobody has it. */
  readonly as: (user: string) => SlackPerson;
};
