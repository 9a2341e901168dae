/** A policy document, parsed: lists where IAM also takes single values. Anything that is not understood is an error. */
export type PolicyDocument = { readonly statements: readonly Statement[] };

/** One statement of a policy. */
export type Statement = {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  /** `NotAction` and `NotResource` are kept as what they are: everything but these. */
  readonly actions: Matching;
  /** Absent in trust policies. */
  readonly resources?: Matching;
  /** In trust and resource policies alone. */
  readonly principals?: Principals;
  /** Operators with their keys and values; only whether there are any is judged, never what they come to. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
};

/** Patterns with `*` and `?`, or everything but these. */
export type Matching =
  | { readonly kind: 'any-of'; readonly patterns: readonly string[] }
  | { readonly kind: 'none-of'; readonly patterns: readonly string[] };

/** Whom a statement is about: `AWS`, `Service`, `Federated` … with their values; `*` alone is `{ AWS: ['*'] }`. */
export type Principals = {
  readonly kind: 'any-of' | 'none-of';
  readonly by: Readonly<Record<string, readonly string[]>>;
};

/** What a role is and may do, as its account says now. */
export type RolePolicies = {
  readonly arn: string;
  readonly trust: PolicyDocument;
  readonly inline: readonly NamedPolicy[];
  readonly attached: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
  /** The longest session the role allows, in seconds. */
  readonly maxSessionSeconds: number;
};

/** A policy with its name, or its ARN. */
export type NamedPolicy = { readonly name: string; readonly document: PolicyDocument };
