import { existsSync, globSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { actionsOf } from '../../../shared/domain/trail/actions.ts';
import type { ActionCatalogue } from '../../../shared/domain/trail/catalogue.ts';
import { iamActions } from './iam-actions.ts';

/** Real logs, beside the project and not part of it. */
const CASES = '../shared/cases/cloudtrail';

type Event = { readonly eventSource: string; readonly eventName: string };
type Row = Event & { readonly actions: readonly string[] };

if (!existsSync(CASES)) {
  test.skip(`the mapping against real logs: there is no ${CASES}`, () => undefined);
} else {
  let catalogue: ActionCatalogue;
  beforeAll(async () => {
    catalogue = await iamActions();
  }, 60_000);
  const mapped = ({ eventSource: source, eventName: name }: Event) =>
    actionsOf({ type: 'AwsApiCall', source, name, parameters: null }, catalogue);

  test('every event is mapped to the action that AWS itself named when it refused it', () => {
    const rows: readonly Row[] = JSON.parse(readFileSync(`${CASES}/named-actions.json`, 'utf8'));
    expect(rows).toHaveLength(117);
    // AWS writes some prefixes in capitals; case does not matter in policies.
    const lower = (actions: readonly string[]) => actions.map((action) => action.toLowerCase());
    expect(rows.map((row) => ({ ...row, actions: lower(mapped(row).actions) }))).toEqual(
      rows.map((row) => ({ ...row, actions: lower(row.actions) })),
    );
  });

  test("of an account's real API calls one is unmapped, which the Service Authorization Reference does not know", () => {
    const calls = globSync(`${CASES}/invictus-ir/**/*.json.gz`).flatMap(apiCallsIn);
    expect(calls.length).toBeGreaterThan(2800);
    const unmapped = calls.filter((call) => mapped(call).mapping === 'unmapped');
    const names = unmapped.map(({ eventSource, eventName }) => `${eventSource} ${eventName}`);
    expect([...new Set(names)]).toEqual(['s3.amazonaws.com GetStorageLensDashboardDataInternal']);
  });
}

function apiCallsIn(file: string): readonly Event[] {
  const { Records }: { readonly Records: readonly (Event & { readonly eventType: string })[] } = JSON.parse(
    gunzipSync(readFileSync(file)).toString(),
  );
  return Records.filter(({ eventType }) => eventType === 'AwsApiCall');
}
