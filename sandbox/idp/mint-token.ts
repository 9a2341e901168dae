import type Provider from 'oidc-provider';
import type { SigningAlgorithm } from './keys.ts';
import type { Authentication, IdpPerson } from './people.ts';
import { CLIENT_ID, type MintedBy } from './provider.ts';
import { RESOURCE, resourceServer } from './resource.ts';

/** An answer of a token endpoint (RFC 6749, 5.1). */
export type TokenAnswer = {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
};

/** An access token as the provider makes them, for a sign-in that is only claimed to have happened. */
export async function mintToken(options: {
  readonly provider: Provider;
  readonly mintedBy: MintedBy;
  readonly person: IdpPerson;
  readonly authentication: Authentication;
  readonly alg: SigningAlgorithm;
}): Promise<TokenAnswer> {
  const { provider, mintedBy, person, authentication, alg } = options;
  const client = await provider.Client.find(CLIENT_ID);
  if (client === undefined) throw new Error(`The provider does not know its client ${CLIENT_ID}.`);
  const grant = new provider.Grant({ clientId: CLIENT_ID, accountId: person.subject });
  grant.addResourceScope(RESOURCE, 'drawbridge');
  const server = resourceServer(alg);
  const token = new provider.AccessToken({
    client,
    accountId: person.subject,
    grantId: await grant.save(),
    gty: 'sandbox',
    scope: server.scope,
    resourceServer: { ...server, scopes: new Set([server.scope]), identifier: () => RESOURCE },
  });
  mintedBy.set(token, authentication);
  return { access_token: await token.save(), token_type: 'Bearer', expires_in: token.expiration };
}
