import type { ElevationId } from './elevation-id.ts';
import type { ElevationEvent } from './events.ts';
import type { LinkEvent, SlackUser } from './slack.ts';

/** What has a history that is told to others: an elevation, or a Slack user's link. */
export type Subject =
  | { readonly kind: 'elevation'; readonly id: ElevationId }
  | { readonly kind: 'slack-link'; readonly of: SlackUser };

/** The n-th event of a subject, counted from 1. */
export type SubjectEvent = {
  readonly subject: Subject;
  readonly n: number;
  readonly event: ElevationEvent | LinkEvent;
};
