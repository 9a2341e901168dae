import type { SentCallback } from './callbacks/app-door.ts';
import type { SlackMessage } from './conversations.ts';
import type { PlantedFault } from './faults.ts';
import type { SlackPerson } from './person.ts';
import type { WorkspaceOptions } from './workspace.ts';

/** How to start a Slack workspace. */
export type SlackOptions = WorkspaceOptions & {
  /** 0, or none, for any free port. */
  readonly port?: number;
  readonly signingSecret: string;
  /** Where the app is: the base of `/v1/slack/commands`, `/v1/slack/interactions` and `/v1/slack/options`. */
  readonly appUrl: string | (() => string);
  /** How long the app may take to answer, in milliseconds of real time; 3,000, as Slack waits, where it is absent. */
  readonly patienceMs?: number;
};

/** A Slack workspace on loopback: the Web API, response URLs, and a page for people. */
export type SandboxSlack = {
  /** The page; the Web API is at `<url>/api/`, and hooks.slack.com's paths are here too. */
  readonly url: string;
  /** Somebody's hands and eyes, by the id of their user. */
  as(user: string): SlackPerson;
  /** Messages of a channel, or of the direct messages with a user; oldest first, replies among them. */
  messages(channelOrUser: string): readonly SlackMessage[];
  /** Somebody deletes a message. */
  remove(message: SlackMessage): void;
  /** Makes the next calls go wrong. */
  fail(fault: PlantedFault): void;
  /** Lets calls succeed again. */
  recover(): void;
  /** What was sent to the app, oldest first. */
  callbacks(): readonly SentCallback[];
  /** Signs by another secret from now on. */
  setSigningSecret(secret: string): void;
  stop(): Promise<void>;
};
