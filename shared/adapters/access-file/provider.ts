import * as z from 'zod';
import type { OidcProvider } from '../../domain/access.ts';
import { matching, parsed } from './values.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Okta gives it when MFA was possible, whether or not it took place. */
const PROVES_NOTHING = 'urn:okta:loa:2fa:any:ifpossible';

const Text = matching(/^[\x21-\x7e]{1,255}$/, 'Write 1 to 255 characters of ASCII, without spaces.');
const IssuerText = parsed(
  parseIssuer,
  'Write the issuer as an https URL without query or fragment (http only for this machine).',
);
const AcrText = Text.refine(
  (value) => value !== PROVES_NOTHING,
  `Remove ${PROVES_NOTHING}: Okta gives it without MFA as well.`,
);

const MfaValues = z
  .strictObject({
    amr: z.array(Text).default([]).describe('Values of amr (RFC 8176): mfa, hwk, otp, …'),
    acr: z.array(AcrText).default([]).describe('Values of acr'),
    acrs: z.array(Text).default([]).describe('Authentication contexts of Entra'),
  })
  .describe('What proves MFA: any one of these values. An absent claim proves nothing.');

/** An OpenID provider, as the access file writes it. */
export const ProviderEntry = z
  .strictObject({
    issuer: IssuerText.describe('The iss of its tokens'),
    audience: Text.optional().describe('The aud of its access tokens'),
    client: Text.optional().describe('Instead of audience: their client_id (Cognito)'),
    groups: Text.optional().describe('The claim that lists groups, seen in rules as idp:<name>'),
    mfa: MfaValues.prefault({}),
  })
  .refine(({ audience, client }) => (audience === undefined) !== (client === undefined), {
    path: ['audience'],
    error: 'Give either audience or client: the one that its access tokens carry.',
  })
  .transform(({ issuer, audience, client = '', groups, mfa }): OidcProvider => {
    const accepts =
      audience === undefined ? { claim: 'client_id', value: client } : { claim: 'aud', value: audience };
    return { issuer, accepts, ...(groups === undefined ? {} : { groupsClaim: groups }), mfa } as OidcProvider;
  });

/** A person's identity at one of the providers; a subject as OpenID Connect Core, section 2, bounds it. */
export const OidcIdentity = z.strictObject({
  issuer: IssuerText.describe('The issuer, as under identity.oidc'),
  subject: matching(/^[\x20-\x7e]{1,255}$/, 'Write 1 to 255 characters of ASCII.').describe(
    'The sub of their tokens; never an e-mail address',
  ),
});

/** OpenID Connect Discovery, section 3: an https URL without query or fragment. */
function parseIssuer(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || /[?#\s]/u.test(text) || url.username !== '' || url.password !== '') return undefined;
  const isLoopback = url.protocol === 'http:' && LOOPBACK.has(url.hostname);
  return url.protocol === 'https:' || isLoopback ? text : undefined;
}
