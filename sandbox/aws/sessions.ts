import { timingSafeEqual } from 'node:crypto';
import { recordSecret } from '../evidence.ts';
import type { Credentials, PolicyDocument } from './aws.ts';
import type { Role, User } from './directory.ts';
import { newId, type Randomness } from './identifiers.ts';

/** A session tag; a transitive one goes along into chained sessions. */
export type SessionTag = { readonly key: string; readonly value: string; readonly transitive: boolean };

/** Whose session it is, and what came with it. */
export type SessionOf =
  | { readonly kind: 'user'; readonly user: User; readonly mfaAt?: number }
  | { readonly kind: 'root'; readonly account: string }
  | {
      readonly kind: 'role';
      readonly role: Role;
      readonly name: string;
      readonly sourceIdentity?: string;
      readonly tags: readonly SessionTag[];
      /** Absent where the session may do all that the role may. */
      readonly policy?: PolicyDocument;
    };

/** A session as it was issued; times in milliseconds since 1970. */
export type Session = {
  readonly of: SessionOf;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly credentials: Required<Credentials>;
};

/** Every session that was issued. Kept after its end, so that an old token is told from a forged one. */
export class Sessions {
  readonly #byKey = new Map<string, Session>();
  readonly #random: Randomness;

  constructor(random: Randomness) {
    this.#random = random;
  }

  issue(of: SessionOf, issuedAt: number, seconds: number): Session {
    const session = {
      of,
      issuedAt,
      // Expirations are whole seconds, and never later than what was asked for.
      expiresAt: Math.floor(issuedAt / 1000) * 1000 + seconds * 1000,
      credentials: {
        accessKeyId: newId('ASIA', this.#random),
        secretAccessKey: this.#random(30).toString('base64'),
        sessionToken: `IQoJb3JpZ2luX2Vj${this.#random(192).toString('base64')}`,
      },
    };
    recordSecret(session.credentials.secretAccessKey);
    recordSecret(session.credentials.sessionToken);
    this.#byKey.set(session.credentials.accessKeyId, session);
    return session;
  }

  find(accessKeyId: string): Session | undefined {
    return this.#byKey.get(accessKeyId);
  }
}

/** Whether it is the token that was issued with the session's key. */
export function isTokenOf(session: Session, token: string | undefined): boolean {
  const issued = Buffer.from(session.credentials.sessionToken);
  const given = Buffer.from(token ?? '');
  return issued.length === given.length && timingSafeEqual(issued, given);
}
