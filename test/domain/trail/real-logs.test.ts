import { existsSync, globSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseRecord } from '../../../shared/adapters/cloudtrail/parse-record.ts';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import type { Observation } from '../../../shared/domain/trail/observation.ts';
import { observe } from '../../../shared/domain/trail/observe.ts';
import { sessionNameOf } from '../../../shared/domain/trail/session-name.ts';
import { iamActions } from './iam-actions.ts';

/** Real logs, beside the project and not part of it. */
const CASES = '../shared/cases/cloudtrail';

if (!existsSync(CASES)) {
  test.skip(`what real logs say: there is no ${CASES}`, () => undefined);
} else {
  let real: readonly Observation[];
  let documented: readonly Observation[];
  beforeAll(async () => {
    const catalogue = await iamActions();
    const observed = (value: unknown): Observation => {
      const record = parseRecord(value, sha256);
      if (!('id' in record)) throw new Error(JSON.stringify(record));
      return observe(record, catalogue);
    };
    const recordsIn = (text: string): readonly unknown[] => JSON.parse(text).Records;
    real = globSync(`${CASES}/invictus-ir/**/*.json.gz`)
      .flatMap((file) => recordsIn(gunzipSync(readFileSync(file)).toString()))
      .map(observed);
    const examples = readFileSync(`${CASES}/aws-doc-examples/doc-examples.json`, 'utf8');
    documented = recordsIn(examples).map(observed);
  }, 60_000);

  const sessions = () => real.filter(({ actor }) => actor.type === 'AssumedRole');

  test('of 49 AssumeRole 13 were denied, and each tells its role', () => {
    const calls = real.filter(({ name }) => name === 'AssumeRole');
    expect(calls).toHaveLength(49);
    const denied = calls.filter(({ outcome }) => outcome === 'denied');
    expect(denied).toHaveLength(13);
    for (const { assumed } of calls) expect(assumed?.roleArn).toMatch(/^arn:aws:iam::\d{12}:role\//);
    for (const { assumed } of denied) expect(assumed?.assumedRoleId).toBeUndefined();
  });

  test('each of 76 events of sessions links to the AssumeRole that began the session', () => {
    const begun = real.flatMap(({ assumed }) => (assumed?.sessionName === undefined ? [] : [assumed]));
    const ids = new Set(begun.map(({ assumedRoleId }) => assumedRoleId));
    // EC2's own AssumeRole for an instance does not tell the new session's principal id: there the names link.
    const names = new Set(begun.map(({ roleArn, sessionName }) => `${roleArn} ${sessionName}`));
    const linked = sessions().filter(({ actor }) => ids.has(actor.principalId));
    const named = sessions().filter((one) => names.has(`${one.actor.roleArn} ${sessionNameOf(one.actor)}`));
    expect([sessions().length, linked.length, named.length]).toEqual([76, 53, 76]);
  });

  test('throttled calls are undecided, and calls about what is not there were allowed', () => {
    const outcomes = (code: string) =>
      new Set(real.filter((one) => one.errorCode === code).map((one) => one.outcome));
    expect(outcomes('ThrottlingException')).toEqual(new Set(['unknown']));
    expect(outcomes('NoSuchBucketPolicy')).toEqual(new Set(['allowed']));
    expect(outcomes('Client.UnauthorizedOperation')).toEqual(new Set(['denied']));
    const counted = Object.groupBy(real, ({ outcome }) => outcome);
    expect(Object.entries(counted).map(([outcome, all]) => [outcome, all.length])).toEqual(
      expect.arrayContaining([['unknown', 103]]),
    );
  });

  test('changes of roles and managed policies are told apart', () => {
    const changes = real.flatMap(({ name, changed }) =>
      changed === undefined ? [] : [`${name} ${changed.what}`],
    );
    expect(new Set(changes)).toContain('PutRolePolicy inline-policy');
    expect(changes.filter((change) => change === 'PutRolePolicy inline-policy')).toHaveLength(5);
    expect(changes.filter((change) => change === 'UpdateAssumeRolePolicy trust')).toHaveLength(2);
    expect(changes.filter((change) => change === 'CreateRole role')).toHaveLength(13);
  });

  test('every resource is an ARN', () => {
    for (const { resources } of real)
      for (const arn of resources) expect(arn).toMatch(/^arn:aws:[a-z0-9-]+:/);
  });

  test('the documented copies of one AssumeRole tell the same session', () => {
    const copies = documented.filter(({ sharedId, name }) => name === 'AssumeRole' && sharedId !== undefined);
    expect(copies).toHaveLength(2);
    expect(copies[0]?.assumed).toEqual(copies[1]?.assumed);
    expect(copies[0]?.assumed).toMatchObject({ sessionName: 'JohnDoe-EC2-dev', sourceIdentity: 'JohnDoe' });
  });
}
