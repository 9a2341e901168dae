import { GenerateMacCommand, KMSClient, KMSInvalidMacException, VerifyMacCommand } from '@aws-sdk/client-kms';
import type { Seal } from '../../ports/seal.ts';

/**
 * A seal with an HMAC key that never leaves KMS. Region, credentials and endpoint come from the SDK's own variables.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html
 */
export function kmsSeal(keyId: string): Seal {
  const client = new KMSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  const key = { KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256' } as const;
  return {
    async seal(text) {
      const { Mac } = await client.send(
        new GenerateMacCommand({ ...key, Message: Buffer.from(text, 'utf8') }),
      );
      if (Mac === undefined) throw new Error('KMS answered without a MAC.');
      return Buffer.from(Mac).toString('base64');
    },
    async verify(text, mac) {
      const Mac = Buffer.from(mac, 'base64');
      if (Mac.length !== MAC_BYTES || Mac.toString('base64') !== mac) return false;
      try {
        const { MacValid } = await client.send(
          new VerifyMacCommand({ ...key, Message: Buffer.from(text, 'utf8'), Mac }),
        );
        return MacValid === true;
      } catch (error) {
        if (error instanceof KMSInvalidMacException) return false;
        throw error;
      }
    },
  };
}

/**
 * HMAC_SHA_256; a MAC of another length is none, and KMS is not asked. Neither is it for a MAC that base64 would write
 * differently: many texts decode to the same bytes, and only one of them was stored.
 */
const MAC_BYTES = 32;
