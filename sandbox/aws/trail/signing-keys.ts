import { createHash, generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';

/** The key with which CloudTrail signs the digest files of a Region. */
export type SigningKey = {
  /** MD5 of the public key, in hexadecimal, as the keys that the CloudTrail User Guide prints have it. */
  readonly fingerprint: string;
  /** PKCS #1, DER (ListPublicKeys, "PublicKey"). */
  readonly publicKey: Buffer;
  /** SHA256withRSA of a text, in hexadecimal. */
  sign(text: string): string;
};

/** One key for each Region, made when it is first asked for. */
export type SigningKeys = (region: string) => Promise<SigningKey>;

/** Keys that last as long as the sandbox. */
export function createSigningKeys(): SigningKeys {
  const keys = new Map<string, Promise<SigningKey>>();
  return (region) => {
    const key = keys.get(region) ?? makeKey();
    keys.set(region, key);
    return key;
  };
}

async function makeKey(): Promise<SigningKey> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return asSigningKey(pair.publicKey, pair.privateKey);
}

function asSigningKey(publicKey: KeyObject, privateKey: KeyObject): SigningKey {
  const der = publicKey.export({ format: 'der', type: 'pkcs1' });
  return {
    fingerprint: createHash('md5').update(der).digest('hex'),
    publicKey: der,
    sign: (text) => sign('sha256', Buffer.from(text), privateKey).toString('hex'),
  };
}
