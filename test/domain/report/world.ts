import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import type { SelfApprovalAttempt } from '../../../shared/domain/attempt.ts';
import { sourceIdentityOf } from '../../../shared/domain/credential-spec.ts';
import { minutes } from '../../../shared/domain/duration.ts';
import { standingAt } from '../../../shared/domain/elevation.ts';
import type { ElevationId } from '../../../shared/domain/elevation-id.ts';
import { type Instant, after as later } from '../../../shared/domain/instant.ts';
import type { RolePolicies, Statement } from '../../../shared/domain/policy/document.ts';
import { reportBuilder } from '../../../shared/domain/report/builder.ts';
import type { DataEventSelectors } from '../../../shared/domain/report/observable.ts';
import type { Report } from '../../../shared/domain/report/report.ts';
import type { ReportInput } from '../../../shared/domain/report/report-input.ts';
import type { Delivery, ElevationStory, RoleEvidence } from '../../../shared/domain/report/story.ts';
import type { ActionCatalogue, CatalogueAction } from '../../../shared/domain/trail/catalogue.ts';
import type { Observation } from '../../../shared/domain/trail/observation.ts';
import { after, asked, type Recorded, requestFor } from '../record.ts';
import { caller, STORY } from '../story.ts';
import { at, elevationId, handle, roleName } from '../values.ts';

/** The week of the story, and a report on it that is made when everything has come. */
export const PERIOD = { from: at('2026-11-23T00:00:00Z'), until: at('2026-11-30T00:00:00Z') };
/** Six hours after the week. */
export const COMPLETE = at('2026-11-30T06:00:00Z');
/** The story's role. */
export const UPDATE_APP_ARN = 'arn:aws:iam::999999999999:role/UpdateApp';
const ROLE_ID = 'AROAUPDATEAPPEXAMPLE';

const ACTIONS: readonly CatalogueAction[] = [
  { action: 'ec2:CreateTags', level: 'Tagging', hasResources: true },
  { action: 'ec2:DescribeInstances', level: 'List', hasResources: false },
  { action: 'ec2:RunInstances', level: 'Write', hasResources: true },
  { action: 'iam:GetRole', level: 'Read', hasResources: true },
  { action: 'iam:PassRole', level: 'Write', hasResources: true },
  { action: 'kms:Decrypt', level: 'Write', hasResources: true },
  { action: 's3:DeleteObject', level: 'Write', hasResources: true },
  { action: 's3:GetBucketLocation', level: 'Read', hasResources: true },
  { action: 's3:GetObject', level: 'Read', hasResources: true },
  { action: 's3:ListAllMyBuckets', level: 'List', hasResources: false },
  { action: 's3:ListBucket', level: 'List', hasResources: true },
  { action: 's3:PutObject', level: 'Write', hasResources: true },
];

/** A few actions of AWS, with what the Service Authorization Reference says of them. */
export const CATALOGUE: ActionCatalogue = {
  version: 'test',
  action: (service, name) => {
    const wanted = `${service}:${name}`.toLowerCase();
    return ACTIONS.find(({ action }) => action.toLowerCase() === wanted);
  },
  actionsOf: (service) => ACTIONS.filter(({ action }) => action.startsWith(`${service}:`)),
  services: [...new Set(ACTIONS.map(({ action }) => action.split(':')[0] ?? ''))],
};

/** Everything is recorded. */
export const ALL_RECORDED: DataEventSelectors = {
  management: 'all',
  excludedSources: [],
  data: [{ resourceType: 'AWS::S3::Object', access: 'all', arnPrefixes: [], arns: [], exceptPrefixes: [] }],
};

/** A statement that allows. */
export function allows(actions: readonly string[], resources: readonly string[]): Statement {
  return {
    effect: 'Allow',
    actions: { kind: 'any-of', patterns: actions },
    resources: { kind: 'any-of', patterns: resources },
  };
}

const BUCKET = 'arn:aws:s3:::productionapp';

/** What UpdateApp may do in the story. */
export const UPDATE_APP_STATEMENTS = [
  allows(['s3:ListAllMyBuckets'], ['*']),
  allows(['s3:ListBucket', 's3:GetBucketLocation'], [BUCKET]),
  allows(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [`${BUCKET}/*`]),
];

/** A role that trusts the issuer alone, with these permissions. */
export function policies(statements: readonly Statement[], trusted: readonly string[] = []): RolePolicies {
  const issuer = 'arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials';
  return {
    arn: UPDATE_APP_ARN,
    trust: {
      statements: [
        {
          effect: 'Allow',
          actions: { kind: 'any-of', patterns: ['sts:AssumeRole'] },
          principals: { kind: 'any-of', by: { AWS: [issuer, ...trusted] } },
        },
      ],
    },
    inline: [{ name: 'permissions', document: { statements } }],
    attached: [],
    maxSessionSeconds: 3600,
  };
}

/** A log file and a digest for every hour of the week and the three after it. */
export function everyHour(region = 'us-east-1'): readonly Delivery[] {
  return Array.from({ length: 7 * 24 + 3 }, (_, hour) => later(PERIOD.from, minutes(hour * 60 + 1))).flatMap(
    (when) => [
      { account: '999999999999', region, kind: 'log', at: when },
      { account: '999999999999', region, kind: 'digest', at: when },
    ],
  );
}

/** What is known of UpdateApp when everything is. */
export function evidence(more: Partial<RoleEvidence> = {}): RoleEvidence {
  return {
    arn: UPDATE_APP_ARN,
    role: roleName('update-app'),
    policies: { value: policies(UPDATE_APP_STATEMENTS) },
    selectors: { value: ALL_RECORDED },
    deliveries: everyHour(),
    strays: [],
    policyChanges: [],
    trailChanges: [],
    ...more,
  };
}

/** An elevation's id by number. */
export function idOf(n: number): ElevationId {
  return elevationId(`01ARZ3NDEKTSV4RRFFQ69${String(n).padStart(5, '0')}`);
}

/** How the life of a test's elevation goes on. */
export type Turn = 'waiting' | 'denied' | 'withdrawn' | 'approved' | 'issued' | 'returned' | 'revoked';

/** An elevation of somebody, asked for at an instant, approved by Ruth after so many minutes, with what was seen. */
export function story(
  n: number,
  turn: Turn,
  more: {
    readonly person?: string;
    readonly askedAt?: Instant;
    readonly approvedAfter?: number;
    readonly usage?: readonly Observation[];
  } = {},
): ElevationStory {
  const { person = 'david', askedAt = at('2026-11-24T09:00:00Z'), approvedAfter = 5, usage = [] } = more;
  const first = asked(
    requestFor(1, { id: idOf(n), person: handle(person), requestedAt: askedAt }),
    fresh(person, askedAt),
  );
  const decidedAt = later(askedAt, minutes(approvedAfter));
  const { elevation, history } = lived(first, turn, decidedAt, person);
  const isUsed = 'issues' in elevation && elevation.issues.length > 0;
  const issuedAt = later(decidedAt, minutes(1));
  return {
    elevation: standingAt(elevation, COMPLETE),
    history,
    sessions: isUsed
      ? [{ n: 1, assumedRoleId: sessionId(n, person), issuedAt, expiresAt: later(issuedAt, minutes(15)) }]
      : [],
    usage: isUsed ? [issueEvent(n, person, issuedAt), ...usage] : usage,
  };
}

function lived(first: Recorded, turn: Turn, decidedAt: Instant, person: string): Recorded {
  const [requester, ruth] = [fresh(person, first.elevation.request.requestedAt), fresh('ruth', decidedAt)];
  if (turn === 'waiting') return first;
  if (turn === 'denied') return after(first, decidedAt, { type: 'deny', by: ruth });
  if (turn === 'withdrawn') return after(first, decidedAt, { type: 'withdraw', by: requester });
  const approved = after(first, decidedAt, { type: 'approve', by: ruth });
  if (turn === 'approved') return approved;
  const issued = after(approved, later(decidedAt, minutes(1)), { type: 'issue', by: requester });
  if (turn === 'issued') return issued;
  const end =
    turn === 'returned' ? { type: 'return' as const, by: requester } : { type: 'revoke' as const, by: ruth };
  return after(issued, later(decidedAt, minutes(21)), end);
}

function fresh(name: string, now: Instant) {
  return caller(name, { mfa: { kind: 'token', evidence: 'amr:hwk', at: now } });
}

function sessionId(n: number, person: string): string {
  return `${ROLE_ID}:${nameOf(n, person)}+1`;
}

function nameOf(n: number, person: string): string {
  return sourceIdentityOf(handle(person), idOf(n));
}

/** What Drawbridge's own AssumeRole looks like. */
function issueEvent(n: number, person: string, when: Instant): Observation {
  const issuer = 'arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials';
  return seen(`issue-${n}`, when, {
    ...{
      source: 'sts.amazonaws.com',
      name: 'AssumeRole',
      actions: ['sts:AssumeRole'],
      resources: [UPDATE_APP_ARN],
    },
    actor: {
      type: 'AssumedRole',
      roleArn: issuer,
      principalId: 'AROAISSUEREXAMPLE:drawbridge-prod-credentials',
    },
    assumed: {
      roleArn: UPDATE_APP_ARN,
      sessionName: `${nameOf(n, person)}+1`,
      sourceIdentity: nameOf(n, person),
      assumedRoleId: sessionId(n, person),
    },
  });
}

/** An observation of a call that needs one action, made by nobody in particular. */
export function seen(id: string, when: Instant, more: Partial<Observation> = {}): Observation {
  const observation: Omit<Observation, 'hash'> = {
    ...{ id, at: when, account: '999999999999', region: 'us-east-1', source: 's3.amazonaws.com' },
    ...{
      name: 'GetObject',
      actions: ['s3:GetObject'],
      mapping: 'mapped' as const,
      outcome: 'allowed' as const,
    },
    ...{ resources: [`${BUCKET}/index.html`], via: 'api' as const, actor: { type: 'AssumedRole' } },
    ...more,
  };
  return { ...observation, hash: sha256(JSON.stringify(observation)) };
}

/** A call by the session of an elevation, so many minutes after it was asked for. */
export function did(
  n: number,
  id: string,
  when: Instant,
  more: Partial<Observation> & { readonly person?: string } = {},
): Observation {
  const { person = 'david', ...rest } = more;
  const actor = {
    type: 'AssumedRole',
    arn: `arn:aws:sts::999999999999:assumed-role/UpdateApp/${nameOf(n, person)}+1`,
    principalId: sessionId(n, person),
    roleArn: UPDATE_APP_ARN,
    sourceIdentity: nameOf(n, person),
  };
  return seen(`${n}-${id}`, when, { actor, ...rest });
}

/** The report on these stories and roles. */
export function reportOf(
  stories: readonly ElevationStory[],
  roles: readonly RoleEvidence[] = [evidence(), readLogs()],
  {
    attempts = [],
    ...more
  }: Partial<ReportInput> & { readonly attempts?: readonly SelfApprovalAttempt[] } = {},
  damaged: readonly ElevationId[] = [],
): Report {
  const builder = reportBuilder({
    ...{ period: PERIOD, access: STORY, catalogue: CATALOGUE, sha256, completeUntil: COMPLETE },
    ...more,
  });
  for (const one of stories) builder.addElevation(one);
  for (const one of attempts) builder.addAttempt(one);
  for (const one of roles) builder.addRole(one);
  for (const id of damaged) builder.addDamaged(id);
  return builder.finish();
}

/** The other role of the catalog, which may do nothing. */
export function readLogs(): RoleEvidence {
  const arn = 'arn:aws:iam::999999999999:role/logs/ReadLogs';
  return { ...evidence(), arn, role: roleName('read-logs'), policies: { value: { ...policies([]), arn } } };
}

/** What the report says of a role. */
export function roleIn(report: Report, name = 'update-app'): Report['roles'][number] {
  const found = report.roles.find(({ role }) => role === name);
  if (found === undefined) throw new Error(`The report has no role ${name}.`);
  return found;
}

/** How the report has seen an action. */
export function seenAs(report: Report, action: string): string {
  const seenHere = roleIn(report).permissions.find((permission) => permission.action === action)?.seen;
  if (seenHere === undefined) return 'absent';
  return seenHere.as === 'not-observable' ? seenHere.reason : seenHere.as;
}
