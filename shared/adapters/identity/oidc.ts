import type { JWTPayload } from 'jose';
import type { Access, OidcProvider } from '../../domain/access.ts';
import { peopleBySubject } from '../../domain/identities.ts';
import type { TokenVerifier } from '../../ports/caller-identity.ts';
import type { Clock } from '../../ports/clock.ts';
import { isAccessToken } from './access-token.ts';
import { issuerKeys, type KeyOf } from './issuer-keys.ts';
import { mfaProofOf } from './mfa-proof.ts';
import { signedClaims, unproved } from './signed-claims.ts';
import { groupsOfInterest, tokenGroupsOf } from './token-groups.ts';
import { refusal } from './token-refusal.ts';

/** An issuer with its keys and with each entry of the access file that accepts its tokens. */
type Issuer = { readonly keyOf: KeyOf; readonly providers: readonly OidcProvider[] };

/**
 * Says who is calling by an OIDC provider's access token: issued by a provider of the access file, signed, valid now,
 * meant for Drawbridge, and of a person of the file.
 *
 * People are known by the token's `sub`. Entra makes it up for each application and Okta puts a login there unless its
 * authorization server says otherwise: the access file must hold what the tokens really carry.
 */
export function oidcVerifier({
  access,
  clock,
}: {
  readonly access: Access;
  readonly clock: Clock;
}): TokenVerifier {
  const issuers = issuersOf(access);
  const people = peopleBySubject(access);
  const ofInterest = groupsOfInterest(access);
  return async (token) => {
    const now = clock();
    const said = unproved(token);
    if ('fault' in said) return said;
    const issuer = issuers.get(said.issuer);
    if (issuer === undefined) return refusal('unknown-issuer', 'No provider of the access file issued it.');
    const signed = await signedClaims(token, said, issuer.keyOf, now);
    if ('fault' in signed) return signed;
    const { header, claims, subject } = signed;
    const provider = issuer.providers.find((entry) => isMeantFor(entry, claims));
    if (provider === undefined) return refusal('wrong-audience', 'The token is meant for another API.');
    if (!isAccessToken(provider, header, claims))
      return refusal('not-an-access-token', 'This is no access token.');
    const person = people.get(said.issuer)?.get(subject);
    if (person === undefined) return refusal('unknown-person', 'The access file has nobody of this subject.');
    const tokenGroups = tokenGroupsOf(claims, provider, ofInterest);
    return { person, door: 'oidc', tokenGroups, mfa: mfaProofOf(claims, provider.mfa, now) };
  };
}

function issuersOf({ providers }: Access): ReadonlyMap<string, Issuer> {
  const names = new Set(providers.map(({ issuer }) => issuer));
  return new Map(
    [...names].map((name) => [
      name,
      { keyOf: issuerKeys(name), providers: providers.filter(({ issuer }) => issuer === name) },
    ]),
  );
}

function isMeantFor({ accepts: { claim, value } }: OidcProvider, claims: JWTPayload): boolean {
  return [claims[claim]].flat().includes(value);
}
