import { dynamoDbRate } from '../../../shared/adapters/dynamodb/dynamodb-rate.ts';
import { dynamoDbStore } from '../../../shared/adapters/dynamodb/dynamodb-store.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { begin, decideAndAppend, open } from '../../../shared/app/elevation-book.ts';
import { type Command, decide } from '../../../shared/domain/decide.ts';
import { after } from '../../../shared/domain/instant.ts';
import type { ElevationStore, SealedElevation } from '../../../shared/ports/elevation-store.ts';
import { caller, NOW, STORY } from '../../domain/story.ts';
import { duration } from '../../domain/values.ts';
import { followed, freshPerson, nextOf, recordOf, requestOf } from '../contract/elevations.ts';
import { sessionRecord } from '../contract/session-records.ts';
import { loseNextAnswer, operationsOf } from './calls.ts';
import { bookOver } from './sealed-elevation.ts';
import { startTable, type TestTable } from './table.ts';

let opened: TestTable;
let sent: string[];
beforeAll(async () => {
  opened = await startTable();
  sent = operationsOf(opened.table.client);
}, 60_000);
beforeEach(() => sent.splice(0));
afterAll(() => opened.stop());

const store = () => dynamoDbStore(opened.table, sha256);
const MINUTE = { from: NOW, until: after(NOW, duration('1m')) };

test('each operation is one call, and none a scan', async () => {
  const request = requestOf();
  await store().create(recordOf(request));
  await store().read(request.id);
  await store().replace(1, nextOf(recordOf(request), followed.approved(request)));
  await store().list({ by: 'person', person: request.person }, { limit: 5 });
  await store().recordSession(sessionRecord(request.id, 1));
  await store().sessionsOf(request.id);
  await dynamoDbRate(opened.table).count(request.person, MINUTE, 1);
  expect(sent).toEqual(['PutItem', 'GetItem', 'PutItem', 'Query', 'PutItem', 'Query', 'UpdateItem']);
});

describe('a write whose answer is lost, and which the SDK repeats', () => {
  /** Decides with the first answer to the write lost. */
  async function decided(seen: SealedElevation, command: Command): Promise<SealedElevation> {
    loseNextAnswer(opened.table.client);
    const outcome = await decideAndAppend(bookOver(store()), seen, (elevation) =>
      decide(elevation, command, { access: STORY, now: NOW }),
    );
    if ('refusal' in outcome) throw new Error(outcome.refusal.detail);
    return outcome.value;
  }

  const typesOf = ({ history }: SealedElevation) => history.map(({ event }) => event.type);
  const approve: Command = { type: 'approve', by: caller('ruth') };
  const issue: Command = { type: 'issue', by: caller('david') };

  test('finds its own record, and is told of it', async () => {
    const record = recordOf(requestOf());
    loseNextAnswer(opened.table.client);
    expect(await store().create(record)).toEqual(record);
    expect(sent).toEqual(['PutItem', 'PutItem', 'GetItem']);
  });

  test('has decided once, and answers as if nothing had happened', async () => {
    const pending = await sealedRequest(store());
    const approved = await decided(pending, approve);
    expect(typesOf(approved)).toEqual(['requested', 'approved']);
    expect(await open(bookOver(store()), approved.elevation.request.id)).toEqual({ value: approved });
  });

  test('leaves an intent to issue that counts and that nobody uses: no number is taken twice', async () => {
    const approved = await decided(await sealedRequest(store()), approve);
    const issued = await decided(approved, issue);
    expect(typesOf(issued)).toEqual(['requested', 'approved', 'issue-intended', 'issue-intended']);
  });

  test('counts a request twice, so that nobody passes the limit', async () => {
    const [person, rate] = [freshPerson(), dynamoDbRate(opened.table)];
    loseNextAnswer(opened.table.client);
    expect(await rate.count(person, MINUTE, 2)).toBe(true);
    expect(await rate.count(person, MINUTE, 2)).toBe(false);
  });
});

/** A new request of the story, truly sealed. */
async function sealedRequest(into: ElevationStore): Promise<SealedElevation> {
  const request = requestOf();
  const { id, requestedAt: at } = request;
  const event = { type: 'requested', by: caller('david'), at, request } as const;
  const begun = await begin(bookOver(into), id, event);
  if ('refusal' in begun) throw new Error(begun.refusal.detail);
  return begun.value.sealed;
}
