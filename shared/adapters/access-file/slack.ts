import * as z from 'zod';
import { lengthOfTime, matching, ONE_DAY, ONE_MINUTE, wholeNumber } from './values.ts';

/** A person's user in Slack. */
export const SlackIdentity = matching(
  /^[TE][A-Z0-9]{1,20}\/[UW][A-Z0-9]{1,20}$/,
  'Write <team id>/<user id> as Slack shows them, for example T024BE7LD/U0DAVID.',
).transform((text) => {
  const [team = '', user = ''] = text.split('/');
  return { team, user };
});

/** A channel by its id, which stays when the channel is renamed; private ones of old begin with G. */
export const ChannelText = matching(
  /^[CG][A-Z0-9]{1,20}$/,
  "Write the channel's id, for example C0ACCESS1: Slack shows it at the end of the channel's details.",
);

/** Where Drawbridge is used from Slack. */
export const SlackEntry = z
  .strictObject({
    team: matching(
      /^T[A-Z0-9]{1,20}$/,
      "Write the workspace's id, for example T024BE7LD: it follows app.slack.com/client/ in a browser.",
    ).describe('The id of the one workspace that is listened to'),
    app: matching(
      /^A[A-Z0-9]{1,20}$/,
      "Write the app's id, for example A0DRAWBRIDGE: Slack shows it under Basic Information.",
    ).describe('The id of the one app that is listened to'),
    channel: ChannelText.describe('Where cards of roles go that name no channel'),
    remind: z
      .strictObject({
        after: lengthOfTime(ONE_MINUTE, ONE_DAY).describe(
          'When approvers are first reminded; each pause is twice the one before',
        ),
        most: wholeNumber(1, 10).default(3).describe('How many reminders there are at most'),
      })
      .exactOptional()
      .describe('Reminds approvers in the thread of the card; without it nobody is reminded'),
  })
  .describe('The Slack app through which people ask and approve');
