import { createHash, createHmac } from 'node:crypto';

/** What a signature covers, in the order of the canonical request. */
export type SignedParts = {
  readonly method: string;
  /** As sent, still encoded, without the query. */
  readonly path: string;
  /** As sent, decoded. */
  readonly query: readonly (readonly [string, string])[];
  /** Only the signed headers, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payloadHash: string;
};

/** The day, region and service that a signature is good for. */
export type Scope = { readonly day: string; readonly region: string; readonly service: string };

/**
 * The signature that the holder of the secret key must have made, in hex.
 * IAM User Guide, "Create a signed AWS API request", steps 1 to 4. Synchronous and apart from the SDK's own
 * signer, so that a mistake of the one is not forgiven by the other.
 */
export function signatureOf(parts: SignedParts, scope: Scope, longDate: string, secret: string): string {
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    longDate,
    `${scope.day}/${scope.region}/${scope.service}/aws4_request`,
    sha256Hex(canonicalRequest(parts, scope.service)),
  ].join('\n');
  return hmac(signingKey(secret, scope), stringToSign).toString('hex');
}

/** SHA-256 in hex, as the payload hash has it. */
export function sha256Hex(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function signingKey(secret: string, { day, region, service }: Scope): Buffer {
  return [day, region, service, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

function canonicalRequest(parts: SignedParts, service: string): string {
  const names = Object.keys(parts.headers).sort(inByteOrder);
  return [
    parts.method,
    canonicalPath(parts.path, service),
    canonicalQuery(parts.query),
    ...names.map((name) => `${name}:${trimmed(parts.headers[name] ?? '')}`),
    '',
    names.join(';'),
    parts.payloadHash,
  ].join('\n');
}

/** Every service but S3 encodes the path once more and normalizes it. */
function canonicalPath(path: string, service: string): string {
  if (service === 's3') return path;
  const normalized = new URL(`http://any${path}`).pathname.replace(/\/+/g, '/');
  return normalized.split('/').map(encoded).join('/');
}

/** By name and then by value, each encoded first. */
function canonicalQuery(query: SignedParts['query']): string {
  return query
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => inByteOrder(nameA, nameB) || inByteOrder(valueA, valueB))
    .map((pair) => pair.join('='))
    .join('&');
}

function inByteOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function trimmed(value: string): string {
  return value.trim().replace(/ +/g, ' ');
}
