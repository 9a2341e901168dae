/**
 * What the other parts of the sandbox know of its AWS. The endpoint itself is started by `startAws`.
 */

/** The time, in milliseconds since 1970; the sandbox's time can be moved forward. */
export type Clock = () => number;

/** Any policy document, in the form that IAM takes. */
export type PolicyDocument = { readonly Version: string; readonly Statement: unknown };

/** An IAM role. */
export type WorldRole = {
  readonly account: string;
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly maxSessionSeconds: number;
  readonly trust: PolicyDocument;
  /** Inline policies by their names. */
  readonly policies: Readonly<Record<string, PolicyDocument>>;
  /** ARNs of the managed policies that are attached. */
  readonly attached?: readonly string[];
  /** The ARN of the managed policy that is the permissions boundary. */
  readonly boundary?: string;
};

/** A KMS key that makes and verifies MACs. */
export type WorldKey = { readonly account: string; readonly id: string; readonly policy: PolicyDocument };

/** A secret of Secrets Manager; without a value until one is put. */
export type WorldSecret = {
  readonly account: string;
  readonly name: string;
  /** Ends with a hyphen and six characters, which AWS adds to the name. */
  readonly arn: string;
  readonly value?: string;
};

/** A standard queue of SQS; its URL is `<endpoint>/<account>/<name>`. */
export type WorldQueue = {
  readonly account: string;
  readonly name: string;
  readonly arn: string;
  readonly visibilitySeconds: number;
  readonly delaySeconds: number;
  /** Where messages go that were received so often and never deleted. */
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
};

/** An event bus of EventBridge. */
export type WorldBus = { readonly account: string; readonly name: string; readonly arn: string };

/** Values that an event must have, by the paths to them: any of a list's, each a value or how a text begins. */
export type EventPattern = {
  readonly [name: string]:
    | EventPattern
    | readonly (string | number | boolean | null | { readonly prefix: string })[];
};

/** A rule on the default bus of an account and Region, whose targets are queues. */
export type WorldRule = {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly pattern: EventPattern;
  /** Whether read-only management events of CloudTrail come too. */
  readonly takesReadOnlyEvents: boolean;
  readonly queueArns: readonly string[];
};

/** What CloudTrail compares of an event (AdvancedFieldSelector of its API). */
export type FieldSelector = {
  readonly Field: string;
  readonly Equals?: readonly string[] | undefined;
  readonly StartsWith?: readonly string[] | undefined;
  readonly EndsWith?: readonly string[] | undefined;
  readonly NotEquals?: readonly string[] | undefined;
  readonly NotStartsWith?: readonly string[] | undefined;
  readonly NotEndsWith?: readonly string[] | undefined;
};

/** Which events a trail records: those for which all fields of a selector hold. */
export type EventSelector = {
  readonly Name?: string | undefined;
  readonly FieldSelectors: readonly FieldSelector[];
};

/** The trail of the organization, for all its accounts and Regions, with validation of its log files. */
export type WorldTrail = {
  readonly name: string;
  /** The account that has the trail. */
  readonly account: string;
  /** The id of the organization: o-…. */
  readonly organization: string;
  readonly bucket: string;
  readonly selectors: readonly EventSelector[];
};

/** An event as a bus took it. */
export type BusEvent = {
  readonly id: string;
  /** The ARN of the bus. */
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources: readonly string[];
  /** Milliseconds since 1970. */
  readonly time: number;
};

/** A message as whoever receives it gets it; the attributes are SQS's own, as texts. */
export type ReceivedMessage = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
};

/** A message that is in a queue, whether it can be seen or not. */
export type QueuedMessage = {
  readonly messageId: string;
  readonly body: string;
  readonly receiveCount: number;
  /** From when it can be received, in milliseconds since 1970. */
  readonly visibleAt: number;
};

/** A queue as services of AWS reach it, without a signature: Lambda's poller, and destinations of failures. */
export type SandboxQueue = {
  readonly arn: string;
  send(body: string): void;
  /** At most ten of the messages that can be seen now, each hidden for the queue's visibility timeout. */
  receive(most: number): readonly ReceivedMessage[];
  delete(receiptHandle: string): void;
  /** Everything in it, for tests to look at; nothing changes by looking. */
  messages(): readonly QueuedMessage[];
};

/** Credentials as AWS hands them out; `sessionToken` is absent for a user's long-term keys. */
export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** Who signed a request, and what IAM knows of them. */
export type Caller = {
  readonly kind: 'root' | 'user' | 'assumed-role';
  /** arn:aws:iam::…:user/David, arn:aws:sts::…:assumed-role/UpdateApp/… or arn:aws:iam::…:root. */
  readonly arn: string;
  readonly account: string;
  /** `aws:userid`: AIDA… of a user, AROA…:<session name> of a session, the account of root. */
  readonly userId: string;
  readonly accessKeyId: string;
  /** The condition keys that the caller brings along: aws:PrincipalArn, aws:MultiFactorAuthAge, tags, … */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
};

/** An HTTP request as it was received: the raw body, and headers with lower-case names. */
export type ReceivedRequest = {
  readonly method: string;
  /** Path and query as sent, still encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** A refusal with the code, text and status that AWS gives. */
export class AwsRefusal extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status: number) {
    super(message);
    this.name = 'AwsRefusal';
    this.code = code;
    this.status = status;
  }
}

/** The sandbox's AWS: one endpoint for all its services in every account of the world. */
export type SandboxAws = {
  readonly url: string;
  /** Who signed the request, by Signature Version 4; throws an AwsRefusal as AWS would. */
  authenticate(request: ReceivedRequest, service: string): Caller;
  /** Whether IAM lets the caller, or anybody unsigned, do it: identity, session and resource policies, really evaluated. */
  allows(question: {
    readonly caller: Caller | 'anonymous';
    readonly action: string;
    readonly resource: string;
    readonly resourceAccount: string;
    readonly resourcePolicy?: PolicyDocument;
    readonly context?: Readonly<Record<string, string | readonly string[]>>;
  }): Promise<'allowed' | 'explicit-deny' | 'implicit-deny'>;
  /** Fresh credentials of a function's role, as Lambda puts them into its environment. */
  functionCredentials(roleArn: string, functionName: string): Required<Credentials>;
  /** Long-term keys of a user of the world; the same at every call. */
  userCredentials(userArn: string): Credentials;
  /** The code that the user's MFA device shows now. */
  mfaCode(userArn: string): { readonly serialNumber: string; readonly code: string };
  /** The queues of the world by their ARNs. */
  readonly queues: ReadonlyMap<string, SandboxQueue>;
  /** Every event that a bus took, oldest first. */
  events(): readonly BusEvent[];
  /** Every CloudTrail record so far, oldest first. */
  records(): readonly Readonly<Record<string, unknown>>[];
  /**
   * Does what CloudTrail does every few minutes: makes the digest files of the hours that have ended, then log files of
   * the records that the trail selects and no file has yet. They go to the trail's bucket, where there is one, and to
   * the trail's directory, where there is one. Says their keys, which are their paths in the directory.
   */
  deliver(): Promise<readonly string[]>;
  /** Delivers what is left, where there is a directory for it, and ends the endpoint. */
  stop(): Promise<void>;
};
