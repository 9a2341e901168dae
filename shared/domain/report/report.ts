import type { State } from '../elevation.ts';
import type { ElevationId } from '../elevation-id.ts';
import type { Hash } from '../hash.ts';
import type { Instant } from '../instant.ts';
import type { Handle, RoleName } from '../names.ts';
import type { AccessLevel } from '../trail/catalogue.ts';
import type { FindingCode } from '../trail/finding.ts';
import type { Outcome } from '../trail/observation.ts';
import type { NotObservableReason } from './observable.ts';

/** The time a report is about: from the first instant to before the last. */
export type Period = { readonly from: Instant; readonly until: Instant };

/** The audit of a period: what was lent, what was done with it, what nobody needed, and who came round the side. */
export type Report = {
  readonly format: 1;
  readonly period: Period;
  /** Of the access file that it was made with. */
  readonly accessVersion: Hash;
  /** Of the action catalogue. */
  readonly catalogueVersion: string;
  readonly totals: Totals;
  /** One entry for each elevation asked for or used in the period, in the order of asking. */
  readonly elevations: readonly ElevationLine[];
  /** One entry for each role of the catalog, and each that was lent and has left it; by name. */
  readonly roles: readonly RoleReport[];
  /** Newest first. */
  readonly outOfBand: readonly FindingLine[];
  readonly changes: readonly ChangeLine[];
  readonly gaps: readonly Gap[];
  /** Events that no IAM action is known for: they are counted and never guessed. */
  readonly unmapped: readonly { readonly source: string; readonly name: string; readonly count: number }[];
  /** Elevations whose record is not as it was sealed, where there are any: nothing else is said of them. */
  readonly damaged?: readonly ElevationId[];
  /** Elevations of the report before for which events came late. */
  readonly reopened: readonly {
    readonly elevation: ElevationId;
    readonly events: number;
    readonly before: number;
  }[];
};

/** The elevations of a period in numbers, as they stood when the report was made; times in milliseconds. */
export type Totals = {
  readonly asked: number;
  /** Of those asked: got all approvals, also where they were returned or revoked later. */
  readonly approved: number;
  readonly denied: number;
  readonly lapsed: number;
  readonly withdrawn: number;
  readonly returned: number;
  readonly revoked: number;
  /** Whose live sessions were cut off in the target account; nothing does that yet, so nothing was. */
  readonly cut: number;
  readonly waiting: number;
  /** From asking to the last approval needed, by nearest rank; absent where nothing needed one. */
  readonly timeToApprove?: { readonly p50: number; readonly p95: number; readonly count: number };
  /** Each approver with how often. */
  readonly decidedBy: readonly {
    readonly person: Handle;
    readonly approved: number;
    readonly denied: number;
  }[];
  /** Refused attempts of requesters to approve their own in the period; several in one minute at one door count once. */
  readonly selfApprovalAttempts: number;
  /** No rule of the access file can be broken in an emergency yet, so nothing was. */
  readonly breakGlass: { readonly used: number; readonly reviewed: number };
  /** Of those asked and approved, those that are over and did nothing that the trail records, where it is whole. */
  readonly approvedNeverUsed: number;
  /** Sets of credentials issued in the period. */
  readonly sessions: number;
  /** Of these, those that are over and did nothing that the trail records, where it is whole for their hours. */
  readonly sessionsNeverUsed: number;
  readonly events: Readonly<Record<Outcome, number>>;
  readonly people: number;
};

/** One elevation, with what its sessions did in the period. */
export type ElevationLine = {
  readonly id: ElevationId;
  readonly person: Handle;
  readonly role: RoleName;
  readonly state: State;
  readonly requestedAt: Instant;
  readonly reason: string;
  readonly ticket?: string;
  readonly approvedBy: readonly Handle[];
  readonly window?: { readonly from: Instant; readonly until: Instant };
  /** How MFA was proved when it was asked for: `amr:hwk`, `iam-session`, or none. */
  readonly mfa: string;
  readonly sessions: number;
  readonly sessionsNeverUsed: number;
  readonly events: Readonly<Record<Outcome, number>>;
  readonly lastUse?: Instant;
  /** Over the folded events of the elevation up to the end of the period, so that a later report sees whether more have come. */
  readonly usageHash: Hash;
  readonly usageEvents: number;
};

/** What a role may do against what was done with it. */
export type RoleReport = {
  readonly role: RoleName;
  readonly arn: string;
  /** In the catalog at the time of the report. */
  readonly inCatalog: boolean;
  /** How often it was lent, for at least a part of the period, and to how many people. */
  readonly elevations: number;
  readonly people: number;
  /** How many milliseconds the role was lent; parts lent twice at once count twice. */
  readonly lent: number;
  /** Where its policies could not be read: why. Then nothing is claimed to be unused. */
  readonly policiesUnknown?: string;
  /** One entry for each action granted or used, by name. */
  readonly permissions: readonly Permission[];
  /** Grants that are not expanded into actions: of services that the catalogue does not know. */
  readonly unexpanded: readonly string[];
  /** Absent where there is nothing to take away, or too little is known. */
  readonly narrower?: Narrower;
  /** Principals besides the issuer that the role trusts. */
  readonly standing: readonly StandingAccess[];
};

/** One action of a role. */
export type Permission = {
  readonly action: string;
  readonly level?: AccessLevel;
  /** By the policies of now; where they are unknown, what was allowed counts as granted. */
  readonly granted: boolean;
  /** Granted under conditions, or denied in part: whether a given call is allowed, only IAM knows. */
  readonly conditional: boolean;
  readonly seen: Seen;
};

/**
 * Whether an action was used: only a call that was allowed is a use, by whichever session of the role. An action whose
 * calls were never decided (throttled, failed inside AWS) is neither used nor unused: its outcome is not observable.
 */
export type Seen =
  | {
      readonly as: 'used';
      readonly first: Instant;
      readonly last: Instant;
      readonly people: number;
      readonly allowed: number;
      readonly denied: number;
      readonly unknown: number;
      /** Generalised patterns, sorted; `*` where the events do not tell the resource. */
      readonly resources: readonly string[];
    }
  | {
      readonly as: 'denied-only';
      readonly first: Instant;
      readonly last: Instant;
      readonly people: number;
      readonly denied: number;
    }
  | { readonly as: 'not-seen' }
  | { readonly as: 'not-observable'; readonly reason: NotObservableReason };

/** Less, and still enough for everything that was allowed in the period. */
export type Narrower = {
  /** An identity policy in IAM's JSON, ready to paste. */
  readonly policy: PolicyJson;
  /** A patch to the access file in YAML: the `scope` of the rules that lend this role. */
  readonly scope: string;
  /** Each event of the period that was allowed, and that the role's policies allow, was matched against the policy. */
  readonly proof: { readonly events: number; readonly matched: number };
  readonly actionsBefore: number;
  readonly actionsAfter: number;
  /** Granted actions that are left out since nobody used them. */
  readonly left: readonly string[];
  /** Granted actions that stay since nobody can see whether they are used. */
  readonly kept: readonly string[];
  /** Actions of the policy that the role has under conditions or denies, which the policy does not repeat: keep those too. */
  readonly conditional?: readonly string[];
};

/** A policy as IAM takes it. */
export type PolicyJson = {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
  }[];
};

/** Somebody who can come to a role without Drawbridge. */
export type StandingAccess = {
  /** As the trust policy names it: arn:aws:iam::111111111111:root, a service, an identity provider. */
  readonly principal: string;
  readonly kind: 'aws' | 'service' | 'federated' | 'anybody';
  /** Under which conditions, in words; none is the worst. */
  readonly condition?: string;
};

/** Something that did not come through Drawbridge. */
export type FindingLine = {
  readonly code: FindingCode;
  readonly at: Instant;
  readonly about: string;
  readonly role?: RoleName;
  readonly elevation?: ElevationId;
  readonly eventId?: string;
  readonly actor?: string;
  readonly detail: string;
};

/** A change to a role, to a trail, or to the access file; the report has them newest first. */
export type ChangeLine =
  | {
      readonly of: 'role' | 'policy' | 'trail';
      readonly at: Instant;
      readonly about: string;
      readonly what: string;
      readonly by: string;
      readonly outcome: Outcome;
      readonly eventId: string;
    }
  /** First seen with the elevation that recorded the version. */
  | { readonly of: 'access-file'; readonly at: Instant; readonly version: Hash };

/** A time for which the trail cannot vouch. */
export type Gap = {
  readonly account: string;
  readonly region?: string;
  readonly kind: 'no-files' | 'no-digest' | 'selectors-unknown';
  /** Absent: the whole period. */
  readonly from?: Instant;
  readonly until?: Instant;
  /** Roles of the report in that account. */
  readonly roles: readonly RoleName[];
};
