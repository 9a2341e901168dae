import type { World, WorldBucket } from '../../world/world.ts';
import { AwsRefusal, type Caller, type ReceivedRequest } from '../aws.ts';
import { isoSeconds } from '../callers.ts';
import type { Evaluator } from '../evaluate.ts';
import type { CreatedObject } from '../events/service-events.ts';
import {
  authorize,
  because,
  type Call,
  type Denial,
  notAuthorized,
  type Target,
  type TrailDetail,
} from '../operation.ts';
import { element } from '../protocols/xml.ts';
import { headerOf } from '../received-request.ts';
import type { Outcome, Reply, Service } from '../service.ts';
import { eventOf, parseS3Request, type S3Request } from './request.ts';
import type { ObjectStore } from './store.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** What S3 works with; `since` is when the buckets were made. */
export type S3Parts = {
  readonly world: World;
  readonly store: ObjectStore;
  readonly evaluate: Evaluator;
  readonly since: number;
  /** Called with each object that was put into a bucket whose events go to EventBridge. */
  readonly created: (object: CreatedObject, now: number) => void;
};

/** Amazon S3, path style: authorized here, kept in the store behind. */
export function createS3(parts: S3Parts): Service {
  return {
    name: 's3',
    recognize(request) {
      const wanted = parseS3Request(request);
      return {
        event: eventOf(wanted),
        refusedDetail: detailOf(wanted),
        run: (call) => run(parts, wanted, call),
      };
    },
    refuse: ({ code, message, status }, requestId) =>
      xmlReply(status, element('Error', { Code: code, Message: message, RequestId: requestId }), requestId),
  };
}

async function run(parts: S3Parts, wanted: S3Request, call: Call): Promise<Outcome> {
  if (wanted.operation === 'ListBuckets') return listBuckets(parts, wanted, call);
  const bucket = parts.world.buckets.find(({ name }) => name === wanted.bucket);
  if (bucket === undefined) throw new AwsRefusal('NoSuchBucket', 'The specified bucket does not exist', 404);
  await permit(parts, call, actionOf(wanted), bucket, wanted, contextOf(wanted, call.request));
  const detail = {
    ...detailOf(wanted, bucket),
    ...(bucket.account === call.caller.account ? {} : { sharedWith: bucket.account }),
  };
  if (wanted.operation === 'GetBucketLocation') {
    return {
      reply: xmlReply(
        200,
        element('LocationConstraint', locationOf(parts.world.region), NAMESPACE),
        call.requestId,
      ),
      detail,
    };
  }
  const reply = await parts.store.send(call.request);
  // Whoever may not list a bucket is not told that a key is missing (GetObject, "Permissions").
  if (reply.status === 404) await permit(parts, call, 's3:ListBucket', bucket, wanted);
  const answer = { ...reply, headers: { ...reply.headers, 'x-amz-request-id': call.requestId } };
  if (reply.status >= 400) return { reply: answer, detail, refusal: refusalIn(reply) };
  if (wanted.operation === 'PutObject' && bucket.eventBridge === true) {
    parts.created(createdObject(bucket, wanted.key, call, reply), call.now);
  }
  return { reply: answer, detail };
}

function createdObject(bucket: WorldBucket, key: string, call: Call, { headers }: Reply): CreatedObject {
  const { body } = call.request;
  return {
    ...{ bucket, key, requester: call.caller.account, requestId: call.requestId },
    // A body that is sent in chunks is longer than the object.
    size: Number(headerOf(call.request, 'x-amz-decoded-content-length') ?? body.length),
    etag: String(headers['etag']),
  };
}

async function listBuckets(parts: S3Parts, wanted: S3Request, call: Call): Promise<Outcome> {
  const { caller } = call;
  await authorize(
    parts.evaluate,
    call,
    's3:ListAllMyBuckets',
    { arn: '*', account: caller.account },
    refusal,
  );
  const created = isoSeconds(parts.since);
  const buckets = parts.world.buckets
    .filter(({ account }) => account === caller.account)
    .map(({ name }) => element('Bucket', { Name: name, CreationDate: created }));
  const body = `<ListAllMyBucketsResult xmlns="${NAMESPACE}">${element('Owner', { ID: caller.account })}<Buckets>${buckets.join('')}</Buckets></ListAllMyBucketsResult>`;
  return { reply: xmlReply(200, body, call.requestId), detail: detailOf(wanted) };
}

async function permit(
  parts: S3Parts,
  call: Call,
  action: string,
  bucket: WorldBucket,
  wanted: S3Request,
  context: Record<string, string> = {},
): Promise<void> {
  const target: Target = {
    arn:
      action === 's3:ListBucket' || !('key' in wanted)
        ? bucketArn(bucket.name)
        : `${bucketArn(bucket.name)}/${wanted.key}`,
    account: bucket.account,
    context,
    ...(bucket.policy === undefined ? {} : { policy: bucket.policy }),
  };
  await authorize(parts.evaluate, call, action, target, refusal);
}

function actionOf(wanted: Exclude<S3Request, { operation: 'ListBuckets' }>): string {
  switch (wanted.operation) {
    case 'ListObjects':
    case 'HeadBucket':
      return 's3:ListBucket';
    case 'HeadObject':
      return 's3:GetObject';
    default:
      return `s3:${wanted.operation}`;
  }
}

/** What bucket policies can ask about, such as writes that must not replace anything (s3:if-none-match). */
function contextOf(wanted: S3Request, request: ReceivedRequest): Record<string, string> {
  if (wanted.operation === 'ListObjects') return listContext(wanted.query);
  const condition = headerOf(request, 'if-none-match');
  if (wanted.operation !== 'PutObject' || condition === undefined) return {};
  return { 's3:if-none-match': condition };
}

function listContext(query: URLSearchParams): Record<string, string> {
  const keys = ['prefix', 'delimiter', 'max-keys'].map((name) => [`s3:${name}`, query.get(name)] as const);
  return Object.fromEntries(keys.flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}

/** S3 names the reason inside an account and says no more than "Access Denied" across (S3 User Guide, "Troubleshoot access denied"). */
function refusal(caller: Caller, action: string, target: Target, verdict: Denial): AwsRefusal {
  const text =
    target.account === caller.account
      ? notAuthorized(caller, action, `"${target.arn}"`) + because(action, verdict)
      : 'Access Denied';
  return new AwsRefusal('AccessDenied', text, 403);
}

function refusalIn({ status, body }: Reply): { readonly code: string; readonly message: string } {
  const text = body.toString('utf8');
  const inElement = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  return { code: inElement('Code') ?? `${status}`, message: inElement('Message') ?? '' };
}

/** us-east-1 is the empty constraint (GetBucketLocation, "Response Elements"). */
function locationOf(region: string): string {
  return region === 'us-east-1' ? '' : region;
}

function bucketArn(name: string): string {
  return `arn:aws:s3:::${name}`;
}

function detailOf(wanted: S3Request, bucket?: WorldBucket): TrailDetail {
  if (wanted.operation === 'ListBuckets') return { requestParameters: null };
  const arn = bucketArn(wanted.bucket);
  const owner = bucket === undefined ? {} : { accountId: bucket.account };
  const key = 'key' in wanted ? wanted.key : undefined;
  const object = key === undefined ? { ARNPrefix: `${arn}/` } : { ARN: `${arn}/${key}` };
  return {
    requestParameters: { bucketName: wanted.bucket, ...(key === undefined ? {} : { key }) },
    resources: [
      ...(eventOf(wanted).data === true ? [{ type: 'AWS::S3::Object', ...object }] : []),
      { ...owner, type: 'AWS::S3::Bucket', ARN: arn },
    ],
  };
}

function xmlReply(status: number, body: string, requestId: string): Reply {
  return { status, headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId }, body };
}
