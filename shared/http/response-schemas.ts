import * as z from 'zod';
import { STATES } from '../domain/elevation.ts';

/** The shapes of answers: for OpenAPI, and as types for the views. No bundle holds the schemas. */
const instant = z.iso.datetime().describe('RFC 3339, UTC');
const duration = z.string().describe('For example 1h30m');
const scope = z
  .array(z.object({ actions: z.array(z.string()).readonly(), resources: z.array(z.string()).readonly() }))
  .readonly();

export const Mfa = z.union([
  z.object({ kind: z.literal('absent') }),
  z.object({ kind: z.literal('token'), evidence: z.string(), at: instant }),
  z.object({ kind: z.literal('iam-session'), within: duration }),
]);
export type Mfa = z.infer<typeof Mfa>;

export const SeenCaller = z.object({ person: z.string(), door: z.enum(['oidc', 'iam', 'slack']), mfa: Mfa });
export type SeenCaller = z.infer<typeof SeenCaller>;

export const Act = z.object({ by: SeenCaller, at: instant, comment: z.string().optional() });
export type Act = z.infer<typeof Act>;

export const Window = z.object({ from: instant, until: instant });
export type Window = z.infer<typeof Window>;

export const SlackLink = z.object({
  team: z.string().describe('The id of the Slack workspace'),
  user: z.string().describe('The id of the Slack user'),
  person: z.string(),
  from: z
    .enum(['access-file', 'code'])
    .describe('Who says so: the access file, or a code that was confirmed'),
});
export type SlackLink = z.infer<typeof SlackLink>;

export const SlackLinkPage = z.object({ links: z.array(SlackLink).readonly() });
export type SlackLinkPage = z.infer<typeof SlackLinkPage>;

export const SlackUnlinked = z.object({ team: z.string(), user: z.string() });
export type SlackUnlinked = z.infer<typeof SlackUnlinked>;

export const Requirements = z.object({
  mfa: z.object({ within: duration, each: z.enum(['request', 'issue']) }).optional(),
  approval: z.object({ by: z.array(z.string()).readonly(), count: z.number(), within: duration }).optional(),
});
export type Requirements = z.infer<typeof Requirements>;

export const Elevation = z.object({
  id: z.string(),
  state: z.enum(STATES),
  person: z.string(),
  role: z.string(),
  roleArn: z.string(),
  account: z.string(),
  duration,
  reason: z.string(),
  ticket: z.string().optional(),
  scope: scope.optional(),
  rule: z.string().describe('The governing rule'),
  requirements: Requirements,
  digest: z.string().describe('SHA-256 of the request: what approvers approve'),
  accessVersion: z.string().describe('SHA-256 of the access file in force'),
  requestedAt: instant,
  waitsUntil: instant.optional(),
  approvals: z.array(Act).readonly(),
  window: Window.optional(),
  denial: Act.optional(),
  withdrawal: Act.optional(),
  return: Act.optional(),
  revocation: Act.optional(),
});
export type Elevation = z.infer<typeof Elevation>;

const Condition = z.object({
  code: z.enum(['person', 'role', 'duration', 'reason', 'ticket', 'hours', 'scope', 'mfa', 'approval']),
  outcome: z.enum(['satisfied', 'unsatisfied', 'failed']),
  sentence: z.string(),
});

export const HistoryEvent = z.object({
  type: z.enum(['requested', 'approved', 'denied', 'withdrawn', 'returned', 'revoked', 'issue-intended']),
  ...Act.shape,
  n: z.number().optional(),
  hash: z.string().describe('SHA-256 of the event and of the hash before it'),
});
export type HistoryEvent = z.infer<typeof HistoryEvent>;

export const Session = z.object({
  n: z.number(),
  sessionName: z.string().describe('As CloudTrail shows it'),
  accessKeyId: z.string(),
  assumedRoleId: z.string(),
  issuedAt: instant,
  expiresAt: instant,
});
export type Session = z.infer<typeof Session>;

export const ElevationDetail = Elevation.extend({
  conditions: z.array(Condition).readonly(),
  missing: z.array(z.string()).readonly(),
  history: z.array(HistoryEvent).readonly(),
  sessions: z.array(Session).readonly(),
});
export type ElevationDetail = z.infer<typeof ElevationDetail>;

export const ElevationPage = z.object({
  elevations: z.array(Elevation).readonly(),
  next: z.string().optional(),
});
export type ElevationPage = z.infer<typeof ElevationPage>;

export const DryRun = z.object({
  outcome: z.literal('allowed'),
  rule: z.string(),
  conditions: z.array(Condition).readonly(),
  requirements: Requirements,
});
export type DryRun = z.infer<typeof DryRun>;

export const Rule = z.object({
  name: z.string(),
  longest: duration,
  reasonMin: z.number(),
  ticket: z.string().optional(),
  hours: z
    .object({ days: z.array(z.number()), from: z.number(), to: z.number(), timeZone: z.string() })
    .optional()
    .describe('Days from Monday (1) to Sunday (7); minutes after midnight'),
  scope: scope.optional(),
  ...Requirements.shape,
});
export type Rule = z.infer<typeof Rule>;

export const RolePage = z.object({
  roles: z
    .array(
      z.object({
        name: z.string(),
        account: z.string(),
        roleArn: z.string(),
        description: z.string(),
        session: duration,
        mayAsk: z.boolean(),
        rules: z.array(Rule).readonly().describe('Tried in this order'),
        whyNot: z.string().optional(),
      }),
    )
    .readonly(),
});
export type RolePage = z.infer<typeof RolePage>;

export const Me = SeenCaller.extend({
  groups: z.array(z.string()).readonly(),
  tokenGroups: z.array(z.string()).readonly(),
  admin: z.boolean(),
  auditor: z.boolean(),
});
export type Me = z.infer<typeof Me>;

export const Credentials = z.object({
  Version: z.literal(1),
  AccessKeyId: z.string(),
  SecretAccessKey: z.string(),
  SessionToken: z.string(),
  Expiration: instant.describe('With the session or with the elevation, whichever ends first'),
  ElevationId: z.string(),
  SessionName: z.string().describe('As CloudTrail shows it'),
});
export type Credentials = z.infer<typeof Credentials>;

const observed = z.object({
  eventId: z.string().describe("CloudTrail's eventID"),
  at: instant,
  source: z.string().describe('The service: s3.amazonaws.com'),
  name: z.string().describe('The call: PutObject'),
  actions: z.array(z.string()).readonly().describe('The IAM actions; none where none is known'),
  outcome: z.enum(['allowed', 'denied', 'unknown']),
  errorCode: z.string().optional(),
  resources: z.array(z.string()).readonly(),
  account: z.string(),
  region: z.string(),
  ip: z.string().optional(),
  via: z.enum(['console', 'api', 'service']),
  as: z
    .enum(['issue', 'session', 'chained', 'unexplained'])
    .describe('How it belongs to the elevation: the issue itself, its session, or one that came from it'),
  session: z.number().optional().describe('The n-th set of credentials'),
});

export const Activity = z.object({
  elevation: z.string(),
  readAt: instant,
  completeUntil: instant.describe('Log files come minutes after the calls; until then all has come'),
  events: z.array(observed).readonly(),
  truncated: z
    .boolean()
    .describe('Whether there were more events than are shown; at most 50,000 are read, the oldest'),
  findings: z
    .array(z.object({ code: z.string(), at: instant, eventId: z.string().optional(), detail: z.string() }))
    .readonly(),
});
export type Activity = z.infer<typeof Activity>;

const period = { from: instant, until: instant };

export const ReportOrder = z.object({ id: z.string(), ...period });
export type ReportOrder = z.infer<typeof ReportOrder>;

export const ReportPage = z.object({ reports: z.array(ReportOrder).readonly() });
export type ReportPage = z.infer<typeof ReportPage>;

export const ReportDetail = z.object({
  id: z.string(),
  ...period,
  files: z
    .array(
      z.object({
        name: z.string(),
        sha256: z.string(),
        link: z.string().describe('Whoever has it can read the file, for five minutes'),
      }),
    )
    .readonly(),
});
export type ReportDetail = z.infer<typeof ReportDetail>;

export const Health = z.object({ status: z.literal('ok'), accessVersion: z.string() });
export type Health = z.infer<typeof Health>;

/** RFC 9457, with the members of Drawbridge. */
export const Problem = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number(),
  code: z.string().describe('Stable: what programs go by'),
  detail: z.string().describe('For people: what to do next'),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  conditions: z.array(Condition).optional(),
  state: z.enum(STATES).optional().describe('The state that won'),
  rule: z.string().optional(),
  challenge: z.string().optional().describe('RFC 9470; API Gateway renames the header that carries it'),
});
