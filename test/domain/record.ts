import { sha256 } from '../../shared/adapters/system/crypto.ts';
import type { Access } from '../../shared/domain/access.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import { type Command, decide } from '../../shared/domain/decide.ts';
import type { Elevation, Request } from '../../shared/domain/elevation.ts';
import type { ElevationEvent, History } from '../../shared/domain/events.ts';
import { extended, replay } from '../../shared/domain/history.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import { ASK, caller, NOW, STORY, UPDATE_APP } from './story.ts';
import { duration, elevationId } from './values.ts';

/** An elevation with its history. */
export type Recorded = { readonly elevation: Elevation; readonly history: History };

/** A command, when it came and what it did. */
export type Step = {
  readonly command: Command;
  readonly access: Access;
  readonly now: Instant;
  readonly before: Recorded;
  readonly outcome: Outcome<readonly ElevationEvent[]>;
  readonly after: Recorded;
};

const APPROVAL = { within: duration('2h'), mfaWithin: duration('15m') };

/** David's request of the story, when it needs so many approvals or none. */
export function requestFor(count: number, more: Partial<Request> = {}): Request {
  return {
    ...ASK,
    id: elevationId('01ARZ3NDEKTSV4RRFFQ69G5FAV'),
    person: caller('david').person,
    roleArn: 'arn:aws:iam::999999999999:role/UpdateApp',
    rule: UPDATE_APP.name,
    requirements: {
      mfa: { within: duration('15m'), each: 'request' },
      ...(count === 0 ? {} : { approval: { ...APPROVAL, by: ['group:release-managers'], count } }),
    },
    accessVersion: STORY.version,
    requestedAt: NOW,
    ...more,
  };
}

/** The story's file with so many approvals asked for, or none. */
export function needing(count: number, access: Access = STORY): Access {
  const { approval, ...rest } = UPDATE_APP;
  const rule = approval === undefined || count === 0 ? rest : { ...rest, approval: { ...approval, count } };
  return { ...access, rules: access.rules.map((one) => (one.name === rule.name ? rule : one)) };
}

/** A request as it was just made. */
export function asked(request: Request, by: Caller = caller(request.person)): Recorded {
  const event = { type: 'requested', by, at: request.requestedAt, request } as const;
  return toldBy(extended([], [event], sha256));
}

/** What a command does to a record. */
export function step(before: Recorded, command: Command, access: Access, now: Instant): Step {
  const outcome = decide(before.elevation, command, { access, now });
  const events = 'value' in outcome ? outcome.value : [];
  const after = events.length === 0 ? before : toldBy(extended(before.history, events, sha256));
  return { command, access, now, before, outcome, after };
}

/** The record after these commands at one moment, with the story's file; each must do something. */
export function after(before: Recorded, now: Instant, ...commands: readonly Command[]): Recorded {
  const access = needing(before.elevation.request.requirements.approval?.count ?? 0);
  return commands.reduce((record, command) => {
    const { outcome, after: next } = step(record, command, access, now);
    if ('refusal' in outcome)
      throw new Error(`A step of the test itself is refused: ${outcome.refusal.detail}`);
    return next;
  }, before);
}

/** The record that a history tells. */
export function toldBy(history: History): Recorded {
  const elevation = replay(history, sha256);
  if (elevation === undefined) throw new Error(`No elevation is told by ${formatEvents(history)}.`);
  return { elevation, history };
}

/** The code of a refusal, or the types of the events. */
export function codeOf({ outcome }: Step): string {
  return 'refusal' in outcome ? outcome.refusal.code : outcome.value.map(({ type }) => type).join();
}

function formatEvents(history: History): string {
  return history.map(({ event }) => event.type).join(', ');
}
