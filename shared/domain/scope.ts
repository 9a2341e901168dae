/** One permission that a session keeps: these actions on these resources. */
export type ScopeEntry = { readonly actions: readonly string[]; readonly resources: readonly string[] };

/** What a session is narrowed to; it can only take away from what the role may do. */
export type Scope = readonly ScopeEntry[];

const ACTION = /^[a-z0-9-]{1,64}:[A-Za-z0-9*?]{1,128}$/;
const RESOURCE = /^arn:[a-z*?-]{1,20}:[\x21-\x7e]{1,1500}$/;

/** Why a text cannot stand among a scope's actions, or undefined where it can. */
export function faultOfAction(text: string): string | undefined {
  return ACTION.test(text) ? undefined : 'Write an action as <service>:<Action>, for example s3:GetObject.';
}

/** Why a text cannot stand among a scope's resources, or undefined where it can. */
export function faultOfResource(text: string): string | undefined {
  if (text === '*' || RESOURCE.test(text)) return undefined;
  return 'Write a resource as an ARN or *, for example arn:aws:s3:::productionapp/*.';
}
