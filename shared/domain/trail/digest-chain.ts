import { type Digest, type FoundDigest, signedText } from './digest.ts';

/** Whether a digest file is what CloudTrail signed. `unsigned`: its signature is not at hand, so nothing is known. */
export type DigestVerdict = 'valid' | 'moved' | 'signature-false' | 'key-unknown' | 'unsigned';

/** Where a chain does not hold together, seen from the later of two digest files. */
export type ChainBreak = {
  readonly kind:
    | 'restarted' // it names none before it, yet there is one: validation was switched off and on again
    | 'previous-missing' // the one that it names is not there
    | 'previous-differs'; // the one that it names has another content or signature
  /** The key of the later digest file. */
  readonly at: string;
  /** The key of the one that it is about: missing, or different, or the last before the restart. */
  readonly previous: string;
};

/** A digest file that has been judged, and how the chain goes on after it. */
export type JudgedDigest = {
  readonly digest: Digest;
  readonly verdict: DigestVerdict;
  readonly broken?: ChainBreak;
};

/** The digest files of one chain, the earliest first, each judged as soon as the next is known. */
export type DigestChain = {
  next(found: FoundDigest): JudgedDigest | undefined;
  end(): JudgedDigest | undefined;
};

/**
 * Judges one chain, and holds one digest file at a time. Each digest file carries the signature of the one before it,
 * so that copies that lost their metadata can be verified all the same, but for the newest.
 */
export function digestChain(): DigestChain {
  let last: FoundDigest | undefined;
  const judge = (next?: FoundDigest): JudgedDigest | undefined => {
    const judged = last && judgement(last, next);
    last = next;
    return judged;
  };
  return { next: judge, end: () => judge() };
}

function judgement(found: FoundDigest, next: FoundDigest | undefined): JudgedDigest {
  const broken = next && breakBetween(found, next);
  return {
    digest: found.digest,
    verdict: verdictOn(found, next),
    ...(broken === undefined ? {} : { broken }),
  };
}

function verdictOn(found: FoundDigest, next: FoundDigest | undefined): DigestVerdict {
  if (isMoved(found)) return 'moved';
  const signature =
    found.signature ?? (next && namedBy(next, found) ? next.digest.previous?.signature : undefined);
  if (signature === undefined) return 'unsigned';
  if (found.verify === undefined) return 'key-unknown';
  const isSigned: boolean = found.verify(signedText(found), signature);
  return isSigned ? 'valid' : 'signature-false';
}

/** NB. A true digest file of another bucket or hour, put in the place of one that was removed, has a true signature. */
function isMoved({ at, digest }: FoundDigest): boolean {
  if (at.bucket !== undefined) return at.bucket !== digest.bucket || at.key !== digest.key;
  return at.key !== digest.key && !digest.key.endsWith(`/${at.key}`);
}

function breakBetween(found: FoundDigest, next: FoundDigest): ChainBreak | undefined {
  const { previous, key: at } = next.digest;
  if (previous === undefined) return { kind: 'restarted', at, previous: found.digest.key };
  if (!namedBy(next, found)) return { kind: 'previous-missing', at, previous: previous.key };
  const same =
    previous.hash === found.hash && (found.signature === undefined || previous.signature === found.signature);
  return same ? undefined : { kind: 'previous-differs', at, previous: previous.key };
}

function namedBy(next: FoundDigest, { digest }: FoundDigest): boolean {
  const { previous } = next.digest;
  return previous?.key === digest.key && previous.bucket === digest.bucket;
}
