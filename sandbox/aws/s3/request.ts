import { AwsRefusal, type ReceivedRequest } from '../aws.ts';
import type { EventKind } from '../operation.ts';
import { queryOf, splitTarget } from '../received-request.ts';

/** A path-style request to S3, as far as the sandbox knows the API. */
export type S3Request =
  | { readonly operation: 'ListBuckets' }
  | { readonly operation: 'ListObjects'; readonly bucket: string; readonly query: URLSearchParams }
  | { readonly operation: 'GetBucketLocation' | 'HeadBucket'; readonly bucket: string }
  | {
      readonly operation: 'GetObject' | 'PutObject' | 'HeadObject' | 'DeleteObject';
      readonly bucket: string;
      readonly key: string;
    };

const LIST_QUERY = [
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'continuation-token',
  'start-after',
  'encoding-type',
  'fetch-owner',
  'marker',
];

/** Parameters of a presigned URL, and those that the SDK adds for the sake of logs. */
const WITHOUT_MEANING =
  /^(x-id|x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256|checksum-mode|user-agent))$/i;

/** Headers that need permissions of their own, which are not modelled. */
const FOREIGN_HEADERS = [
  'x-amz-copy-source',
  'x-amz-acl',
  'x-amz-tagging',
  'x-amz-bypass-governance-retention',
];

/** Which operation it is; anything that is not modelled is refused, never guessed. */
export function parseS3Request(request: ReceivedRequest): S3Request {
  const { bucket, key } = namesIn(request.target);
  const query = queryOf(request);
  const parameters = [...query.keys()].filter((name) => !WITHOUT_MEANING.test(name));
  if (FOREIGN_HEADERS.some((name) => name in request.headers)) throw notImplemented();
  if (bucket !== '' && key === '') return bucketRequest(request.method, bucket, query, parameters);
  if (parameters.length > 0) throw notImplemented();
  if (bucket !== '') return { operation: objectOperation(request.method), bucket, key };
  if (request.method !== 'GET') throw notImplemented();
  return { operation: 'ListBuckets' };
}

function bucketRequest(
  method: string,
  bucket: string,
  query: URLSearchParams,
  parameters: readonly string[],
): S3Request {
  if (method === 'HEAD' && parameters.length === 0) return { operation: 'HeadBucket', bucket };
  if (method !== 'GET') throw notImplemented();
  if (parameters.length === 1 && query.has('location')) return { operation: 'GetBucketLocation', bucket };
  if (parameters.every((name) => LIST_QUERY.includes(name)))
    return { operation: 'ListObjects', bucket, query };
  throw notImplemented();
}

function objectOperation(method: string): 'GetObject' | 'PutObject' | 'HeadObject' | 'DeleteObject' {
  switch (method) {
    case 'GET':
      return 'GetObject';
    case 'PUT':
      return 'PutObject';
    case 'HEAD':
      return 'HeadObject';
    case 'DELETE':
      return 'DeleteObject';
    default:
      throw notImplemented();
  }
}

function namesIn(target: string): { readonly bucket: string; readonly key: string } {
  const path = splitTarget(target).pathname.slice(1);
  const slash = path.indexOf('/');
  const [bucket, key] = slash < 0 ? [path, ''] : [path.slice(0, slash), path.slice(slash + 1)];
  try {
    return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key) };
  } catch {
    throw new AwsRefusal('InvalidURI', "Couldn't parse the specified URI.", 400);
  }
}

function notImplemented(): AwsRefusal {
  return new AwsRefusal('NotImplemented', 'The sandbox does not model this S3 operation.', 501);
}

/** What CloudTrail calls it: operations on objects, and their listing, are data events. */
export function eventOf({ operation }: S3Request): EventKind {
  const readOnly = operation !== 'PutObject' && operation !== 'DeleteObject';
  return {
    eventName: operation,
    readOnly,
    data: operation !== 'ListBuckets' && operation !== 'GetBucketLocation',
  };
}
