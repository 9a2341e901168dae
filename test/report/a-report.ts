import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { parseElevationId } from '../../shared/domain/elevation-id.ts';
import { type Instant, parseInstant } from '../../shared/domain/instant.ts';
import { type Handle, parseHandle, parseRoleName, type RoleName } from '../../shared/domain/names.ts';
import type {
  ElevationLine,
  Permission,
  Report,
  RoleReport,
  Seen,
} from '../../shared/domain/report/report.ts';
import { updateApp } from './update-app.ts';

/** The instant that a text names. */
export function at(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new Error(`Not a time: ${text}`);
  return parsed;
}

/** The handle that a text names. */
export function person(text: string): Handle {
  const parsed = parseHandle(text);
  if (parsed === undefined) throw new Error(`Not a handle: ${text}`);
  return parsed;
}

/** The role that a text names. */
export function role(text: string): RoleName {
  const parsed = parseRoleName(text);
  if (parsed === undefined) throw new Error(`Not a role: ${text}`);
  return parsed;
}

/** The n-th elevation's id. */
export function idOf(n: number) {
  const id = parseElevationId(`0${String(n).padStart(25, '0')}`);
  if (id === undefined) throw new Error(`No id: ${n}`);
  return id;
}

/** One elevation of the fictional week, with what differs. */
export function elevation(n: number, differing: Partial<ElevationLine> = {}): ElevationLine {
  const day = 16 + (n % 7);
  const hour = String(8 + (n % 9)).padStart(2, '0');
  const requestedAt = at(`2026-11-${day}T${hour}:00:00.000Z`);
  return {
    id: idOf(n),
    person: person('david'),
    role: role('update-app'),
    state: 'ended',
    requestedAt,
    reason: `Deploy release ${n}`,
    ticket: `OPS-${1000 + n}`,
    approvedBy: [person('ruth')],
    window: {
      from: at(`2026-11-${day}T${hour}:0${n % 9}:30.000Z`),
      until: at(`2026-11-${day}T${String(9 + (n % 9)).padStart(2, '0')}:0${n % 9}:30.000Z`),
    },
    mfa: 'amr:hwk',
    sessions: 4,
    sessionsNeverUsed: n % 3 === 0 ? 1 : 0,
    events: { allowed: 20 + n, denied: n % 4, unknown: 0 },
    lastUse: at(`2026-11-${day}T${hour}:50:00.000Z`),
    usageHash: sha256(`usage ${n}`),
    usageEvents: 20 + n + (n % 4),
    ...differing,
  };
}

/** One permission, granted and without conditions. */
export function permission(action: string, level: NonNullable<Permission['level']>, seen: Seen): Permission {
  return { action, level, granted: true, conditional: false, seen };
}

const NOT_SEEN: Seen = { as: 'not-seen' };

/** The name of the role, and what differs from one that was not lent and grants little. */
export function roleReport(name: string, differing: Partial<RoleReport> = {}): RoleReport {
  return {
    role: role(name),
    arn: `arn:aws:iam::999999999999:role/${name}`,
    inCatalog: true,
    elevations: 0,
    people: 0,
    lent: 0,
    permissions: [
      permission('ce:GetCostAndUsage', 'Read', NOT_SEEN),
      permission('iam:CreateUser', 'Write', NOT_SEEN),
      permission('iam:AttachUserPolicy', 'Permissions management', NOT_SEEN),
      permission('iam:PassRole', 'Write', { as: 'not-observable', reason: 'permission-only' }),
    ],
    unexpanded: [],
    standing: [],
    ...differing,
  };
}

const NEVER_OPENED = { approvedBy: [], sessions: 0, sessionsNeverUsed: 0, usageEvents: 0 } as const;
const NO_EVENTS = { allowed: 0, denied: 0, unknown: 0 } as const;

function unopened(n: number, differing: Partial<ElevationLine>): ElevationLine {
  const { window: _window, lastUse: _lastUse, ticket: _ticket, ...rest } = elevation(n);
  return { ...rest, ...NEVER_OPENED, events: NO_EVENTS, ...differing };
}

/** A week in which everything happened that a report can tell. */
export function aReport(differing: Partial<Report> = {}): Report {
  return {
    format: 1,
    period: { from: at('2026-11-16T00:00:00.000Z'), until: at('2026-11-23T00:00:00.000Z') },
    accessVersion: sha256('access'),
    catalogueVersion: '0.21.202609261',
    totals: {
      ...{
        asked: 16,
        approved: 12,
        denied: 1,
        lapsed: 1,
        withdrawn: 1,
        returned: 2,
        revoked: 1,
        cut: 1,
        waiting: 1,
      },
      timeToApprove: { p50: 270_000, p95: 4_920_500, count: 12 },
      decidedBy: [
        { person: person('ruth'), approved: 11, denied: 1 },
        { person: person('maria'), approved: 1, denied: 0 },
      ],
      ...{ selfApprovalAttempts: 2, breakGlass: { used: 2, reviewed: 1 }, approvedNeverUsed: 1 },
      ...{ sessions: 48, sessionsNeverUsed: 5, events: { allowed: 1310, denied: 17, unknown: 2 }, people: 5 },
    },
    elevations: [
      ...Array.from({ length: 9 }, (_, n) => elevation(n + 1)),
      elevation(10, { state: 'returned', person: person('omar') }),
      elevation(11, { state: 'revoked', role: role('break-glass-admin'), person: person('maria') }),
      unopened(12, { state: 'denied', person: person('tess') }),
      unopened(13, { state: 'withdrawn' }),
      unopened(14, { state: 'lapsed', role: role('read-billing'), mfa: 'none' }),
      unopened(15, { state: 'pending', role: role('read-billing'), reason: 'Look at the costs' }),
      {
        ...unopened(16, {
          state: 'approved',
          role: role('read-billing'),
          approvedBy: [person('ruth')],
          sessions: 1,
        }),
        window: { from: at('2026-11-18T14:00:00.000Z'), until: at('2026-11-18T22:00:00.000Z') },
      },
    ],
    roles: [
      roleReport('break-glass-admin', {
        ...{ elevations: 1, people: 1, lent: 3_600_000, unexpanded: ['newservice:*'], permissions: [] },
        policiesUnknown: 'The auditor role in 999999999999 cannot be assumed.',
        standing: [
          { principal: '*', kind: 'anybody' },
          { principal: 'arn:aws:iam::111111111111:root', kind: 'aws' },
        ],
      }),
      roleReport('old-pipeline', { inCatalog: false }),
      roleReport('read-billing', {
        ...{ elevations: 1, people: 1, lent: 28_800_000 },
        standing: [
          { principal: 'ec2.amazonaws.com', kind: 'service', condition: 'aws:SourceAccount is 999999999999' },
          {
            principal: 'arn:aws:iam::999999999999:saml-provider/idp',
            kind: 'federated',
            condition: 'SAML:aud is given',
          },
        ],
      }),
      updateApp(),
    ],
    outOfBand: findings(),
    changes: [
      {
        ...{
          of: 'role',
          at: at('2026-11-19T10:05:00.000Z'),
          about: 'arn:aws:iam::999999999999:role/UpdateApp',
        },
        ...{ what: 'trust', by: 'arn:aws:iam::999999999999:user/Olga', outcome: 'allowed', eventId: 'e-6' },
      },
      {
        ...{
          of: 'policy',
          at: at('2026-11-18T10:05:00.000Z'),
          about: 'arn:aws:iam::999999999999:policy/App',
        },
        ...{
          what: 'policy-version',
          by: 'arn:aws:iam::999999999999:user/Olga',
          outcome: 'denied',
          eventId: 'e-7',
        },
      },
      { of: 'access-file', at: at('2026-11-17T09:00:00.000Z'), version: sha256('access before') },
    ],
    gaps: [
      {
        account: '999999999999',
        region: 'eu-west-1',
        kind: 'no-digest',
        from: at('2026-11-17T02:00:00.000Z'),
        until: at('2026-11-17T05:00:00.000Z'),
        roles: [role('update-app')],
      },
      { account: '333333333333', kind: 'no-files', roles: [] },
      { account: '444444444444', kind: 'selectors-unknown', roles: [role('read-billing')] },
    ],
    unmapped: [{ source: 'newservice.amazonaws.com', name: 'DoSomething', count: 3 }],
    damaged: [idOf(77)],
    reopened: [{ elevation: idOf(3), events: 26, before: 24 }],
    ...differing,
  };
}

function findings(): Report['outOfBand'] {
  const about = 'arn:aws:iam::999999999999:role/UpdateApp';
  const of = { about, role: role('update-app') };
  const olga = 'arn:aws:iam::999999999999:user/Olga';
  return [
    {
      ...of,
      code: 'foreign-assume-role',
      at: at('2026-11-21T03:12:00.000Z'),
      eventId: 'e-1',
      actor: olga,
      detail: 'Olga assumed UpdateApp; only the issuer may.',
    },
    {
      ...of,
      code: 'foreign-session',
      at: at('2026-11-21T03:15:00.000Z'),
      eventId: 'e-2',
      actor: `${olga}-session`,
      detail: 'A session that no elevation explains called s3:GetObject.',
    },
    {
      ...of,
      code: 'false-name',
      at: at('2026-11-20T11:00:00.000Z'),
      eventId: 'e-3',
      detail: 'The source identity names an elevation of another person.',
    },
    {
      ...of,
      code: 'no-intent',
      at: at('2026-11-20T10:00:00.000Z'),
      elevation: idOf(4),
      eventId: 'e-4',
      detail: 'Session 9 of the elevation was never meant to be issued.',
    },
    {
      ...of,
      code: 'unexplained-session',
      at: at('2026-11-20T09:30:00.000Z'),
      elevation: idOf(4),
      detail: 'The session did not come from one of the elevation’s own.',
    },
    {
      ...of,
      code: 'use-after-cut',
      at: at('2026-11-19T13:00:00.000Z'),
      elevation: idOf(10),
      eventId: 'e-5',
      detail: 's3:PutObject was allowed 4 min after the role was given back.',
    },
    {
      ...of,
      code: 'use-after-end',
      at: at('2026-11-19T12:00:00.000Z'),
      elevation: idOf(2),
      detail: 's3:GetObject was called after the end.',
    },
    {
      ...of,
      code: 'role-changed',
      at: at('2026-11-19T10:05:00.000Z'),
      eventId: 'e-6',
      actor: olga,
      detail: 'Olga changed the trust policy.',
    },
    {
      code: 'issue-not-in-trail',
      at: at('2026-11-17T03:00:00.000Z'),
      about: 'arn:aws:iam::999999999999:policy/App',
      elevation: idOf(1),
      detail: 'Credentials were issued and no AssumeRole shows it.',
    },
  ];
}
