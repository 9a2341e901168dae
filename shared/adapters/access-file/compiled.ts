/**
 * The access file compiled: JSON in which every name is resolved, every default filled in and every length of time
 * counted in minutes. Only the compiler makes it, so that this is its type and no parser; `loadAccess` is that.
 */
export type CompiledAccess = CompiledContent & {
  /** SHA-256 over the canonical JSON of the rest, 64 hexadecimal digits. */
  readonly version: string;
};

/** What the version is made of; the compiler orders all keys as canonical JSON does. */
export type CompiledContent = {
  readonly hub: { readonly account: string; readonly region: string };
  readonly providers: readonly CompiledProvider[];
  readonly people: Readonly<Record<string, CompiledPerson>>;
  /** Handles by group. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly roles: Readonly<Record<string, CompiledRole>>;
  readonly rules: readonly CompiledRule[];
  /** Members are texts as in the file: `group:operators`. */
  readonly admins: readonly string[];
  readonly auditors: readonly string[];
  readonly limits: {
    readonly pending: number;
    readonly requests: { readonly count: number; readonly per: number };
  };
  readonly slack?: CompiledSlack;
};

/** Where Drawbridge is used from Slack. */
export type CompiledSlack = {
  readonly team: string;
  readonly app: string;
  readonly channel: string;
  readonly remind?: { readonly after: number; readonly most: number };
};

type CompiledProvider = {
  readonly issuer: string;
  readonly accepts: { readonly claim: 'aud' | 'client_id'; readonly value: string };
  readonly groupsClaim?: string;
  readonly mfa: {
    readonly amr: readonly string[];
    readonly acr: readonly string[];
    readonly acrs: readonly string[];
  };
};

/** A person's identities. */
export type CompiledPerson = {
  readonly iam: readonly string[];
  readonly oidc: readonly { readonly issuer: string; readonly subject: string }[];
  readonly slack: readonly { readonly team: string; readonly user: string }[];
};

/** A role of the catalog. */
export type CompiledRole = {
  readonly arn: string;
  readonly description: string;
  readonly externalId: string;
  readonly session: number;
  readonly channel?: string;
};

/** A rule, in the order of the file. */
export type CompiledRule = CompiledDenyRule | CompiledAllowRule;

type CompiledDenyRule = {
  readonly kind: 'deny';
  readonly name: string;
  readonly who: readonly string[];
  readonly roles: readonly string[];
};

/** A rule that allows. */
export type CompiledAllowRule = {
  readonly kind: 'allow';
  readonly name: string;
  readonly who: readonly string[];
  readonly roles: readonly string[];
  readonly longest: number;
  readonly reasonMin: number;
  readonly ticket?: string;
  /** `from` and `to` are minutes after midnight. */
  readonly hours?: {
    readonly days: readonly number[];
    readonly from: number;
    readonly to: number;
    readonly timeZone: string;
  };
  readonly scope?: readonly { readonly actions: readonly string[]; readonly resources: readonly string[] }[];
  readonly mfa?: { readonly within: number; readonly each: 'request' | 'issue' };
  readonly approval?: CompiledApproval;
};

/** The approvals that a rule requires. */
export type CompiledApproval = {
  readonly by: readonly string[];
  readonly count: number;
  readonly within: number;
  readonly mfaWithin?: number;
};
