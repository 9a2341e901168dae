import type { TrailRecord } from '../trail/trail.ts';

type Resource = { readonly ResourceType: string; readonly ResourceName: string };

/** An event as LookupEvents gives it (CloudTrail API Reference, "Event"). */
export type HistoryEvent = {
  readonly EventId: string;
  readonly EventName: string;
  readonly ReadOnly: string;
  readonly AccessKeyId?: string;
  /** Seconds since 1970. */
  readonly EventTime: number;
  readonly EventSource: string;
  readonly Username?: string;
  readonly Resources: readonly Resource[];
  /** The whole record as JSON. */
  readonly CloudTrailEvent: string;
};

/** The event of a record; its `Username` is the user's name, or that of the session. */
export function historyEvent(record: TrailRecord): HistoryEvent {
  const accessKeyId = textAt(record, 'userIdentity', 'accessKeyId');
  const username = usernameOf(record);
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: String(record.readOnly),
    EventTime: Date.parse(record.eventTime) / 1000,
    EventSource: record.eventSource,
    Resources: resourcesOf(record),
    CloudTrailEvent: JSON.stringify(record),
    ...(accessKeyId === undefined ? {} : { AccessKeyId: accessKeyId }),
    ...(username === undefined ? {} : { Username: username }),
  };
}

function usernameOf(record: TrailRecord): string | undefined {
  if (textAt(record, 'userIdentity', 'type') === 'Root') return 'root';
  return textAt(record, 'userIdentity', 'userName') ?? textAt(record, 'userIdentity', 'arn')?.split('/')[2];
}

/** What the call was about and what it made, by the records' own words. */
function resourcesOf(record: TrailRecord): readonly Resource[] {
  const made = ['responseElements', 'assumedRoleUser'];
  const named: readonly (readonly [string, string | undefined])[] = [
    ['AWS::IAM::AccessKey', textAt(record, 'responseElements', 'credentials', 'accessKeyId')],
    ['AWS::STS::AssumedRole', textAt(record, ...made, 'assumedRoleId')],
    ['AWS::STS::AssumedRole', textAt(record, ...made, 'arn')],
    ['AWS::IAM::Role', textAt(record, 'requestParameters', 'roleName')],
    ['AWS::IAM::Policy', textAt(record, 'requestParameters', 'policyArn')],
    ...(record.resources ?? []).map(({ type, ARN }) => [type, ARN] as const),
  ];
  return named.flatMap(([ResourceType, ResourceName]) =>
    ResourceName === undefined ? [] : [{ ResourceType, ResourceName }],
  );
}

function textAt(record: TrailRecord, ...path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>(
    (within, name) => Object.getOwnPropertyDescriptor(Object(within), name)?.value,
    record,
  );
  return typeof value === 'string' ? value : undefined;
}
