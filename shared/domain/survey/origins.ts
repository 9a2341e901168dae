import type { Actor } from '../trail/observation.ts';
import type { Beginner } from './borrower.ts';

/**
 * Who is behind each role's session, and how principals are called, as far as the records tell. Each keeps its first
 * so many; what comes later stays as it is written in its own record.
 */
export type Origins = {
  /** The principal id of a new session, and who began it. */
  began(session: string, beginner: Beginner): void;
  /** Copies in other accounts name principals by their ids alone; this account's own say how they are called. */
  met(actor: Actor): void;
  knows(session: string): boolean;
  /** Who is at the beginning of a chain of sessions. */
  behind(beginner: Beginner): Beginner;
};

/** How long a chain is followed: longer ones exist only where somebody makes them. */
const LONGEST_CHAIN = 16;

/** Origins of which nothing is known yet. */
export function origins(most: number): Origins {
  const beginners = new Map<string, Beginner>();
  const names = new Map<string, string>();
  const behind = (beginner: Beginner, links: number): Beginner => {
    const before = beginner.principalId === undefined ? undefined : beginners.get(beginner.principalId);
    if (before !== undefined && links < LONGEST_CHAIN) return behind(before, links + 1);
    const name = names.get(beginner.key);
    return name === undefined ? beginner : { ...beginner, name, kind: kindOf(name) };
  };
  return {
    began(session, beginner) {
      if (beginners.size < most) beginners.set(session, beginner);
    },
    met({ principalId, arn }) {
      if (principalId === undefined || arn === undefined || names.size >= most) return;
      if (principalId.startsWith('AIDA') || principalId.startsWith('AROA')) names.set(principalId, arn);
    },
    knows: (session) => beginners.has(session),
    behind: (beginner) => behind(beginner, 0),
  };
}

function kindOf(arn: string): Beginner['kind'] {
  return arn.includes(':user/') ? 'user' : 'role';
}
