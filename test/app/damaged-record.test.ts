import { memorySeal } from '../../shared/adapters/memory/memory-seal.ts';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { issueCredentials } from '../../shared/app/issue-credentials.ts';
import { readElevation } from '../../shared/app/read-elevation.ts';
import { requestElevation } from '../../shared/app/request-elevation.ts';
import type { ElevationId } from '../../shared/domain/elevation-id.ts';
import type { History } from '../../shared/domain/events.ts';
import { extended, replay } from '../../shared/domain/history.ts';
import type { SealedElevation, StoredElevation } from '../../shared/ports/elevation-store.ts';
import { another, leafAt, leavesOf, withLeaf } from '../domain/edits.ts';
import { ASK, caller } from '../domain/story.ts';
import { approved, asked, codeOf, decided, granted, type TestBroker, testBroker } from './broker.ts';

const [DAVID, RUTH] = [caller('david'), caller('ruth')];

/** The broker, but with this in the place of everything that is stored. */
function finding(broker: TestBroker, stored: StoredElevation): TestBroker {
  const store = {
    ...broker.store,
    read: async () => stored,
    create: async () => stored,
    replace: async () => stored,
  };
  return { ...broker, store };
}

async function sealedIn(broker: TestBroker, id: ElevationId): Promise<SealedElevation> {
  const stored = await broker.store.read(id);
  if (stored === undefined || 'damaged' in stored) throw new Error('The test’s own record is damaged.');
  return stored;
}

/** What a store finds that was given another history: it folds it, and knows whether it can be folded. */
function forged(history: History, seal: string, id: ElevationId): StoredElevation {
  const elevation = history.length === 0 ? undefined : replay(history, sha256);
  return elevation === undefined ? { damaged: id } : { elevation, history, seal };
}

/** Nothing is decided, issued, read or answered on it, and the operators are told. */
async function expectRefused(broker: TestBroker, id: ElevationId): Promise<void> {
  const said = [
    await decided(broker, id, { type: 'approve', by: RUTH }),
    await decided(broker, id, { type: 'deny', by: RUTH }),
    await decided(broker, id, { type: 'revoke', by: RUTH }),
    await decided(broker, id, { type: 'return', by: DAVID }),
    await decided(broker, id, { type: 'withdraw', by: DAVID }),
    codeOf(await issueCredentials(broker, DAVID, id)),
    codeOf(await readElevation(broker, DAVID, id)),
    codeOf(await requestElevation(broker, DAVID, ASK, 'a-key')),
  ];
  expect(said).toEqual(Array(said.length).fill('record-damaged'));
  expect(broker.issuer.issued).toEqual([]);
  expect(broker.logged.join()).toContain('"event":"record-damaged"');
}

test('a store that finds a record damaged stops everything', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  await expectRefused(finding(broker, { damaged: id }), id);
});

test('any field of any event edited, with every hash and the state made anew, is refused', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  const { history, seal } = await sealedIn(broker, id);
  const leaves = leavesOf(history).filter(([, part]) => part === 'event');
  let folded = 0;
  for (const path of leaves) {
    const edited = withLeaf(history, path, another(leafAt(history, path)));
    const stored = forged(
      extended(
        [],
        edited.map(({ event }) => event),
        sha256,
      ),
      seal,
      id,
    );
    folded += 'damaged' in stored ? 0 : 1;
    await expectRefused(finding(broker, stored), id);
  }
  expect(folded).toBeGreaterThan(10);
});

test('an approval written by hand is refused', async () => {
  const broker = testBroker();
  const id = await asked(broker);
  const { elevation, history, seal } = await sealedIn(broker, id);
  const approval = { type: 'approved', by: RUTH, at: broker.clock(), digest: elevation.digest } as const;
  const stored = forged(extended(history, [approval], sha256), seal, id);
  expect(stored).toMatchObject({ elevation: { state: 'approved' } });
  await expectRefused(finding(broker, stored), id);
});

test('a denial taken out of the history is refused', async () => {
  const broker = testBroker();
  const id = await asked(broker);
  await decided(broker, id, { type: 'deny', by: RUTH });
  const { history, seal } = await sealedIn(broker, id);
  await expectRefused(finding(broker, forged(history.slice(0, -1), seal, id)), id);
});

test('the true record of another elevation in the place of this one is refused', async () => {
  const broker = testBroker();
  const [waiting, open] = [await asked(broker), await approved(broker)];
  await expectRefused(finding(broker, await sealedIn(broker, open)), waiting);
});

test.each([
  ['empty', ''],
  ['of another key', 'other'],
  ['cut short', 'short'],
  ['no base64', '%%%'],
])('a seal that is %s is refused', async (_title, kind) => {
  const broker = testBroker();
  const id = await approved(broker);
  const { elevation, history, seal } = await sealedIn(broker, id);
  const others = { other: await memorySeal('another key').seal('a text'), short: seal.slice(0, 20) };
  const put = kind in others ? others[kind as keyof typeof others] : kind;
  await expectRefused(finding(broker, { elevation, history, seal: put }), id);
});

test('a true seal of an earlier version does not cover the version of now', async () => {
  const broker = testBroker();
  const id = await asked(broker);
  const earlier = await sealedIn(broker, id);
  await decided(broker, id, { type: 'approve', by: RUTH });
  const { elevation, history } = await sealedIn(broker, id);
  await expectRefused(finding(broker, { elevation, history, seal: earlier.seal }), id);
});

test('whoever loses a race to a damaged record decides nothing on it', async () => {
  const broker = testBroker();
  const id = await asked(broker);
  const store = { ...broker.store, replace: async () => ({ damaged: id }) };
  expect(await decided({ ...broker, store }, id, { type: 'approve', by: RUTH })).toBe('record-damaged');
});

test('a sound record beside it is decided as ever', async () => {
  const broker = testBroker();
  const id = await approved(broker);
  granted(await issueCredentials(broker, DAVID, id));
  expect(broker.logged.join()).not.toContain('record-damaged');
});
