import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type CloudTrailClient, paginateListPublicKeys } from '@aws-sdk/client-cloudtrail';
import * as z from 'zod/mini';
import type { Instant } from '../../domain/instant.ts';
import type { VerifySignature } from '../../domain/trail/digest.ts';

/** Finds the public key of a fingerprint, that was in force in a Region about that time. */
export type PublicKeys = {
  keyOf(fingerprint: string, region: string, at: Instant): Promise<VerifySignature | undefined>;
};

/** The output of `aws cloudtrail list-public-keys`: the keys as DER of PKCS #1, in base64. */
const KeyList = z.object({
  PublicKeyList: z.array(z.object({ Value: z.string(), Fingerprint: z.string() })),
});

/** A file with the output of `aws cloudtrail list-public-keys`. */
export type KeyFile = { readonly name: string; readonly content: string };

/** The keys of those files, or a sentence where one holds no such. */
export function writtenKeys(files: readonly KeyFile[]): PublicKeys | { readonly fault: string } {
  const keys = new Map<string, VerifySignature>();
  for (const { name, content } of files) {
    const list = keysIn(content);
    if (list === undefined) return { fault: `${name} holds no list of public keys. ${HOW}` };
    for (const { Fingerprint, Value } of list) keys.set(Fingerprint, verifier(Buffer.from(Value, 'base64')));
  }
  return { keyOf: async (fingerprint) => keys.get(fingerprint) };
}

const HOW =
  'Write it with: aws cloudtrail list-public-keys --start-time … --end-time … --region …, once for each Region.';

function keysIn(content: string): z.output<typeof KeyList>['PublicKeyList'] | undefined {
  try {
    return KeyList.parse(JSON.parse(content)).PublicKeyList;
  } catch {
    return undefined;
  }
}

/** How far to both sides of a time keys are asked for: keys are changed every few weeks. */
const AROUND_MS = 24 * 3_600_000;

/**
 * Keys by ListPublicKeys. Each Region has keys of its own, so it is asked there.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListPublicKeys.html
 */
export function listedKeys(clientIn: (region: string) => CloudTrailClient): PublicKeys {
  const days = new Map<string, Promise<ReadonlyMap<string, VerifySignature>>>();
  return {
    async keyOf(fingerprint, region, at) {
      const day = `${region} ${Math.floor(at / AROUND_MS)}`;
      const keys = days.get(day) ?? keysAround(clientIn(region), at);
      days.set(day, keys);
      return (await keys).get(fingerprint);
    },
  };
}

async function keysAround(
  client: CloudTrailClient,
  at: Instant,
): Promise<ReadonlyMap<string, VerifySignature>> {
  const keys = new Map<string, VerifySignature>();
  const period = { StartTime: new Date(at - AROUND_MS), EndTime: new Date(at + AROUND_MS) };
  for await (const { PublicKeyList = [] } of paginateListPublicKeys({ client }, period)) {
    for (const { Fingerprint, Value } of PublicKeyList) {
      if (Fingerprint !== undefined && Value !== undefined) keys.set(Fingerprint, verifier(Value));
    }
  }
  return keys;
}

/** A key that cannot be read verifies nothing. */
function verifier(der: Uint8Array): VerifySignature {
  const key = publicKey(der);
  return (text, signature) =>
    key !== undefined && verify('RSA-SHA256', Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'hex'));
}

function publicKey(der: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(der), format: 'der', type: 'pkcs1' });
  } catch {
    return undefined;
  }
}
