import type { Caller } from './caller.ts';
import type { Minutes } from './duration.ts';
import type { ElevationId } from './elevation-id.ts';
import type { Hash } from './hash.ts';
import { after, type Instant } from './instant.ts';
import type { Handle, RoleName, RuleName } from './names.ts';
import type { Scope } from './scope.ts';

/** What a person asked for, with what was required of them then; never changed afterwards. */
export type Request = {
  readonly id: ElevationId;
  readonly person: Handle;
  readonly role: RoleName;
  /** The target role's ARN at the time of asking. */
  readonly roleArn: string;
  readonly duration: Minutes;
  readonly reason: string;
  readonly ticket?: string;
  /** What each session is narrowed to. */
  readonly scope?: Scope;
  /** Who set the scope, where there is one. */
  readonly narrowedBy?: 'rule' | 'requester';
  /** The governing rule. */
  readonly rule: RuleName;
  readonly requirements: Requirements;
  /** The version of the access file in force. */
  readonly accessVersion: Hash;
  readonly requestedAt: Instant;
};

/** What the governing rule required when the request was made, as plain values. */
export type Requirements = {
  readonly mfa?: { readonly within: Minutes; readonly each: 'request' | 'issue' };
  readonly approval?: {
    /** As the access file writes them: `group:release-managers`. */
    readonly by: readonly string[];
    readonly count: number;
    readonly within: Minutes;
    readonly mfaWithin?: Minutes;
  };
};

/** Who decided something, when, and as whom they were seen. */
export type Act = { readonly by: Caller; readonly at: Instant; readonly comment?: string };

/** An approval, bound to the digest of what was approved. */
export type Approval = Act & { readonly digest: Hash };

/** The time in which credentials may be issued; both ends are included. */
export type Window = { readonly from: Instant; readonly until: Instant };

/** The intent to issue the n-th set of credentials. */
export type Issue = { readonly n: number; readonly by: Caller; readonly at: Instant };

/** What every elevation has, whatever its state. */
export type Common = {
  readonly request: Request;
  /** SHA-256 over the request: what approvers approve. */
  readonly digest: Hash;
  readonly requestedBy: Caller;
  readonly approvals: readonly Approval[];
};

type Opened = Common & { readonly window: Window; readonly issues: readonly Issue[] };

/** Waits for approvals. */
export type Pending = Common & { readonly state: 'pending' };
/** Ended by an approver's denial. */
export type Denied = Common & { readonly state: 'denied'; readonly denial: Act };
/** Ended by the requester before it was approved. */
export type Withdrawn = Common & { readonly state: 'withdrawn'; readonly withdrawal: Act };
/** Credentials may be issued within the window. */
export type Approved = Opened & { readonly state: 'approved' };
/** Given back by the requester. */
export type Returned = Opened & { readonly state: 'returned'; readonly giveBack: Act };
/** Ended by somebody else. */
export type Revoked = Opened & { readonly state: 'revoked'; readonly revocation: Act };

/** An elevation as it is stored: what people did to it, and nothing that only the clock says. */
export type Elevation = Pending | Denied | Withdrawn | Approved | Returned | Revoked;

/** Nobody decided in time; derived from the clock. */
export type Lapsed = Common & { readonly state: 'lapsed'; readonly lapsedAt: Instant };
/** The window is over; derived from the clock. */
export type Ended = Opened & { readonly state: 'ended' };

/** An elevation as it stands at an instant. */
export type ElevationNow = Elevation | Lapsed | Ended;

/** The word for where an elevation stands. */
export type State = ElevationNow['state'];

/** Every state, in the order of an elevation's life. */
export const STATES = [
  'pending',
  'denied',
  'withdrawn',
  'lapsed',
  'approved',
  'returned',
  'revoked',
  'ended',
] as const satisfies readonly State[];

/** Until when a request waits for approvals; undefined where none are required. */
export function waitsUntil(request: Request): Instant | undefined {
  const { approval } = request.requirements;
  return approval === undefined ? undefined : after(request.requestedAt, approval.within);
}

/** How the elevation stands at that instant: adds what only the clock says. */
export function standingAt(elevation: Elevation, now: Instant): ElevationNow {
  switch (elevation.state) {
    case 'pending': {
      const until = waitsUntil(elevation.request);
      return until !== undefined && now > until
        ? { ...elevation, state: 'lapsed', lapsedAt: until }
        : elevation;
    }
    case 'approved':
      return now > elevation.window.until ? { ...elevation, state: 'ended' } : elevation;
    case 'denied':
    case 'withdrawn':
    case 'returned':
    case 'revoked':
      return elevation;
    default:
      return elevation satisfies never;
  }
}
