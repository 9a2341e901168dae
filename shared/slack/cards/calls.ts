import type { Access } from '../../domain/access.ts';
import { canonicalJson, type Json } from '../../domain/canonical-json.ts';
import { formatDuration } from '../../domain/duration.ts';
import type { ElevationId } from '../../domain/elevation-id.ts';
import type { Ask } from '../../domain/evaluation.ts';
import type { Hash } from '../../domain/hash.ts';
import type { Handle } from '../../domain/names.ts';

/** A door that can prove MFA, and the command that finishes something there: one line for a POSIX shell. */
export type Call = { readonly door: 'oidc' | 'iam'; readonly command: string };

/** Asks for a role. */
export function askCalls(access: Access, person: Handle, ask: Ask, apiUrl: string): readonly Call[] {
  const { role, duration, reason, ticket, scope } = ask;
  const body = {
    role,
    duration: formatDuration(duration),
    reason,
    ...(ticket === undefined ? {} : { ticket }),
    ...(scope === undefined ? {} : { scope }),
  };
  return callsAt(access, person, apiUrl, '/elevations', body);
}

/** Approves the very request that the digest names; an approver who is not known yet is shown every door. */
export function approvalCalls(
  access: Access,
  person: Handle | undefined,
  elevation: { readonly request: { readonly id: ElevationId }; readonly digest: Hash },
  apiUrl: string,
): readonly Call[] {
  const path = `/elevations/${elevation.request.id}/approval`;
  return callsAt(access, person, apiUrl, path, { digest: elevation.digest });
}

/** Fetches credentials. */
export function credentialCalls(
  access: Access,
  person: Handle,
  id: ElevationId,
  apiUrl: string,
): readonly Call[] {
  return callsAt(access, person, apiUrl, `/elevations/${id}/credentials`, {});
}

/** Confirms a code of `/drawbridge link`; who will do it is not known yet. */
export function linkCalls(access: Access, code: string, apiUrl: string): readonly Call[] {
  return callsAt(access, undefined, apiUrl, '/slack-links', { code });
}

/** NB. The shell puts the secrets in: no message holds one. */
const BEARER = '-H "Authorization: Bearer $DRAWBRIDGE_TOKEN"';
const SIGNER =
  '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "X-Amz-Security-Token: $AWS_SESSION_TOKEN"';

function callsAt(
  access: Access,
  person: Handle | undefined,
  apiUrl: string,
  path: string,
  body: Json,
): readonly Call[] {
  const signed = `--aws-sigv4 ${shellWord(`aws:amz:${access.hub.region}:execute-api`)} ${SIGNER}`;
  const commands = {
    oidc: `${post(`${apiUrl}/v1${path}`)} ${BEARER} ${jsonBody(body)}`,
    iam: `${post(`${apiUrl}/iam/v1${path}`)} ${signed} ${jsonBody(body)}`,
  } as const;
  return doorsOf(access, person).map((door) => ({ door, command: commands[door] }));
}

function doorsOf(access: Access, person: Handle | undefined): readonly Call['door'][] {
  const people = person === undefined ? [...access.people.values()] : [access.people.get(person)];
  const oidc = access.providers.length > 0 && people.some((one) => one !== undefined && one.oidc.length > 0);
  const iam = people.some((one) => one !== undefined && one.iam.length > 0);
  return [...(oidc ? (['oidc'] as const) : []), ...(iam ? (['iam'] as const) : [])];
}

function post(url: string): string {
  return `curl -sS -X POST ${shellWord(url)}`;
}

function jsonBody(body: Json): string {
  return `-H 'Content-Type: application/json' --data-raw ${shellWord(pasteable(canonicalJson(body)))}`;
}

/**
 * The same JSON without what a copy could lose or what ends a quotation: quotation marks of shells and of Slack,
 * what Slack escapes, and all but visible ASCII are written as \uXXXX.
 */
function pasteable(json: string): string {
  return json.replace(/[^\x20-\x7e]|['`<>&]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** One word of a POSIX shell: nothing between single quotes means anything but itself. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
