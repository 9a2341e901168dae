import { AwsRefusal, type ReceivedRequest } from '../aws.ts';
import type { Call, EventKind, TrailDetail } from '../operation.ts';
import { headerOf } from '../received-request.ts';
import type { Outcome, Recognized, Reply, Service } from '../service.ts';

/** One operation of a service that speaks JSON; its input is not validated yet. */
export type JsonOperation = {
  readonly event: Omit<EventKind, 'eventName'>;
  readonly refused: (input: unknown) => TrailDetail['requestParameters'];
  readonly run: (input: unknown, call: Call) => Promise<Outcome>;
};

/** A service of the AWS JSON protocol: the operation in a header, JSON in and out. */
export function jsonService(service: {
  readonly name: string;
  readonly contentType: string;
  /** Stands before a refusal's code in `__type`. */
  readonly namespace: string;
  readonly operation: (name: string) => JsonOperation | undefined;
}): Service {
  return { name: service.name, recognize, refuse };

  function recognize(request: ReceivedRequest): Recognized {
    const eventName = (headerOf(request, 'x-amz-target') ?? '').split('.').at(-1) ?? '';
    const operation = service.operation(eventName);
    if (operation === undefined) {
      throw new AwsRefusal(
        'UnknownOperationException',
        `The sandbox has no operation ${eventName || 'without a name'}.`,
        400,
      );
    }
    const input = parsed(request.body);
    return {
      event: { ...operation.event, eventName },
      refusedDetail: { requestParameters: operation.refused(input) },
      run: (call) => operation.run(input, call),
    };
  }

  function refuse({ code, message, status }: AwsRefusal, requestId: string): Reply {
    return jsonReply(
      status,
      { __type: `${service.namespace}${code}`, message },
      service.contentType,
      requestId,
    );
  }
}

/** A JSON answer. */
export function jsonReply(status: number, body: object, contentType: string, requestId: string): Reply {
  return {
    status,
    headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
    body: JSON.stringify(body),
  };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsRefusal('SerializationException', 'The body is not JSON.', 400);
  }
}
