import type { Caller } from '../domain/caller.ts';
import { credentialSpec } from '../domain/credential-spec.ts';
import type { Approved } from '../domain/elevation.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import { earlier, type Instant } from '../domain/instant.ts';
import { type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
import type { CredentialIssuer, IssuedCredentials, IssuerRefusal } from '../ports/credential-issuer.ts';
import type { DecidingBroker } from './broker.ts';
import { decideElevation } from './decide-elevation.ts';

/** A set of credentials with the names by which the audit will know it. */
export type Issued = {
  readonly credentials: IssuedCredentials;
  readonly elevation: ElevationId;
  readonly n: number;
  readonly sessionName: string;
  /** When the credentials stop to work: with the session, or with the elevation's window. */
  readonly usableUntil: Instant;
};

/**
 * Issues credentials: first the intent, under the elevation's version, then STS, then the result. A crash in between
 * leaves an intent that counts, and that the trail can explain.
 */
export async function issueCredentials(
  broker: DecidingBroker & { readonly issuer: CredentialIssuer },
  caller: Caller,
  id: ElevationId,
): Promise<Outcome<Issued>> {
  const intended = await decideElevation(broker, id, { type: 'issue', by: caller });
  if ('refusal' in intended) return intended;
  const { request, window, issues } = approved(intended.value.elevation);
  const issue = issues.at(-1);
  const role = broker.access.roles.get(request.role);
  if (issue === undefined || role === undefined)
    throw new Error(`The intent to issue under ${id} is incomplete.`);
  const spec = credentialSpec(request, window, role, issue);
  const issued = await broker.issuer.issue(spec);
  if ('refused' in issued) {
    broker.log('error', 'issue-refused', {
      elevation: id,
      n: issue.n,
      code: issued.refused,
      text: issued.text,
    });
    return refuse(refusalOf(issued));
  }
  const { assumedRoleId, accessKeyId, expiresAt } = issued;
  await broker.store.recordSession({
    ...{ elevation: id, n: issue.n, assumedRoleId, accessKeyId, expiresAt },
    issuedAt: issue.at,
  });
  broker.log('info', 'issued', {
    elevation: id,
    n: issue.n,
    person: request.person,
    role: request.role,
    accessKeyId,
  });
  const usableUntil = earlier(expiresAt, window.until);
  return {
    value: { credentials: issued, elevation: id, n: issue.n, sessionName: spec.roleSessionName, usableUntil },
  };
}

function approved(elevation: { readonly state: string }): Approved {
  if (elevation.state !== 'approved') throw new Error('An intent to issue leaves an elevation approved.');
  return elevation as Approved;
}

/** What the requester is told; what STS said of the target account is for the operators' log. */
function refusalOf({ refused }: IssuerRefusal): Refusal {
  switch (refused) {
    case 'role-not-assumable':
      return {
        code: refused,
        detail:
          'The target role refuses Drawbridge. Tell the operators: its trust policy is not as it must be.',
      };
    case 'region-disabled':
      return {
        code: refused,
        detail: 'STS is switched off in this Region for the account. Tell the operators.',
      };
    case 'session-policy-too-large':
      return {
        code: refused,
        detail: 'STS finds the session policy too large. Ask again with a shorter scope.',
      };
    case 'session-too-long':
      return {
        code: refused,
        detail: "The role's MaxSessionDuration is shorter than its sessions here. Tell the operators.",
      };
    case 'role-chaining-limit':
      return { code: refused, detail: 'STS lends a chained role for an hour at most. Tell the operators.' };
    case 'issuer-throttled':
      return { code: refused, retryAfterSeconds: 2, detail: 'STS is busy. Try again in 2 s.' };
    case 'issuer-unavailable':
      return { code: refused, retryAfterSeconds: 5, detail: 'STS does not answer. Try again in 5 s.' };
    case 'issuer-answer-mismatch':
      return {
        code: refused,
        detail:
          'STS answered for another session than was asked for, so nothing was handed on. Tell the operators.',
      };
    default:
      return refused satisfies never;
  }
}
