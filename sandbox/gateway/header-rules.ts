/**
 * What becomes of headers on the way to and from a function ("Amazon API Gateway important notes for REST APIs", the
 * columns for Lambda). Names that are not listed pass.
 */
const NOT_PASSED_TO_FUNCTIONS = new Set([
  'connection',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
]);

const NOT_PASSED_TO_CLIENTS = new Set([
  'content-length', // the gateway counts for itself
  'expect',
  'host',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

const REMAPPED_FOR_CLIENTS = new Set([
  'authorization',
  'connection',
  'content-md5',
  'date',
  'max-forwards',
  'server',
  'user-agent',
  'www-authenticate',
]);

/** A header's name and value. */
export type Header = readonly [name: string, value: string];

/** The headers that a function sees; `Authorization` is dropped where it holds a signature. */
export function headersForFunction(headers: readonly Header[], door: 'iam' | 'token' | 'open'): Header[] {
  return headers.filter(([name, value]) => {
    if (name.toLowerCase() !== 'authorization') return !NOT_PASSED_TO_FUNCTIONS.has(name.toLowerCase());
    return door !== 'iam' && !value.startsWith('AWS4-HMAC-SHA256');
  });
}

/** The headers that a client sees of those that a function answered. */
export function headersForClient(headers: readonly Header[]): Header[] {
  return headers
    .filter(([name]) => !NOT_PASSED_TO_CLIENTS.has(name.toLowerCase()))
    .map(([name, value]) =>
      REMAPPED_FOR_CLIENTS.has(name.toLowerCase()) ? [`x-amzn-Remapped-${name}`, value] : [name, value],
    );
}
