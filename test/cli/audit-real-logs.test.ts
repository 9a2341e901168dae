import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AuditJson } from '../../cli/audit/json-schema.ts';
import { run } from './run.ts';

const LOGS = '../shared/cases/cloudtrail/invictus-ir';
const there = existsSync(LOGS) ? test : test.skip;

type Raw = {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventTime: string;
  readonly errorCode?: string;
  readonly userIdentity: {
    readonly principalId?: string;
    readonly sessionContext?: { readonly sessionIssuer?: { readonly arn?: string } };
  };
  readonly requestParameters: { readonly roleArn?: string } | null;
  readonly responseElements: { readonly assumedRoleUser?: unknown } | null;
};

/** Every record in memory, and sums over lists: slow, and plain to see. */
function naive(): { events: number; roles: ReadonlyMap<string, object> } {
  const records = readdirSync(LOGS)
    .filter((name) => name.endsWith('.json.gz'))
    .flatMap((name): Raw[] => JSON.parse(gunzipSync(readFileSync(join(LOGS, name))).toString()).Records);
  const once = [...new Map(records.map((record) => [record.eventID, record])).values()];
  const issuer = (record: Raw) => record.userIdentity.sessionContext?.sessionIssuer?.arn;
  const arns = new Set(once.map(issuer).filter((arn) => arn !== undefined));
  const roles = [...arns].map((arn): [string, object] => {
    const calls = once.filter((record) => issuer(record) === arn);
    const begun = once.filter(({ requestParameters }) => requestParameters?.roleArn === arn);
    const times = calls.map(({ eventTime }) => eventTime).sort((one, other) => (one < other ? -1 : 1));
    return [
      arn,
      {
        calls: calls.length,
        denied: calls.filter(({ errorCode = '' }) => /AccessDenied|UnauthorizedOperation/.test(errorCode))
          .length,
        sessions: new Set(calls.map(({ userIdentity }) => userIdentity.principalId)).size,
        first: times[0],
        last: times.at(-1),
        begun: begun.filter(({ responseElements }) => responseElements?.assumedRoleUser !== undefined).length,
      },
    ];
  });
  return { events: once.length, roles: new Map(roles) };
}

there('the numbers of a real account are those of a naive computation', async () => {
  const { code, out } = await run(['audit', LOGS, '--json']);
  const { events, roles } = AuditJson.parse(JSON.parse(out));
  const expected = naive();
  expect({ code, events }).toEqual({ code: 0, events: expected.events });
  const called = roles.filter(({ calls }) => calls > 0);
  expect(
    new Map(
      called.map(({ arn, calls, denied, sessions, first, last, assumed }) => [
        arn,
        { calls, denied, sessions, first, last, begun: assumed.allowed },
      ]),
    ),
  ).toEqual(expected.roles);
});
