import { createHmac, timingSafeEqual } from 'node:crypto';
import { AwsRefusal, type WorldKey } from '../aws.ts';
import type { Evaluator } from '../evaluate.ts';
import type { Randomness } from '../identifiers.ts';
import { authorize, because, type Call, notAuthorized } from '../operation.ts';

/** An HMAC_256 key with its secret, which lives as long as the sandbox. */
export type Key = WorldKey & { readonly arn: string; readonly secret: Buffer };

/** The keys of the world, each with a secret of its own. */
export function createKeys(keys: readonly WorldKey[], region: string, random: Randomness): readonly Key[] {
  return keys.map((it) => ({
    ...it,
    arn: `arn:aws:kms:${region}:${it.account}:key/${it.id}`,
    secret: random(32),
  }));
}

/** The key of that id or ARN, if its policy lets the caller do this with it. */
export async function usableKey(
  keys: readonly Key[],
  keyId: string,
  action: string,
  evaluate: Evaluator,
  call: Call,
): Promise<Key> {
  const arn = keyId.startsWith('arn:')
    ? keyId
    : `arn:aws:kms:${call.region}:${call.caller.account}:key/${keyId}`;
  const key = keys.find((it) => it.arn === arn);
  if (key === undefined) throw new AwsRefusal('NotFoundException', `Key '${arn}' does not exist`, 400);
  await authorize(evaluate, call, action, key, (caller, denied, _target, verdict) => {
    const text = notAuthorized(caller, denied, arn) + because(denied, verdict);
    return new AwsRefusal('AccessDeniedException', text, 400);
  });
  return key;
}

/** HMAC_SHA_256 of the message. */
export function mac({ secret }: Key, message: Buffer): Buffer {
  return createHmac('sha256', secret).update(message).digest();
}

/** Whether it is the message's MAC. */
export function isMac(key: Key, message: Buffer, given: Buffer): boolean {
  const expected = mac(key, message);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
