import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { type Instant, instant } from '../../../shared/domain/instant.ts';
import { entryAfter, type LogEntry } from '../../../shared/domain/log-entry.ts';
import type { LinkEvent, SlackUser } from '../../../shared/domain/slack.ts';
import type { Subject, SubjectEvent } from '../../../shared/domain/subject.ts';
import type { SealedLink } from '../../../shared/ports/slack-links.ts';
import { caller, NOW } from '../../domain/story.ts';
import { handle } from '../../domain/values.ts';
import { freshId, requestOf } from './elevations.ts';

let made = 0;

/** A Slack user whom no other test knows. */
export function freshUser(): SlackUser {
  return { team: 'T024BE7LD', user: `U${String(++made).padStart(8, '0')}` };
}

/** An elevation that no other test knows, as a subject. */
export function freshElevation(): Subject {
  return { kind: 'elevation', id: freshId() };
}

/** The link of a user that no other test knows, as a subject. */
export function freshLinkSubject(): Subject {
  return { kind: 'slack-link', of: freshUser() };
}

/** So many seconds after the beginning of the story. */
export function second(n: number): Instant {
  return instant(NOW + n * 1000);
}

/** What happens to a link. */
export const linkEvents = {
  linked: (person: string, at = NOW): LinkEvent => ({
    type: 'slack-linked',
    person: handle(person),
    by: {
      ...caller(person),
      mfa: { kind: 'token', evidence: 'amr:hwk', at: NOW },
    },
    at,
  }),
  unlinked: (person: string, at = NOW): LinkEvent => ({
    type: 'slack-unlinked',
    person: handle(person),
    by: caller('ada'),
    at,
  }),
};

/** A link with a seal, at which no store looks. */
export function sealedLink(of: SlackUser, ...history: readonly LinkEvent[]): SealedLink {
  return { of, history, seal: `sealed ${history.length}` };
}

/** The n-th event of a subject that no other test knows: of an elevation, its request. */
export function freshEvent(n = 1): SubjectEvent {
  const request = requestOf();
  const { id, requestedAt: at } = request;
  const event = { type: 'requested', by: caller('david'), at, request } as const;
  return { subject: { kind: 'elevation', id }, n, event };
}

/** The entry with this event after another entry, or the first. */
export function entryOf(newest: LogEntry | undefined, said: SubjectEvent): LogEntry {
  return entryAfter(newest, said, sha256);
}
