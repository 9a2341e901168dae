import type { Hash } from '../../domain/hash.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Handle } from '../../domain/names.ts';
import { personOf, type SlackUser } from '../../domain/slack.ts';
import type { SealedLink, SlackLinks } from '../../ports/slack-links.ts';

type Code = { readonly of: SlackUser; readonly validUntil: Instant; readonly usedBy?: Handle };

/** Keeps links in memory, for tests; held to the same suite as the table. */
export function memorySlackLinks(): SlackLinks {
  const links = new Map<string, SealedLink>();
  const codes = new Map<Hash, Code>();
  const nameOf = ({ team, user }: SlackUser) => `${team} ${user}`;
  return {
    read: async (user) => structuredClone(links.get(nameOf(user))),
    async write(seenEvents, next) {
      if ((links.get(nameOf(next.of))?.history.length ?? 0) !== seenEvents) return false;
      links.set(nameOf(next.of), structuredClone(next));
      return true;
    },
    async ofPerson(person) {
      const own = [...links.values()].filter((link) => personOf(link) === person);
      return structuredClone(own.toSorted((one, other) => linkedAt(one) - linkedAt(other)));
    },
    async keepCode(code, of, validUntil) {
      const standing = codes.get(code)?.of ?? of;
      if (nameOf(standing) !== nameOf(of)) throw new Error('Another Slack user was given this code.');
      codes.set(code, { of, validUntil });
    },
    async useCode(code, person, now) {
      const kept = codes.get(code);
      if (kept === undefined || now > kept.validUntil) return undefined;
      if (kept.usedBy !== undefined && kept.usedBy !== person) return undefined;
      codes.set(code, { ...kept, usedBy: person });
      return kept.of;
    },
  };
}

function linkedAt({ history }: SealedLink): number {
  return history.at(-1)?.at ?? 0;
}
