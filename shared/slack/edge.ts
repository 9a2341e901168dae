import type { Broker } from '../app/broker.ts';
import type { LinkingBroker } from '../app/link-slack.ts';
import type { SeenRequests } from '../ports/seen-requests.ts';
import type { SlackDesk } from '../ports/slack-desk.ts';
import type { SigningSecrets } from '../ports/slack-secrets.ts';

/** What the Slack edge works with. */
export type SlackEdge = {
  readonly broker: Broker & LinkingBroker;
  readonly signingSecrets: SigningSecrets;
  readonly seen: SeenRequests;
  readonly desk: SlackDesk;
  /** Where the other doors are, with the stage: https://api.example.com/prod. */
  readonly apiUrl: string;
};
