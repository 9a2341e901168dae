/** How far an identity provider's clock may be from ours, either way, in seconds. */
export const SKEW_SECONDS = 60;
