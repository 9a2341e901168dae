import type { Telling } from '../../app/desired-message.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { formatDuration } from '../../domain/duration.ts';
import { type ElevationNow, type State, standingAt, waitsUntil } from '../../domain/elevation.ts';
import type { MessageContent } from '../../ports/messenger.ts';
import type { ButtonAction } from '../button.ts';
import { actBlocks } from './act-blocks.ts';
import { approverMentions, approversMfa, stillNeeded } from './approvers.ts';
import { buttons, commands, content, header, line, paragraph, smallPrint } from './blocks.ts';
import { approvalCalls } from './calls.ts';
import { requestBlocks } from './request-blocks.ts';
import type { CardSettings } from './settings.ts';
import { when } from './text.ts';

const HEADINGS: Readonly<Record<State, string>> = {
  pending: '🟡 Waiting for approval',
  denied: '🔴 Denied',
  withdrawn: '⚪ Withdrawn',
  lapsed: '⚪ Lapsed',
  approved: '🟢 Approved',
  returned: '⚪ Returned',
  revoked: '🔴 Revoked',
  ended: '⚪ Ended',
};

/** Room for many sentences; only a file that names very many groups needs more. */
const LONGEST_MISSING = 1500;

/** The card in the channel: the whole truth of an elevation, and the buttons that its state allows. */
export function card(telling: Telling, settings: CardSettings): MessageContent {
  const { elevation, now } = telling;
  const standing = standingAt(elevation, now);
  const { role, person, duration } = elevation.request;
  const heading = `${HEADINGS[standing.state]}: ${role} for ${person}`;
  return content(`${heading} (${formatDuration(duration)})`, [
    header(heading),
    ...requestBlocks(standing),
    ...actBlocks(standing),
    ...(standing.state === 'pending' ? neededBlocks(telling, settings) : []),
    smallPrint([...timesOf(standing), `\`${elevation.request.id}\``]),
    buttons(elevation, actionsOf(standing, approversMfa(settings.access, elevation.request) === undefined)),
  ]);
}

/** NB. Slack proves no MFA: where approving wants it there is no button that would be refused, but the exact call. */
function neededBlocks(telling: Telling, { access, apiUrl }: CardSettings): readonly (Json | undefined)[] {
  const { elevation } = telling;
  const mentions = approverMentions(telling, access);
  const within = approversMfa(access, elevation.request);
  const missing = stillNeeded(telling, access);
  return [
    missing.length === 0 ? undefined : paragraph(missing.join('\n'), LONGEST_MISSING),
    mentions === '' ? undefined : line(`May approve: ${mentions}`),
    ...(within === undefined
      ? []
      : [
          paragraph(
            `Approving takes a proof of MFA no older than ${formatDuration(within)}, which Slack cannot give. Approve by:`,
          ),
          ...commands(approvalCalls(access, undefined, elevation, apiUrl)),
        ]),
  ];
}

function actionsOf({ state }: ElevationNow, mayBeApprovedHere: boolean): readonly ButtonAction[] {
  switch (state) {
    case 'pending':
      return mayBeApprovedHere ? ['approve', 'deny', 'details'] : ['deny', 'details'];
    case 'approved':
      return ['revoke', 'details'];
    case 'denied':
    case 'withdrawn':
    case 'lapsed':
    case 'returned':
    case 'revoked':
    case 'ended':
      return ['details'];
    default:
      return state satisfies never;
  }
}

function timesOf(standing: ElevationNow): readonly string[] {
  return [`Asked ${when(standing.request.requestedAt)}`, ...termOf(standing), ...issuesOf(standing)];
}

function termOf(standing: ElevationNow): readonly string[] {
  switch (standing.state) {
    case 'pending': {
      const until = waitsUntil(standing.request);
      return until === undefined ? [] : [`Waits until ${when(until)}`];
    }
    case 'lapsed':
      return [`Lapsed ${when(standing.lapsedAt)}: nobody decided in time`];
    case 'approved':
      return [...byRuleAlone(standing), `Lasts until ${when(standing.window.until)}`];
    case 'ended':
      return [...byRuleAlone(standing), `Ended ${when(standing.window.until)}`];
    case 'returned':
    case 'revoked':
      return [
        ...byRuleAlone(standing),
        `From ${when(standing.window.from)}, at most until ${when(standing.window.until)}`,
      ];
    case 'denied':
    case 'withdrawn':
      return [];
    default:
      return standing satisfies never;
  }
}

function byRuleAlone({ approvals }: ElevationNow): readonly string[] {
  return approvals.length > 0 ? [] : ['The rule wants no approval'];
}

function issuesOf(standing: ElevationNow): readonly string[] {
  if (!('issues' in standing)) return [];
  const newest = standing.issues.at(-1);
  if (newest === undefined) return ['No credentials issued'];
  const times = standing.issues.length === 1 ? 'once' : `${standing.issues.length} times, last`;
  return [`Credentials issued ${times} ${when(newest.at)}`];
}
