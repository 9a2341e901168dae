import type { Mistake } from '../complaint.ts';
import type { Draft } from '../draft.ts';

/** Slack is one workspace: its channels need the section that names it, and its people belong to it. */
export function oneWorkspace(draft: Draft): Mistake[] {
  return draft.slack === undefined ? channelsWithoutSlack(draft) : strangers(draft, draft.slack.team);
}

function channelsWithoutSlack({ roles }: Draft): Mistake[] {
  return [...roles]
    .filter(([, { channel }]) => channel !== undefined)
    .map(([name]) => ({
      path: ['roles', name, 'channel'],
      sentence: 'Add a slack section to the file or remove this: without one no card is posted anywhere.',
    }));
}

/** Where the section's team is not understood that is a mistake of its own. */
function strangers({ people }: Draft, team: string | undefined): Mistake[] {
  if (team === undefined) return [];
  return [...people]
    .filter(([, { slack = [] }]) => slack.some((identity) => identity.team !== team))
    .map(([handle]) => ({
      path: ['people', handle, 'slack'],
      sentence: `Name a user of ${team}, the team under slack: no other workspace is listened to.`,
    }));
}
