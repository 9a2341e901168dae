import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** The algorithms that the provider has keys for; the first signs ID tokens. */
export const SIGNING_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const;

/** An algorithm by which the provider can sign an access token. */
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** A new private key for each algorithm. */
export function signingKeys(): Promise<JWK[]> {
  return Promise.all(
    SIGNING_ALGORITHMS.map(async (alg) => {
      const { privateKey } = await generateKeyPair(alg, { extractable: true });
      return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: `sandbox-${alg.toLowerCase()}` };
    }),
  );
}
