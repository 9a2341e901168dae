import { issueCredentials } from '../../shared/app/issue-credentials.ts';
import { MOST_ISSUES_A_MINUTE } from '../../shared/domain/decide-issue.ts';
import type { IssuerRefusalCode } from '../../shared/domain/refusal.ts';
import { needing } from '../domain/record.ts';
import { caller, catalogRole, groups, STORY } from '../domain/story.ts';
import { at, duration } from '../domain/values.ts';
import { approved, asked, codeOf, decided, granted, stored, testBroker } from './broker.ts';

const [DAVID, RUTH] = [caller('david'), caller('ruth')];
const BROKEN = { issue: () => Promise.reject(new Error('The connection broke.')) };

test('credentials come with the names by which the audit will know them', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  const issued = granted(await issueCredentials(broker, DAVID, id));
  expect(issued).toMatchObject({ elevation: id, n: 1, sessionName: `dbr+david+${id}+1` });
  expect(broker.issuer.issued).toMatchObject([
    { roleSessionName: issued.sessionName, externalId: 'external-id-of-update-app' },
  ]);
  expect(await broker.store.sessionsOf(id)).toEqual([
    {
      ...{ elevation: id, n: 1, issuedAt: broker.clock() },
      assumedRoleId: issued.credentials.assumedRoleId,
      accessKeyId: issued.credentials.accessKeyId,
      expiresAt: issued.credentials.expiresAt,
    },
  ]);
});

test('the intent is stored before STS is asked', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  const seen: unknown[] = [];
  const issuer: typeof broker.issuer = {
    ...broker.issuer,
    issue: async (spec) => {
      seen.push(await stored(broker, id));
      return broker.issuer.issue(spec);
    },
  };
  granted(await issueCredentials({ ...broker, issuer }, DAVID, id));
  expect(seen).toMatchObject([{ issues: [{ n: 1, by: DAVID }] }]);
});

test('an issuer that breaks off leaves an intent that counts, and the next number is another', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  await expect(issueCredentials({ ...broker, issuer: BROKEN }, DAVID, id)).rejects.toThrow(
    'The connection broke.',
  );
  expect(await stored(broker, id)).toMatchObject({ issues: [{ n: 1 }] });
  expect(await broker.store.sessionsOf(id)).toEqual([]);
  expect(granted(await issueCredentials(broker, DAVID, id)).n).toBe(2);
});

test('ten broken issues are a minute’s worth all the same', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  for (let n = 0; n < MOST_ISSUES_A_MINUTE; n++) {
    await expect(issueCredentials({ ...broker, issuer: BROKEN }, DAVID, id)).rejects.toThrow();
  }
  expect(codeOf(await issueCredentials(broker, DAVID, id))).toBe('too-many-issues');
});

test('issues at once, also in the same millisecond, have numbers and names of their own', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  const all = await Promise.all(Array.from({ length: 5 }, () => issueCredentials(broker, DAVID, id)));
  expect(all.map((outcome) => granted(outcome).n).sort()).toEqual([1, 2, 3, 4, 5]);
  expect(new Set(broker.issuer.issued.map(({ roleSessionName }) => roleSessionName)).size).toBe(5);
});

test('of a revocation and an issue at once neither passes the other unseen', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  const [issued, revoked] = await Promise.all([
    issueCredentials(broker, DAVID, id),
    decided(broker, id, { type: 'revoke', by: RUTH }),
  ]);
  expect(revoked).toBe('revoked');
  expect(await stored(broker, id)).toMatchObject({
    state: 'revoked',
    issues: { length: codeOf(issued) === 'done' ? 1 : 0 },
  });
  expect(broker.issuer.issued).toHaveLength(codeOf(issued) === 'done' ? 1 : 0);
  expect(codeOf(await issueCredentials(broker, DAVID, id))).toBe('wrong-state');
});

test('a revocation that comes between reading and writing the intent stops the issue', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  const store: typeof broker.store = {
    ...broker.store,
    replace: async (seen, next) => {
      await decided(broker, id, { type: 'revoke', by: RUTH });
      return broker.store.replace(seen, next);
    },
  };
  expect(codeOf(await issueCredentials({ ...broker, store }, DAVID, id))).toBe('wrong-state');
  expect(broker.issuer.issued).toEqual([]);
});

test('a revocation after the intent leaves the intent in the record', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  const issuer: typeof broker.issuer = {
    ...broker.issuer,
    issue: async (spec) => {
      await decided(broker, id, { type: 'revoke', by: RUTH });
      return broker.issuer.issue(spec);
    },
  };
  granted(await issueCredentials({ ...broker, issuer }, DAVID, id));
  expect(await stored(broker, id)).toMatchObject({ state: 'revoked', issues: [{ n: 1 }] });
});

const REFUSALS: readonly (readonly [IssuerRefusalCode, number | undefined])[] = [
  ['role-not-assumable', undefined],
  ['region-disabled', undefined],
  ['session-policy-too-large', undefined],
  ['session-too-long', undefined],
  ['role-chaining-limit', undefined],
  ['issuer-throttled', 2],
  ['issuer-unavailable', 5],
  ['issuer-answer-mismatch', undefined],
];

test.each(REFUSALS)(
  'where the issuer says %s, so is the person told, and the rest is logged',
  async (code, wait) => {
    const broker = testBroker();
    const id = await approved(broker);
    broker.issuer.refuse(code);
    const outcome = await issueCredentials(broker, DAVID, id);
    expect(outcome).toMatchObject({
      refusal: { code, ...(wait === undefined ? {} : { retryAfterSeconds: wait }) },
    });
    expect(JSON.stringify(outcome)).not.toContain('Refused for the test');
    expect(broker.logged.join()).toContain(`Refused for the test: ${code}`);
    expect(await broker.store.sessionsOf(id)).toEqual([]);
    broker.issuer.refuse(undefined);
    expect(granted(await issueCredentials(broker, DAVID, id)).n).toBe(2);
  },
);

test('the secrets are in the answer, and neither in the store nor in the log', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  const { credentials } = granted(await issueCredentials(broker, DAVID, id));
  const kept = JSON.stringify([
    await broker.store.read(id),
    await broker.store.sessionsOf(id),
    broker.logged,
  ]);
  expect(kept).toContain(credentials.accessKeyId);
  expect(kept).not.toContain(credentials.secretAccessKey);
  expect(kept).not.toContain(credentials.sessionToken);
});

test.each([
  [0, '2026-11-24T09:15:00Z'],
  [44 * 60_000, '2026-11-24T09:59:00Z'],
  [45 * 60_000, '2026-11-24T10:00:00Z'],
  [50 * 60_000, '2026-11-24T10:00:00Z'],
  [60 * 60_000, '2026-11-24T10:00:00Z'],
])('credentials issued %i ms into the hour are usable until %s', async (offset, until) => {
  const broker = testBroker();
  const id = await approved(broker);
  broker.wait(offset);
  expect(granted(await issueCredentials(broker, DAVID, id)).usableUntil).toBe(at(until));
});

test('the catalog’s external id of today is sent, and its length of sessions', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  const role = catalogRole('update-app', 'arn:aws:iam::999999999999:role/UpdateApp');
  const roles = new Map([[role.name, { ...role, externalId: 'a-new-one', session: duration('30m') }]]);
  granted(await issueCredentials({ ...broker, access: { ...STORY, roles } }, DAVID, id));
  expect(broker.issuer.issued).toMatchObject([{ externalId: 'a-new-one', durationSeconds: 1800 }]);
});

test.each([
  ['who may approve it', RUTH, 'not-the-requester'],
  ['an admin', caller('ada'), 'not-the-requester'],
  ['an auditor', caller('otto'), 'not-the-requester'],
  ['anybody else', caller('nina'), 'not-found'],
])('%s gets no credentials of David’s hour', async (_who, by, code) => {
  const broker = testBroker();
  const id = await approved(broker);
  expect(codeOf(await issueCredentials(broker, by, id))).toBe(code);
  expect(broker.issuer.issued).toEqual([]);
});

test('what is refused asks STS for nothing and leaves no intent', async () => {
  const broker = testBroker();
  const [waiting, open] = [await asked(broker), await approved(broker)];
  const gone = { ...STORY, groups: new Map([...STORY.groups, ...groups({ developers: ['dora'] })]) };
  expect(codeOf(await issueCredentials(broker, DAVID, waiting))).toBe('wrong-state');
  expect(codeOf(await issueCredentials({ ...broker, access: gone }, DAVID, open))).toBe('no-longer-allowed');
  expect(codeOf(await issueCredentials({ ...broker, access: needing(2) }, DAVID, open))).toBe(
    'no-longer-allowed',
  );
  expect(broker.issuer.issued).toEqual([]);
  expect(await stored(broker, open)).toMatchObject({ issues: [] });
});
