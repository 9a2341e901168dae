import type { AwsRefusal, Caller, PolicyDocument, ReceivedRequest } from './aws.ts';
import type { Evaluator, Verdict } from './evaluate.ts';

/** A signed call of one operation. */
export type Call = {
  readonly caller: Caller;
  readonly request: ReceivedRequest;
  readonly region: string;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** What an operation acts on, and the policy that the resource itself carries. */
export type Target = {
  readonly arn: string;
  readonly account: string;
  readonly policy?: PolicyDocument;
  readonly context?: Caller['context'];
};

/** What an operation's CloudTrail record says besides who, when and what. Secrets must not be in it. */
export type TrailDetail = {
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements?: Readonly<Record<string, unknown>> | null;
  readonly resources?: readonly {
    readonly accountId?: string;
    readonly type: string;
    readonly ARN?: string;
    /** In place of the ARN where a call is about everything that begins so, as of a bucket's listing. */
    readonly ARNPrefix?: string;
  }[];
  /** The account that owns the resource, where it is another than the caller's and gets a record too. */
  readonly sharedWith?: string;
};

/** What every operation is in CloudTrail. */
export type EventKind = {
  readonly eventName: string;
  readonly readOnly: boolean;
  /** A data event: recorded only where a trail selects it. */
  readonly data?: boolean;
};

/** Refuses what IAM denies, in the words of the service. */
export async function authorize(
  evaluate: Evaluator,
  call: Call,
  action: string,
  target: Target,
  refusal: (caller: Caller, action: string, target: Target, verdict: Denial) => AwsRefusal,
): Promise<void> {
  const verdict = await evaluate({
    caller: call.caller,
    action,
    resource: target.arn,
    resourceAccount: target.account,
    ...(target.policy === undefined ? {} : { resourcePolicy: target.policy }),
    context: { 'aws:RequestedRegion': call.region, ...target.context },
  });
  if (verdict.outcome !== 'allowed') throw refusal(call.caller, action, target, verdict);
}

/** A verdict that is not allowed. */
export type Denial = Exclude<Verdict, { outcome: 'allowed' }>;

/** "… is not authorized to perform …", as most services say it, without the resource's spelling. */
export function notAuthorized(caller: Caller, action: string, resource: string): string {
  return `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource}`;
}

/** The reason that AWS adds: IAM User Guide, "Troubleshoot access denied error messages". */
export function because(action: string, verdict: Denial): string {
  const kind = verdict.policy === 'boundary' ? 'permissions boundary' : `${verdict.policy} policy`;
  const article = verdict.policy === 'identity-based' ? 'an' : 'a';
  return verdict.outcome === 'explicit-deny'
    ? ` with an explicit deny in ${article} ${kind}`
    : ` because no ${kind} allows the ${action} action`;
}
