import { attributes, type Table } from '../../../shared/adapters/dynamodb/conditional-write.ts';
import { dynamoDbRate } from '../../../shared/adapters/dynamodb/dynamodb-rate.ts';
import { dynamoDbStore } from '../../../shared/adapters/dynamodb/dynamodb-store.ts';
import { itemOf } from '../../../shared/adapters/dynamodb/elevation-item.ts';
import { memorySeal } from '../../../shared/adapters/memory/memory-seal.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { begin, decideAndAppend, open } from '../../../shared/app/elevation-book.ts';
import { type Command, decide } from '../../../shared/domain/decide.ts';
import { after } from '../../../shared/domain/instant.ts';
import type { SealedElevation } from '../../../shared/ports/elevation-store.ts';
import { caller, NOW, STORY } from '../../domain/story.ts';
import { duration } from '../../domain/values.ts';
import { freshId, freshPerson, nextOf, recordOf, requestOf, then } from '../contract/elevations.ts';
import { sessionRecord } from '../contract/session-records.ts';
import { startTable, type TestTable } from './table.ts';
import { loseNextAnswer, operationsOf, type StandIn, startStandIn, type WireAnswer } from './wire.ts';

/** A failed condition as DynamoDB tells it: API Reference, PutItem, "ConditionalCheckFailedException". */
function conditionFailed(item: object | undefined): WireAnswer {
  const type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
  const message = 'The conditional request failed';
  return { status: 400, body: JSON.stringify({ __type: type, message, Item: item }) };
}

describe('where DynamoDB sends what stands there along with the refusal', () => {
  const request = requestOf();
  const approved = recordOf(request, then.approved(request));
  const denied = recordOf(request, then.denied(request));
  let standIn: StandIn;
  let table: Table;
  beforeAll(async () => {
    standIn = await startStandIn(conditionFailed(attributes(itemOf(approved))));
    table = { client: standIn.client, name: 'any' };
  });
  afterAll(() => standIn.stop());

  test('the loser is told the winner without another call', async () => {
    expect(await dynamoDbStore(table, sha256).replace(1, denied)).toEqual(approved);
    expect(standIn.asked.map(({ operation }) => operation)).toEqual(['PutItem']);
    expect(standIn.asked[0]?.input).toMatchObject({
      ConditionExpression: 'version = :seen',
      ExpressionAttributeValues: { ':seen': { N: '1' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  });
});

/** NB. The emulator loses a member of this name; DynamoDB keeps it, as any other. */
describe('a member named __proto__', () => {
  const record = recordOf(requestOf());
  const whole = JSON.stringify(attributes(itemOf(record)));
  test.each([
    ['beside the attributes', whole.replace(/^\{/, '{"__proto__":{"M":{"state":{"S":"approved"}}},')],
    ['inside the elevation', whole.replace('"state":', '"__proto__":{"M":{"n":{"S":"x"}}},"state":')],
    ['inside an event', whole.replace('"type":', '"__proto__":{"S":"x"},"type":')],
  ])('%s is seen', async (_where, item) => {
    expect(item).not.toBe(whole);
    const standIn = await startStandIn({ status: 200, body: `{"Item":${item}}` });
    const { id } = record.elevation.request;
    const stored = await dynamoDbStore({ client: standIn.client, name: 'any' }, sha256).read(id);
    await standIn.stop();
    expect(stored).toEqual({ damaged: id });
  });
});

describe('the calls that an operation makes', () => {
  let opened: TestTable;
  let sent: string[];
  beforeAll(async () => {
    opened = await startTable();
    sent = operationsOf(opened.table.client);
  }, 60_000);
  beforeEach(() => sent.splice(0));
  afterAll(() => opened.stop());
  const store = () => dynamoDbStore(opened.table, sha256);
  const request = requestOf();

  test('are one for each, and never a scan', async () => {
    const { person } = request;
    await store().create(recordOf(request));
    await store().read(request.id);
    await store().replace(1, nextOf(recordOf(request), then.approved(request)));
    await store().list({ by: 'person', person }, { limit: 5 });
    await store().recordSession(sessionRecord(request.id, 1));
    await store().sessionsOf(request.id);
    await dynamoDbRate(opened.table).count(person, { from: NOW, until: after(NOW, duration('1m')) }, 1);
    expect(sent).toEqual(['PutItem', 'GetItem', 'PutItem', 'Query', 'PutItem', 'Query', 'UpdateItem']);
  });
});

describe('a write whose answer is lost, and which the SDK repeats', () => {
  let opened: TestTable;
  let sent: string[];
  beforeAll(async () => {
    opened = await startTable();
    sent = operationsOf(opened.table.client);
  }, 60_000);
  beforeEach(() => sent.splice(0));
  afterAll(() => opened.stop());
  const store = () => dynamoDbStore(opened.table, sha256);
  const book = () => ({
    store: store(),
    seal: memorySeal('the key of the test'),
    sha256,
    log: () => undefined,
  });

  async function begun(): Promise<SealedElevation> {
    const request = requestOf({ id: freshId() });
    const { id, requestedAt: at } = request;
    const outcome = await begin(book(), id, { type: 'requested', by: caller('david'), at, request });
    if ('refusal' in outcome) throw new Error(outcome.refusal.detail);
    return outcome.value.sealed;
  }

  /** Decides with the first answer to the write lost. */
  async function decided(seen: SealedElevation, command: Command): Promise<SealedElevation> {
    loseNextAnswer(opened.table.client);
    const outcome = await decideAndAppend(book(), seen, (elevation) =>
      decide(elevation, command, { access: STORY, now: NOW }),
    );
    if ('refusal' in outcome) throw new Error(outcome.refusal.detail);
    return outcome.value;
  }

  const typesOf = ({ history }: SealedElevation) => history.map(({ event }) => event.type);

  test('is told what stands there: its own record', async () => {
    const record = recordOf(requestOf());
    loseNextAnswer(opened.table.client);
    expect(await store().create(record)).toEqual(record);
    expect(sent.filter((operation) => operation === 'PutItem')).toHaveLength(2);
  });

  test('has approved once, and answers as if nothing had happened', async () => {
    const approved = await decided(await begun(), { type: 'approve', by: caller('ruth') });
    expect(typesOf(approved)).toEqual(['requested', 'approved']);
    expect(await open(book(), approved.elevation.request.id)).toEqual({ value: approved });
  });

  test('has left an intent to issue that nobody uses: the number is not taken twice', async () => {
    const approved = await decided(await begun(), { type: 'approve', by: caller('ruth') });
    const issued = await decided(approved, { type: 'issue', by: caller('david') });
    expect(typesOf(issued)).toEqual(['requested', 'approved', 'issue-intended', 'issue-intended']);
  });

  test('counts a request twice: a person waits rather than passes', async () => {
    const [person, rate] = [freshPerson(), dynamoDbRate(opened.table)];
    const window = { from: NOW, until: after(NOW, duration('1m')) };
    loseNextAnswer(opened.table.client);
    expect(await rate.count(person, window, 2)).toBe(true);
    expect(await rate.count(person, window, 2)).toBe(false);
  });
});
