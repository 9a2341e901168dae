import { parseRoleArn } from '../arn.ts';
import { textAt } from './members.ts';
import type { Assumption } from './observation.ts';
import type { TrailRecord } from './record.ts';
import { sessionNameOf } from './session-name.ts';

/** The calls of STS that begin a role's session. */
export const ASSUMING: ReadonlySet<string> = new Set([
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
]);

const ROLE_IN_MESSAGE = /\bon resource: (arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+)/;

/** An ARN of a role's session, as sign-ins write the role that is switched to; it has no path. */
const SESSION_ARN = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\//;

/** The session that a call began or tried to begin; undefined where it is about none. */
export function assumptionOf(record: TrailRecord): Assumption | undefined {
  if (record.source === 'sts.amazonaws.com' && ASSUMING.has(record.name)) return assumed(record);
  if (record.source === 'signin.amazonaws.com' && record.name === 'SwitchRole') return switched(record);
  return undefined;
}

/** A denied call has no parameters: then only the message tells which role it was about. */
function assumed(record: TrailRecord): Assumption | undefined {
  const { parameters, response } = record;
  const roleArn =
    textAt(parameters, 'roleArn') ??
    record.resources.find(({ type }) => type === 'AWS::IAM::Role')?.arn ??
    ROLE_IN_MESSAGE.exec(record.error?.message ?? '')?.[1];
  if (roleArn === undefined) return undefined;
  return session(roleArn, {
    sessionName: textAt(parameters, 'roleSessionName'),
    // A source identity goes on to sessions that are begun from the session, without being said again.
    sourceIdentity:
      textAt(parameters, 'sourceIdentity') ??
      textAt(response, 'sourceIdentity') ??
      record.caller.sourceIdentity,
    assumedRoleId: textAt(response, 'assumedRoleUser', 'assumedRoleId'),
  });
}

/**
 * The console's Switch Role. The role's account sees the new session as the caller, and whom it was switched from; another copy may say
 * where to.
 */
function switched({ caller, switchTo }: TrailRecord): Assumption | undefined {
  if (switchTo !== undefined) return session(withoutSession(switchTo), {});
  if (caller.roleArn === undefined) return undefined;
  return session(caller.roleArn, {
    sessionName: sessionNameOf(caller),
    sourceIdentity: caller.sourceIdentity,
    assumedRoleId: caller.principalId,
  });
}

function withoutSession(arn: string): string {
  const [, partition, account, name] = SESSION_ARN.exec(arn) ?? [];
  return name === undefined ? arn : `arn:${partition}:iam::${account}:role/${name}`;
}

type Names = { readonly [K in 'sessionName' | 'sourceIdentity' | 'assumedRoleId']?: string | undefined };

/** NB. A call that fails can name anything: what is no role's ARN is no role, and began nothing. */
function session(
  roleArn: string,
  { sessionName, sourceIdentity, assumedRoleId }: Names,
): Assumption | undefined {
  if (parseRoleArn(roleArn) === undefined) return undefined;
  return {
    roleArn,
    ...(sessionName !== undefined && { sessionName }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    ...(assumedRoleId !== undefined && { assumedRoleId }),
  };
}
