import { AwsRefusal, type ReceivedRequest } from '../aws.ts';
import type { Call, TrailDetail } from '../operation.ts';
import type { Recognized, Reply, Service } from '../service.ts';
import { element, type XmlTree } from './xml.ts';

/** Parameters of a query call: lists and structures unfolded, every value still a string. */
export type QueryInput = { readonly [name: string]: string | QueryInput | readonly (string | QueryInput)[] };

/** One operation of a service that speaks the query protocol. */
export type QueryOperation = {
  readonly readOnly: boolean;
  /** What CloudTrail says of the request when it is refused; null where it says nothing. */
  readonly refused: (input: QueryInput) => TrailDetail['requestParameters'];
  readonly run: (
    input: QueryInput,
    call: Call,
  ) => Promise<{ readonly result?: XmlTree; readonly detail: TrailDetail }>;
};

/** A service of the AWS query protocol: a form in, XML out. */
export function queryService(service: {
  readonly name: string;
  readonly version: string;
  readonly namespace: string;
  readonly operations: Readonly<Record<string, QueryOperation>>;
}): Service {
  return { name: service.name, recognize, refuse };

  function recognize(request: ReceivedRequest): Recognized {
    const form = formOf(request);
    const action = form.get('Action') ?? '';
    const operation = Object.hasOwn(service.operations, action) ? service.operations[action] : undefined;
    if (operation === undefined) {
      throw new AwsRefusal(
        'InvalidAction',
        `Could not find operation ${action} for version ${service.version}`,
        400,
      );
    }
    const input = unfold(form);
    return {
      event: { eventName: action, readOnly: operation.readOnly },
      refusedDetail: { requestParameters: operation.refused(input) },
      async run(call) {
        const { result, detail } = await operation.run(input, call);
        return { reply: answer(action, result, call.requestId), detail };
      },
    };
  }

  function answer(action: string, result: XmlTree, requestId: string): Reply {
    const content = {
      ...(result === undefined ? {} : { [`${action}Result`]: result }),
      ResponseMetadata: { RequestId: requestId },
    };
    return reply(200, element(`${action}Response`, content, service.namespace), requestId);
  }

  function refuse({ code, message, status }: AwsRefusal, requestId: string): Reply {
    const content = { Error: { Type: 'Sender', Code: code, Message: message }, RequestId: requestId };
    return reply(status, element('ErrorResponse', content, service.namespace), requestId);
  }
}

function reply(status: number, body: string, requestId: string): Reply {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}

/** The parameters, from the body or, for presigned calls, from the query. */
function formOf({ method, target, body }: ReceivedRequest): URLSearchParams {
  return new URLSearchParams(
    method === 'GET' ? target.slice(target.indexOf('?') + 1) : body.toString('utf8'),
  );
}

/** `Tags.member.1.Key=a` becomes `{ Tags: [{ Key: 'a' }] }`; list indexes must count up from one. */
function unfold(form: URLSearchParams): QueryInput {
  const input: Record<string, unknown> = Object.create(null);
  for (const [name, value] of form) {
    const path = name.split('.').filter((part) => part !== 'member');
    let at = input;
    for (const part of path.slice(0, -1)) {
      const next = at[part];
      at = at[part] = isStructure(next) ? next : Object.create(null);
    }
    at[path.at(-1) ?? ''] = value;
  }
  return listsOf(input);
}

function listsOf(structure: Record<string, unknown>): QueryInput {
  return Object.fromEntries(
    Object.entries(structure).map(([name, value]) => [
      name,
      isStructure(value) ? listOrStructure(value) : String(value),
    ]),
  );
}

function listOrStructure(structure: Record<string, unknown>): QueryInput | readonly (string | QueryInput)[] {
  const unfolded = listsOf(structure);
  const indexes = Object.keys(unfolded);
  if (!indexes.every((it) => /^[1-9]\d*$/.test(it))) return unfolded;
  return indexes.sort((a, b) => Number(a) - Number(b)).map((it) => asEntry(unfolded[it]));
}

function asEntry(value: QueryInput[string] | undefined): string | QueryInput {
  if (typeof value === 'string') return value;
  return isStructure(value) ? value : {};
}

function isStructure(value: unknown): value is Record<string, unknown> & QueryInput {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
