import type { AwsRefusal, ReceivedRequest } from './aws.ts';
import type { Call, EventKind, TrailDetail } from './operation.ts';

/** An HTTP answer. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
};

/** What a call did: the answer, and what its CloudTrail record says; `refusal` where a store behind refused it. */
export type Outcome = { readonly reply: Reply; readonly detail: TrailDetail; readonly refusal?: Refusal };

/** Code and text of a refusal, as a record names them. */
export type Refusal = { readonly code: string; readonly message: string };

/** One call, recognized. */
export type Recognized = {
  readonly event: EventKind;
  /** What the record says of a call that is refused. */
  readonly refusedDetail: TrailDetail;
  run(call: Call): Promise<Outcome>;
};

/** One AWS service behind the endpoint. */
export type Service = {
  /** As the credential scope names it. */
  readonly name: string;
  /** Which operation a request calls; throws an AwsRefusal where there is none. */
  recognize(request: ReceivedRequest): Recognized;
  /** A refusal in the service's protocol. */
  refuse(refusal: AwsRefusal, requestId: string): Reply;
};
