import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import * as z from 'zod';

/**
 * When somebody has to sign in (anew): the provider's own rules, and where the client asks for an authentication
 * context that the session does not have (RFC 9470, section 5). Nobody is asked to consent.
 */
export function stepUpPolicy(): interactionPolicy.DefaultPolicy {
  const { Check, base } = interactionPolicy;
  const policy = base();
  policy.remove('consent');
  policy
    .get('login')
    ?.checks.add(
      new Check(
        'acr_values',
        'the requested authentication context is not the one of the session',
        lacksContext,
      ),
    );
  return policy;
}

const RequestedContexts = z.object({ acr_values: z.string().optional() });

/** Once a sign-in has answered, it is what it is: the token says which context was reached. */
function lacksContext({ oidc }: KoaContextWithOIDC): boolean {
  if (oidc.result?.login !== undefined) return false;
  const { acr_values: requested } = RequestedContexts.parse(oidc.params ?? {});
  return requested !== undefined && !requested.split(' ').includes(oidc.session?.acr ?? '');
}
