/**
 * The name of the role session that calls, from its principal id AROA…:<session name>; undefined where no role's session
 * does. The copy that a role's account gets of a call from another account has only that of the caller.
 */
export function sessionNameOf(caller: {
  readonly type: string;
  readonly principalId?: string;
  readonly arn?: string;
}): string | undefined {
  if (caller.type !== 'AssumedRole' && !isRoleId(caller.principalId)) return undefined;
  return (
    /^[^:]+:(.+)$/.exec(caller.principalId ?? '')?.[1] ??
    /:assumed-role\/.*\/([^/]+)$/.exec(caller.arn ?? '')?.[1]
  );
}

/** Unique ids of roles begin so ("IAM identifiers" in the IAM User Guide). */
function isRoleId(principalId: string | undefined): boolean {
  return principalId?.startsWith('AROA') === true;
}
