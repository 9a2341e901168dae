import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { sha256 } from '../../shared/adapters/system/crypto.ts';
import { firstBreak, type LogEntry } from '../../shared/domain/log-entry.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Cast } from './cast.ts';
import { inSlack } from './in-slack.ts';

/** What needs no MFA is asked for without leaving Slack; what does is finished at a door that can prove it. */
export async function askingInSlack(cast: Cast): Promise<void> {
  const { tell } = cast;
  tell.chapter('David asks in Slack, which proves no MFA.');
  const david = inSlack(cast, 'David');
  await tell.step('David', '/drawbridge update-app 1h OPS-12 Fix the banner of the shop', FINISH, () =>
    david.command('update-app 1h OPS-12 Fix the banner of the shop'),
  );
  await tell.step('David', '/drawbridge read-billing 30m Look at the costs', YOURS, () =>
    david.command('read-billing 30m Look at the costs'),
  );
  await tell.step('David', '/drawbridge return', 'You have returned read-billing for david (30m).', () =>
    david.command('return'),
  );
}

const FINISH =
  'This needs a fresh proof of MFA, which Slack cannot give. Nothing was done here. Finish it at another door:';
const YOURS =
  'You have asked for read-billing for 30m. It is yours now; a direct message says how to get credentials.';

/** Every event is in the log once and on the bus, whoever was told of it meanwhile. */
export async function whatWasTold({ tell, sandbox }: Cast, id: string): Promise<void> {
  tell.chapter('The audit log has every event, in one chain of hashes.');
  await sandbox.settle();
  const entries = await auditLog(sandbox);
  const expected = 'requested, approved, issue-intended, issue-intended, returned';
  await tell.step('Ada', 'what does the log say of the first elevation?', expected, async () => ({
    said: entries
      .filter(({ said }) => said.subject.kind === 'elevation' && said.subject.id === id)
      .map(({ said }) => said.event.type)
      .join(', '),
  }));
  await tell.step('Ada', 'does each entry follow from the one before?', 'all do', async () => {
    const at = firstBreak(entries, sha256);
    return { said: at === undefined ? 'all do' : `not entry ${at}` };
  });
  await tell.step('Ada', 'does the event bus say the same?', 'the same', async () => {
    const told = sandbox.aws.events().map(({ detailType }) => detailType);
    const logged = entries.map(({ said }) => said.event.type);
    return {
      said: told.toSorted(byText).join() === logged.toSorted(byText).join() ? 'the same' : told.join(),
    };
  });
}

function byText(one: string, other: string): number {
  return one < other ? -1 : 1;
}

/** The entries of the audit log as its function could read them, in their order. */
async function auditLog(sandbox: Sandbox): Promise<readonly LogEntry[]> {
  const client = new S3Client({
    ...{ region: 'us-east-1', endpoint: sandbox.endpoints.aws, forcePathStyle: true },
    credentials: sandbox.aws.functionCredentials(
      'arn:aws:iam::222222222222:role/drawbridge/drawbridge-announce',
      'auditor',
    ),
    systemClockOffset: sandbox.now() - Date.now(),
  });
  const Bucket = sandbox.auditBucket;
  const entries: LogEntry[] = [];
  for (let n = 1; ; n++) {
    const Key = `entries/${String(n).padStart(12, '0')}.json`;
    const text = await client.send(new GetObjectCommand({ Bucket, Key })).then(
      ({ Body }) => Body?.transformToString(),
      (error: unknown) => notThere(error),
    );
    if (text === undefined) return entries;
    entries.push(JSON.parse(text));
  }
}

/** A role that may not list a bucket is told AccessDenied where there is nothing (API_GetObject, "Permissions"). */
function notThere(error: unknown): undefined {
  const name = error instanceof Error ? error.name : '';
  if (name !== 'NoSuchKey' && name !== 'AccessDenied') throw error;
}
