import { isoSeconds } from '../callers.ts';
import { newUuid, type Randomness } from '../identifiers.ts';
import type { Call, EventKind, TrailDetail } from '../operation.ts';
import { headerOf } from '../received-request.ts';
import type { Refusal } from '../service.ts';
import type { Sessions } from '../sessions.ts';
import { foreignIdentity, userIdentity } from './user-identity.ts';

/** A CloudTrail record, of the fields that the CloudTrail User Guide lists under "record contents". */
export type TrailRecord = Readonly<Record<string, unknown>> & {
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly eventID: string;
  readonly awsRegion: string;
  readonly recipientAccountId: string;
  readonly readOnly: boolean;
  readonly managementEvent: boolean;
  readonly resources?: TrailDetail['resources'];
};

/** One call that was made, allowed or not. */
export type Occurrence = {
  readonly service: string;
  readonly call: Call;
  readonly event: EventKind;
  readonly detail: TrailDetail;
  readonly refusal?: Refusal;
};

/** Every call of a signer whom AWS knows, in the order in which they ended. */
export class Trail {
  readonly #records: TrailRecord[] = [];
  readonly #sessions: Sessions;
  readonly #random: Randomness;
  readonly #tell: (record: TrailRecord) => void;

  /** Tells of each record as it is made. */
  constructor(sessions: Sessions, random: Randomness, tell: (record: TrailRecord) => void) {
    this.#sessions = sessions;
    this.#random = random;
    this.#tell = tell;
  }

  records(): readonly TrailRecord[] {
    return this.#records;
  }

  /** Adds the caller's record and, where another account owns the resource, that account's copy. */
  add(occurrence: Occurrence): void {
    const { caller } = occurrence.call;
    const { sharedWith } = occurrence.detail;
    const shared = sharedWith === undefined ? {} : { sharedEventID: newUuid(this.#random) };
    const identity = userIdentity(caller, this.#sessions.find(caller.accessKeyId));
    this.#keep({ ...this.#record(occurrence, identity, caller.account), ...shared });
    if (sharedWith === undefined) return;
    this.#keep({ ...this.#record(occurrence, foreignIdentity(caller), sharedWith), ...shared });
  }

  #keep(record: TrailRecord): void {
    this.#records.push(record);
    this.#tell(record);
  }

  #record(occurrence: Occurrence, identity: object, recipientAccountId: string): TrailRecord {
    const { service, call, event, detail, refusal } = occurrence;
    const data = event.data === true;
    return {
      eventVersion: '1.11',
      userIdentity: identity,
      eventTime: isoSeconds(call.now),
      eventSource: `${service}.amazonaws.com`,
      eventName: event.eventName,
      awsRegion: call.region,
      sourceIPAddress: '127.0.0.1',
      userAgent: headerOf(call.request, 'user-agent') ?? '',
      ...(refusal === undefined ? {} : { errorCode: refusal.code, errorMessage: refusal.message }),
      requestParameters: detail.requestParameters,
      responseElements: detail.responseElements ?? null,
      requestID: call.requestId,
      eventID: newUuid(this.#random),
      readOnly: event.readOnly,
      ...(detail.resources === undefined ? {} : { resources: detail.resources }),
      eventType: 'AwsApiCall',
      managementEvent: !data,
      recipientAccountId,
      eventCategory: data ? 'Data' : 'Management',
    };
  }
}
