import type { SubjectEvent } from '../../../shared/domain/subject.ts';
import { at, duration, handle, hash, tokenGroup } from '../../domain/values.ts';
import { requestOf } from '../contract/elevations.ts';

const david = {
  person: handle('david'),
  door: 'oidc',
  tokenGroups: [tokenGroup('Platform')],
  mfa: { kind: 'token', evidence: 'amr:hwk', at: at('2026-11-24T08:55:00.000Z') },
} as const;
const request = requestOf({ requestedAt: at('2026-11-24T09:00:00.000Z') });
const subject = { kind: 'elevation', id: request.id } as const;

/** Events of two subjects, with times wherever an event can have them. */
export const EVENTS = {
  requested: { subject, n: 1, event: { type: 'requested', request, by: david, at: request.requestedAt } },
  approved: {
    subject,
    n: 2,
    event: {
      type: 'approved',
      digest: hash('b'),
      by: {
        person: handle('ruth'),
        door: 'iam',
        tokenGroups: [],
        mfa: { kind: 'iam-session', within: duration('15m') },
      },
      at: at('2026-11-24T09:01:00.250Z'),
    },
  },
  linked: {
    subject: { kind: 'slack-link', of: { team: 'T024BE7LD', user: 'U0DAVID' } },
    n: 1,
    event: {
      type: 'slack-linked',
      person: david.person,
      by: david,
      at: at('2026-11-24T09:02:00.000Z'),
    },
  },
} as const satisfies Readonly<Record<string, SubjectEvent>>;
