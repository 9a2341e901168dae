/**
 * Which events the trails that cover an account record, from their event selectors. Management events: both kinds, or writes alone.
 * Data events: by the resource type of advanced selectors (AWS::S3::Object) with the ARNs they are limited to.
 */
export type DataEventSelectors = {
  readonly management: 'all' | 'write-only' | 'read-only' | 'none';
  /** Sources whose management events are left out: kms.amazonaws.com, rdsdata.amazonaws.com. */
  readonly excludedSources: readonly string[];
  readonly data: readonly {
    readonly resourceType: string;
    readonly access: 'all' | 'write-only' | 'read-only';
    /** ARN prefixes, and ARNs that are met whole; none of both: every resource of the type. */
    readonly arnPrefixes: readonly string[];
    readonly arns: readonly string[];
    /** What is left out of these: ARN prefixes; none: nothing. */
    readonly exceptPrefixes: readonly string[];
  }[];
  /** Accounts that these trails belong to, where that is known: a trail of an organization is changed in another one. */
  readonly trailAccounts?: readonly string[];
};

/** Why a permission cannot be seen in the trail. */
export type NotObservableReason =
  /** The trail's selectors do not record such data events. */
  | 'data-event-not-recorded'
  /** Reads are not recorded, or the service is left out. */
  | 'management-event-not-recorded'
  /** IAM evaluates it inside other calls and CloudTrail has no event for it (iam:PassRole and the like). */
  | 'permission-only'
  /** Hours in which the role was lent have no digest, or no files at all. */
  | 'hours-without-digest'
  | 'no-files'
  /** It was called, and no call was decided: throttled, or failed inside AWS. */
  | 'outcome-unknown'
  /** A call of its service was let through that no action is known for: it may have needed this one. */
  | 'call-unmapped'
  /** The record of an elevation is not as it was sealed, so that what was done under it is not counted. */
  | 'record-damaged'
  /** Somebody changed a trail in the period or since, so that it may not have recorded then what it records now. */
  | 'trail-changed'
  /** The trail's selectors could not be read. */
  | 'selectors-unknown';
