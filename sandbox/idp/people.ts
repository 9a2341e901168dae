/** Somebody who can sign in. */
export type IdpPerson = {
  /** The handle by which the login page and the sandbox name them. */
  readonly handle: string;
  /** The subject of their tokens. */
  readonly subject: string;
  /** What the claim `groups` lists. */
  readonly groups: readonly string[];
};

/** How somebody proved who they are. */
export type Authentication = {
  readonly acr: string;
  readonly amr: readonly string[];
  /** Seconds since 1970. */
  readonly authTime: number;
};

/** The authentication context of a sign-in with MFA: OpenID PAPE 1.0, "Multi-Factor Authentication". */
export const ACR_MFA = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

/** The authentication context of a sign-in with a password alone. */
export const ACR_PASSWORD = 'urn:drawbridge:sandbox:password';

/** What a sign-in proves; `amr` in the words of RFC 8176. */
export function proof(mfa: boolean): Omit<Authentication, 'authTime'> {
  return mfa ? { acr: ACR_MFA, amr: ['pwd', 'otp', 'mfa'] } : { acr: ACR_PASSWORD, amr: ['pwd'] };
}
