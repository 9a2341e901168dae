import type { IssueCheck, IssueCheckProgress } from '../../shared/app/check-issues.ts';
import { decideElevation } from '../../shared/app/decide-elevation.ts';
import { issueCredentials } from '../../shared/app/issue-credentials.ts';
import { requestElevation } from '../../shared/app/request-elevation.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { TrailRecord } from '../../shared/domain/trail/record.ts';
import type { SessionRecord } from '../../shared/ports/elevation-store.ts';
import type { EventLookup } from '../../shared/ports/event-lookup.ts';
import { ASK, caller, NOW, proved } from '../domain/story.ts';
import { ISSUER, record, sessionOf, UPDATE_APP } from '../domain/trail/observations.ts';
import { hash } from '../domain/values.ts';
import { granted, type TestBroker } from './broker.ts';

/** The morning of the story, and how long after it a call was. */
export const at = (minutes: number, seconds = 0): Instant => instant(NOW + minutes * 60_000 + seconds * 1000);

/** An hour that begins with the story. */
export const HOUR = { from: NOW, until: at(60) };

/** A session that David was lent, by its name in CloudTrail. */
export type Lent = SessionRecord & { readonly name: string };

/** Lends David the role, so often as `issues` says. */
export async function lent(broker: TestBroker, issues = 1): Promise<readonly Lent[]> {
  const by = (name: string) => caller(name, { mfa: proved('1m', broker.clock()) });
  const { elevation } = granted(await requestElevation(broker, by('david'), ASK, undefined));
  const { id } = elevation.request;
  granted(await decideElevation(broker, id, { type: 'approve', by: by('ruth') }));
  for (let n = 1; n <= issues; n++) granted(await issueCredentials(broker, by('david'), id));
  const sessions = await broker.store.sessionsOf(id);
  return sessions.map((session) => ({ ...session, name: `dbr+david+${id}+${session.n}` }));
}

let made = 0;

/** The event of a call that began a session, with an eventID that no other has. */
export function begun(
  { name, issuedAt, accessKeyId, assumedRoleId }: Omit<Lent, 'elevation' | 'n' | 'expiresAt'>,
  more: Partial<TrailRecord> & { readonly roleArn?: string } = {},
): TrailRecord {
  made += 1;
  const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
  const { roleArn = UPDATE_APP, ...rest } = more;
  return record({
    ...{ id, hash: hash(id), at: issuedAt, account: '222222222222', region: 'us-east-1' },
    ...{ source: 'sts.amazonaws.com', name: 'AssumeRole', caller: sessionOf(ISSUER, 'credentials') },
    parameters: { roleArn, roleSessionName: name },
    response: { credentials: { accessKeyId }, assumedRoleUser: { assumedRoleId } },
    ...rest,
  });
}

/** A lookup that finds these records, so many on a page, and breaks off where `before` throws. */
export function lookupOf(
  records: readonly TrailRecord[],
  { page = 50, before = () => {} }: { readonly page?: number; readonly before?: (page: number) => void } = {},
): EventLookup & { readonly asked: { readonly from: Instant; readonly until: Instant }[] } {
  const asked: { from: Instant; until: Instant }[] = [];
  let pages = 0;
  return {
    asked,
    async *assumeRoles({ from, until }) {
      asked.push({ from, until });
      const found = records.filter((one) => one.at >= from && one.at < until).toReversed(); // newest first
      do {
        pages += 1;
        before(pages);
        yield { records: found.splice(0, page), unreadable: [] };
      } while (found.length > 0);
    },
  };
}

/** A check of a broker's elevations, when everything has come in; `told` is how far it has come. */
export function checking(
  { store }: Pick<TestBroker, 'store'>,
  lookup: EventLookup,
  more: Partial<IssueCheck> = {},
): IssueCheck & { readonly told: IssueCheckProgress[] } {
  const told: IssueCheckProgress[] = [];
  return {
    ...{ store, lookup, issuerRoleArn: ISSUER, completeUntil: at(100_000), told },
    async onProgress(progress) {
      told.push(progress);
    },
    ...more,
  };
}
