import type { ElevationRead } from '../app/read-elevation.ts';
import { type Access, type AllowRule, formatMember } from '../domain/access.ts';
import { parseRoleArn } from '../domain/arn.ts';
import type { Caller, MfaProof } from '../domain/caller.ts';
import { unmet } from '../domain/condition.ts';
import { sourceIdentityOf } from '../domain/credential-spec.ts';
import { formatDuration } from '../domain/duration.ts';
import { type Act, type ElevationNow, waitsUntil } from '../domain/elevation.ts';
import type { History } from '../domain/events.ts';
import { formatInstant } from '../domain/instant.ts';
import type { SessionRecord } from '../ports/elevation-store.ts';
import type * as schema from './response-schemas.ts';

/** An elevation as the API shows it; times are RFC 3339 in UTC. */
export function elevationView(elevation: ElevationNow): schema.Elevation {
  const { request } = elevation;
  const waits = elevation.state === 'pending' ? waitsUntil(request) : undefined;
  return {
    id: request.id,
    state: elevation.state,
    person: request.person,
    role: request.role,
    roleArn: request.roleArn,
    account: parseRoleArn(request.roleArn)?.account ?? '',
    duration: formatDuration(request.duration),
    reason: request.reason,
    ...(request.ticket === undefined ? {} : { ticket: request.ticket }),
    ...(request.scope === undefined ? {} : { scope: request.scope }),
    rule: request.rule,
    requirements: requirementsView(request.requirements),
    digest: elevation.digest,
    accessVersion: request.accessVersion,
    requestedAt: formatInstant(request.requestedAt),
    ...(waits === undefined ? {} : { waitsUntil: formatInstant(waits) }),
    approvals: elevation.approvals.map(actView),
    ...outcomeOf(elevation),
  };
}

/** An elevation with all that there is to know of it. */
export function elevationDetail(read: ElevationRead): schema.ElevationDetail {
  const { request } = read.elevation;
  return {
    ...elevationView(read.elevation),
    conditions: read.conditions,
    missing: unmet(read.conditions).map(({ sentence }) => sentence),
    history: read.history.map(eventView),
    sessions: read.sessions.map((session) =>
      sessionView(session, sourceIdentityOf(request.person, request.id)),
    ),
  };
}

/** A person as they were seen at a door. */
export function callerView({ person, door, mfa }: Caller): schema.SeenCaller {
  return { person, door, mfa: mfaView(mfa) };
}

/** How MFA was proved. */
export function mfaView(mfa: MfaProof): schema.Mfa {
  switch (mfa.kind) {
    case 'absent':
      return { kind: 'absent' };
    case 'token':
      return { kind: 'token', evidence: mfa.evidence, at: formatInstant(mfa.at) };
    case 'iam-session':
      return { kind: 'iam-session', within: formatDuration(mfa.within) };
    default:
      return mfa satisfies never;
  }
}

/** The terms of a rule, for those who may ask under it. */
export function ruleView(rule: AllowRule): schema.Rule {
  const { mfa, approval, hours } = rule;
  return {
    name: rule.name,
    longest: formatDuration(rule.longest),
    reasonMin: rule.reasonMin,
    ...(rule.ticket === undefined ? {} : { ticket: rule.ticket }),
    ...(hours === undefined ? {} : { hours: { ...hours, days: [...hours.days] } }),
    ...(rule.scope === undefined ? {} : { scope: rule.scope }),
    ...requirementsView({
      ...(mfa === undefined ? {} : { mfa }),
      ...(approval === undefined ? {} : { approval: { ...approval, by: approval.by.map(formatMember) } }),
    }),
  };
}

/** What a rule requires beside the request itself. */
export function requirementsView({
  mfa,
  approval,
}: ElevationNow['request']['requirements']): schema.Requirements {
  return {
    ...(mfa === undefined ? {} : { mfa: { within: formatDuration(mfa.within), each: mfa.each } }),
    ...(approval === undefined
      ? {}
      : { approval: { by: approval.by, count: approval.count, within: formatDuration(approval.within) } }),
  };
}

/** The groups of the file that a person is in. */
export function groupsOf(access: Access, { person }: Caller): readonly string[] {
  return [...access.groups].filter(([, members]) => members.has(person)).map(([name]) => name);
}

type OutcomeView = Pick<schema.Elevation, 'window' | 'denial' | 'withdrawal' | 'return' | 'revocation'>;

function outcomeOf(elevation: ElevationNow): OutcomeView {
  switch (elevation.state) {
    case 'pending':
    case 'lapsed':
      return {};
    case 'denied':
      return { denial: actView(elevation.denial) };
    case 'withdrawn':
      return { withdrawal: actView(elevation.withdrawal) };
    case 'approved':
    case 'ended':
      return { window: windowView(elevation) };
    case 'returned':
      return { window: windowView(elevation), return: actView(elevation.giveBack) };
    case 'revoked':
      return { window: windowView(elevation), revocation: actView(elevation.revocation) };
    default:
      return elevation satisfies never;
  }
}

function windowView({ window }: Extract<ElevationNow, { window: unknown }>): schema.Window {
  return { from: formatInstant(window.from), until: formatInstant(window.until) };
}

function actView({ by, at, comment }: Act): schema.Act {
  return { by: callerView(by), at: formatInstant(at), ...(comment === undefined ? {} : { comment }) };
}

function eventView({ event, hash }: History[number]): schema.HistoryEvent {
  return {
    type: event.type,
    ...actView(event),
    ...(event.type === 'issue-intended' ? { n: event.n } : {}),
    hash,
  };
}

function sessionView(session: SessionRecord, sourceIdentity: string): schema.Session {
  return {
    n: session.n,
    sessionName: `${sourceIdentity}+${session.n}`,
    accessKeyId: session.accessKeyId,
    assumedRoleId: session.assumedRoleId,
    issuedAt: formatInstant(session.issuedAt),
    expiresAt: formatInstant(session.expiresAt),
  };
}
