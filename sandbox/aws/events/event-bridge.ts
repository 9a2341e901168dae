import * as z from 'zod';
import { AwsRefusal, type BusEvent, type Caller, type WorldBus } from '../aws.ts';
import type { Evaluator } from '../evaluate.ts';
import { newUuid, type Randomness } from '../identifiers.ts';
import { authorize, because, type Call, type Denial, notAuthorized, type Target } from '../operation.ts';
import { type JsonOperation, jsonReply, jsonService } from '../protocols/json.ts';
import type { Service } from '../service.ts';
import { entryFault, sizeOfEntry } from './entry.ts';

const CONTENT_TYPE = 'application/x-amz-json-1.1';

/** The limit of the Regions that have the smaller one: 256 KB for all entries of a call. */
const MOST_BYTES = 256 * 1024;

const entry = z.object({
  EventBusName: z.string().optional(),
  Source: z.string().default(''),
  DetailType: z.string().default(''),
  Detail: z.string().default(''),
  Resources: z.array(z.string()).default([]),
  /** Seconds since 1970. */
  Time: z.number().optional(),
});
// PutEvents, "Request Parameters": 1 to 10 entries.
const input = z.object({ Entries: z.array(entry).min(1).max(10) });

type Entry = z.output<typeof entry>;
type Parts = {
  readonly buses: readonly WorldBus[];
  readonly evaluate: Evaluator;
  readonly random: Randomness;
  /** Called with each event that a bus took. */
  readonly take: (event: BusEvent) => void;
};

/** Amazon EventBridge: putting events on the world's buses. Rules and targets are not modelled. */
export function createEventBridge(parts: Parts): Service {
  const putEvents: JsonOperation = {
    event: { readOnly: false, data: true },
    refused: () => null,
    async run(raw, call) {
      const { Entries } = parsed(raw);
      await permit(parts, Entries, call);
      const results = Entries.map((it) => put(parts, it, call));
      const FailedEntryCount = results.filter((it) => 'ErrorCode' in it).length;
      return {
        reply: jsonReply(200, { FailedEntryCount, Entries: results }, CONTENT_TYPE, call.requestId),
        detail: { requestParameters: null },
      };
    },
  };
  return jsonService({
    name: 'events',
    contentType: CONTENT_TYPE,
    namespace: '',
    operation: (name) => (name === 'PutEvents' ? putEvents : undefined),
  });
}

/** The whole call is refused where one of its buses is not allowed. */
async function permit({ evaluate }: Parts, entries: readonly Entry[], call: Call): Promise<void> {
  const context = { 'events:source': entries.map(({ Source }) => Source) };
  for (const arn of new Set(entries.map((it) => busArn(it, call)))) {
    const account = arn.split(':')[4] ?? '';
    await authorize(evaluate, call, 'events:PutEvents', { arn, account, context }, refusal);
  }
}

/** Where there is no such bus, EventBridge takes the event all the same and drops it. */
function put({ buses, random, take }: Parts, it: Entry, call: Call): object {
  const fault = entryFault(it);
  if (fault !== undefined) return fault;
  const id = newUuid(random);
  const bus = buses.find(({ arn }) => arn === busArn(it, call));
  if (bus === undefined) return { EventId: id };
  take({
    id,
    bus: bus.arn,
    source: it.Source,
    detailType: it.DetailType,
    detail: JSON.parse(it.Detail),
    resources: it.Resources,
    time: it.Time === undefined ? call.now : it.Time * 1000,
  });
  return { EventId: id };
}

/** A bus is named, in the caller's account, or given by its ARN; without either it is the account's default. */
function busArn({ EventBusName = 'default' }: Entry, { region, caller }: Call): string {
  if (EventBusName.startsWith('arn:')) return EventBusName;
  return `arn:aws:events:${region}:${caller.account}:event-bus/${EventBusName}`;
}

function refusal(caller: Caller, action: string, { arn }: Target, verdict: Denial): AwsRefusal {
  const text = notAuthorized(caller, action, arn) + because(action, verdict);
  return new AwsRefusal('AccessDeniedException', text, 400);
}

function parsed(raw: unknown): z.output<typeof input> {
  const result = input.safeParse(raw);
  if (!result.success) throw new AwsRefusal('ValidationException', z.prettifyError(result.error), 400);
  const size = result.data.Entries.reduce((sum, it) => sum + sizeOfEntry(it), 0);
  if (size < MOST_BYTES) return result.data;
  throw new AwsRefusal(
    'ValidationException',
    'Total size of the entries in the request is over the limit.',
    400,
  );
}
