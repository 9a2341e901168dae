import { memoryAnnouncements } from '../../shared/adapters/memory/memory-announcements.ts';
import { memoryAuditLogOrder, memoryLogStorage } from '../../shared/adapters/memory/memory-audit-log.ts';
import { memorySlackLinks } from '../../shared/adapters/memory/memory-slack-links.ts';
import type { Announcer } from '../../shared/app/announce.ts';
import { auditLogOf } from '../../shared/app/audit-log-of.ts';
import type { LinkingBroker } from '../../shared/app/link-slack.ts';
import { peopleBySlackUser } from '../../shared/domain/identities.ts';
import type { SubjectEvent } from '../../shared/domain/subject.ts';
import { STORY } from '../domain/story.ts';
import { duration, handle } from '../domain/values.ts';
import { testBroker } from './broker.ts';
import { memorySlack } from './memory-slack.ts';

/** The story's file with a workspace in which David has a user. */
export const WITH_SLACK: typeof STORY = {
  ...STORY,
  slack: {
    ...{ team: 'T0STORY', app: 'A0STORY', channel: 'C0CARDS' },
    remind: { after: duration('15m'), most: 3 },
  },
  people: new Map(
    [...STORY.people].map(([name, person]) => [
      name,
      name === handle('david') ? { ...person, slack: [{ team: 'T0STORY', user: 'U0DAVID' }] } : person,
    ]),
  ),
};

/** A broker in memory that can tell as well, and what it has told. */
export function testAnnouncer(access = WITH_SLACK) {
  const broker = testBroker(access);
  const links = memorySlackLinks();
  const linking: LinkingBroker = { ...broker, links, usersOfFile: peopleBySlackUser(access) };
  const storage = memoryLogStorage();
  const sent: SubjectEvent[] = [];
  const slack = memorySlack(broker.clock);
  const announcer: Announcer = {
    ...linking,
    store: broker.store,
    announcements: memoryAnnouncements(),
    auditLog: auditLogOf(memoryAuditLogOrder(), storage),
    bus: {
      async send(events) {
        sent.push(...events);
      },
    },
    slack: {
      messenger: slack.messenger,
      peopleOf: ({ request }) => [request.person],
      messagesOf: ({ elevation: { state, request }, users }) => [
        { key: 'card', to: { channel: 'C0CARDS' }, content: { text: state, blocks: [] } },
        ...(users.get(request.person) ?? []).map((user) => ({
          key: 'direct:1',
          to: { user },
          content: { text: `You: ${state}`, blocks: [] },
        })),
      ],
    },
  };
  return { ...broker, linking, announcer, storage, sent, slack };
}
