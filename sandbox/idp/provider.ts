import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import Provider, { type AccessToken, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { ACR_MFA, ACR_PASSWORD, type Authentication, type IdpPerson } from './people.ts';
import { RESOURCE, resourceServer } from './resource.ts';
import { stepUpPolicy } from './step-up.ts';

/** The public client of people at a terminal; any port of the loopback may receive the code (RFC 8252, 7.3). */
export const CLIENT_ID = 'drawbridge-cli';

/** By which authentication a token was made that comes out of no flow. */
export type MintedBy = WeakMap<object, Authentication>;

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** An OpenID provider for these people: authorization code with PKCE, step-up, JWT access tokens. */
export function createProvider(options: {
  readonly issuer: string;
  readonly people: readonly IdpPerson[];
  readonly keys: readonly JWK[];
  readonly mintedBy: MintedBy;
}): Provider {
  const { issuer, keys } = options;
  return new Provider(issuer, {
    ...STANDING,
    ...aboutPeople(options),
    jwks: { keys: [...keys] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
  });
}

/** What is the same at every start. */
const STANDING: Configuration = {
  clients: [
    {
      client_id: CLIENT_ID,
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: ['http://127.0.0.1/callback'],
    },
  ],
  pkce: { required: () => true },
  acrValues: [ACR_MFA, ACR_PASSWORD],
  claims: { openid: ['sub', 'acr', 'amr', 'auth_time', 'groups'] },
  scopes: ['openid', 'drawbridge'],
  // Offline access would ask for consent, which nobody is asked for here.
  issueRefreshToken: async () => true,
  ttl: {
    AccessToken: HOUR_SECONDS,
    IdToken: HOUR_SECONDS,
    Interaction: HOUR_SECONDS,
    Session: DAY_SECONDS,
    Grant: DAY_SECONDS,
    RefreshToken: DAY_SECONDS,
  },
  interactions: {
    policy: stepUpPolicy(),
    url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
  },
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      getResourceServerInfo: () => resourceServer(),
      useGrantedResource: () => true,
    },
  },
  loadExistingGrant: grantEverything,
};

/** Who the provider knows, and what its tokens say of them. */
function aboutPeople({
  people,
  mintedBy,
}: {
  readonly people: readonly IdpPerson[];
  readonly mintedBy: MintedBy;
}): Pick<Configuration, 'findAccount' | 'extraTokenClaims'> {
  const groupsOf = (subject: string) => people.find((person) => person.subject === subject)?.groups;
  return {
    findAccount(_ctx, subject) {
      const groups = groupsOf(subject);
      if (groups === undefined) return undefined;
      return { accountId: subject, claims: () => ({ sub: subject, groups: [...groups] }) };
    },
    extraTokenClaims(ctx, token) {
      if (token.kind !== 'AccessToken') return undefined;
      const { acr, amr, authTime } = mintedBy.get(token) ?? authenticationOf(ctx, token);
      return { acr, amr: [...amr], auth_time: authTime, groups: [...(groupsOf(token.accountId) ?? [])] };
    },
  };
}

/** A refreshed token keeps the time of the sign-in: refreshing proves nothing anew. */
function authenticationOf({ oidc }: KoaContextWithOIDC, token: AccessToken): Authentication {
  const source = oidc.entities.AuthorizationCode ?? oidc.entities.RefreshToken;
  if (source?.acr === undefined || source.amr === undefined || source.authTime === undefined) {
    throw new Error(`The token of ${token.accountId} comes from no sign-in.`);
  }
  return { acr: source.acr, amr: source.amr, authTime: source.authTime };
}

/** The one client is the sandbox's own: nobody is asked to consent. */
async function grantEverything({ oidc }: KoaContextWithOIDC) {
  const { provider, client, session } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const existing = session.grantIdFor(client.clientId);
  if (existing !== undefined) return provider.Grant.find(existing);
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid');
  grant.addOIDCClaims(['groups']);
  grant.addResourceScope(RESOURCE, 'drawbridge');
  await grant.save();
  return grant;
}
