import type { CatalogRole } from './access.ts';
import type { Json } from './canonical-json.ts';
import { type Minutes, seconds } from './duration.ts';
import type { Request, Window } from './elevation.ts';
import { type ElevationId, parseElevationId } from './elevation-id.ts';
import { formatSeconds, type Instant, instant } from './instant.ts';
import { type Handle, parseHandle } from './names.ts';
import type { Scope } from './scope.ts';

/** Every parameter of the AssumeRole call; nothing in it comes from the caller. */
export type CredentialSpec = {
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly sourceIdentity: string;
  readonly externalId: string;
  readonly durationSeconds: number;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** The inline session policy. */
  readonly policy: string;
};

/** The shortest session that STS issues. */
const SHORTEST_SESSION_SECONDS = 900;

/** The longest that it issues to a role that assumes a role, as a function's role does. */
const LONGEST_CHAINED_SESSION_SECONDS = 3600;

/** Inline session policies and their ARNs together (AssumeRole, parameter Policy). */
const LONGEST_SESSION_POLICY = 2048;

/** The number of an issue has at most four digits: so a session name fits into STS's 64 characters. */
const SESSION_NAME = /^dbr\+([^+]+)\+([^+]+)(?:\+([1-9]\d{0,3}))?$/;

/** The AssumeRole call for the n-th issue under an elevation. */
export function credentialSpec(
  request: Request,
  window: Window,
  role: CatalogRole,
  issue: { readonly n: number; readonly at: Instant },
): CredentialSpec {
  const sourceIdentity = sourceIdentityOf(request.person, request.id);
  return {
    roleArn: role.arn.text,
    roleSessionName: `${sourceIdentity}+${issue.n}`,
    sourceIdentity,
    externalId: role.externalId,
    durationSeconds: sessionSeconds(role.session, window.until, issue.at),
    tags: [
      { key: 'drawbridge:elevation', value: request.id },
      { key: 'drawbridge:person', value: request.person },
      { key: 'drawbridge:role', value: request.role },
    ],
    policy: sessionPolicy(request.scope, window.until),
  };
}

/** `dbr+<person>+<elevation id>`: at most 59 characters, and STS takes 64. */
export function sourceIdentityOf(person: Handle, id: ElevationId): string {
  return `dbr+${person}+${id}`;
}

/** Whose session it is, from its source identity or its name, parsed whole; undefined where it is not ours. */
export function parseSessionName(
  text: string,
): { readonly person: Handle; readonly id: ElevationId; readonly n?: number } | undefined {
  const match = SESSION_NAME.exec(text);
  const person = parseHandle(match?.[1] ?? '');
  const id = parseElevationId(match?.[2] ?? '');
  if (person === undefined || id === undefined) return undefined;
  return match?.[3] === undefined ? { person, id } : { person, id, n: Number(match[3]) };
}

/** How long the credentials live, in seconds; what STS makes too long is cut by the session policy. */
export function sessionSeconds(session: Minutes, until: Instant, at: Instant): number {
  const left = Math.floor((until - at) / 1000);
  return Math.min(
    seconds(session),
    LONGEST_CHAINED_SESSION_SECONDS,
    Math.max(SHORTEST_SESSION_SECONDS, left),
  );
}

/** The scope, or everything that the role may do, and in any case nothing after the end. */
export function sessionPolicy(scope: Scope | undefined, until: Instant): string {
  const allowed = scope ?? [{ actions: ['*'], resources: ['*'] }];
  const policy: Json = {
    Version: '2012-10-17',
    Statement: [
      ...allowed.map(({ actions, resources }) => ({ Effect: 'Allow', Action: actions, Resource: resources })),
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { DateGreaterThan: { 'aws:CurrentTime': formatSeconds(until) } },
      },
    ],
  };
  return JSON.stringify(policy);
}

/** Whether a session policy with this scope can be sent; its packed size only STS knows. */
export function scopeFits(scope: Scope): boolean {
  return sessionPolicy(scope, instant(0)).length <= LONGEST_SESSION_POLICY;
}
