import {
  type CryptoKey,
  createRemoteJWKSet,
  errors,
  type JWTHeaderParameters,
  type RemoteJWKSet,
} from 'jose';
import { refusal, type TokenRefusal } from './token-refusal.ts';

/** The key with which an issuer has signed a token, by the token's header. */
export type KeyOf = (header: JWTHeaderParameters) => Promise<CryptoKey | TokenRefusal>;

/** For the discovery document and for the keys, each. */
const TIMEOUT_MS = 3000;

/** Keys are used for so long without asking for them again. */
const KEPT_MS = 10 * 60_000;

/** An unknown key id has the keys fetched again, but no sooner: nobody can make us flood the provider. */
const COOLDOWN_MS = 30_000;

/** Finds an issuer's keys where its discovery document says they are, when the first token needs one. */
export function issuerKeys(issuer: string): KeyOf {
  let discovered: Promise<RemoteJWKSet> | undefined;
  const keySet = () => {
    discovered ??= discover(issuer).catch((cause) => {
      discovered = undefined; // the next token tries again
      throw cause;
    });
    return discovered;
  };
  return async (header) => {
    try {
      const keyFor = await keySet();
      return await keyFor(header);
    } catch (cause) {
      return whyNoKey(cause);
    }
  };
}

/** OpenID Connect Discovery 1.0, section 4: the document must name the issuer that it was asked for. */
async function discover(issuer: string): Promise<RemoteJWKSet> {
  const url = trusted(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url.href} answers ${response.status}.`);
  const document = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown } | null;
  if (document?.issuer !== issuer) throw new Error(`${url.href} speaks of another issuer.`);
  if (typeof document.jwks_uri !== 'string') throw new Error(`${url.href} has no jwks_uri.`);
  return createRemoteJWKSet(trusted(document.jwks_uri), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: KEPT_MS,
  });
}

/** Whoever can change the keys on their way can be anybody. */
function trusted(text: string): URL {
  const url = new URL(text);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)) return url;
  throw new Error(`${url.origin} is not an https address.`);
}

function whyNoKey(cause: unknown): TokenRefusal {
  if (cause instanceof errors.JWKSNoMatchingKey) {
    return refusal('bad-signature', 'The issuer has no key of this id and algorithm.');
  }
  if (cause instanceof errors.JWKSMultipleMatchingKeys) {
    return refusal('bad-signature', 'The token names no key, and the issuer has several.');
  }
  return refusal('keys-unavailable', `The issuer's keys cannot be fetched: ${reason(cause)}`);
}

/** What fetch says is only "fetch failed"; why is in its cause. */
function reason(thrown: unknown): string {
  const { message, cause } = Object(thrown) as { message?: unknown; cause?: { message?: unknown } };
  return [message, cause?.message].filter((text) => typeof text === 'string').join(': ');
}
