import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { partitionOf } from '../../domain/arn.ts';
import type { DataEventSelectors } from '../../domain/report/observable.ts';
import type { Clock } from '../../ports/clock.ts';
import { NotTold, told } from './failure.ts';

/** A session of an account's auditor role, with what speaks for it. */
export type AccountSession = {
  readonly account: string;
  readonly iam: IAMClient;
  /** CloudTrail of a Region; of our own by default. */
  readonly trailsOf: (region?: string) => CloudTrailClient;
  /** Asked for once in a session, and kept unless it fails. */
  selectors?: Promise<DataEventSelectors>;
};

/** The session of an account, or a `NotTold`. */
export type AccountSessions = (account: string) => Promise<AccountSession>;

const SESSION_SECONDS = 900;
const RENEWED_BEFORE_MS = 5 * 60 * 1000;

const CLIENT = {
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true },
} as const;

type Kept = { readonly session: AccountSession; readonly expiresAt: number };

/** Sessions of auditor roles, one an account, kept until five minutes before they expire. */
export function accountSessions(clock: Clock): AccountSessions {
  const sts = new STSClient(CLIENT);
  const kept = new Map<string, Promise<Kept>>();
  const renewed = async (account: string, before: Promise<Kept> | undefined): Promise<Kept> => {
    const known = await before?.catch(() => undefined);
    const isFresh = known !== undefined && known.expiresAt - clock() > RENEWED_BEFORE_MS;
    return isFresh ? known : assumed(sts, account);
  };
  return async (account) => {
    // NB. Kept before anything is waited for, so that whoever asks meanwhile waits for the same session.
    const current = renewed(account, kept.get(account));
    kept.set(account, current);
    return (await current).session;
  };
}

async function assumed(sts: STSClient, account: string): Promise<Kept> {
  const partition = partitionOf(await sts.config.region());
  const { Credentials } = await told(assuming(account), () =>
    sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:${partition}:iam::${account}:role/drawbridge/drawbridge-auditor`,
        RoleSessionName: 'drawbridge-report',
        DurationSeconds: SESSION_SECONDS,
      }),
    ),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new NotTold(`STS answered without credentials for the auditor role of account ${account}.`);
  }
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
  return { session: sessionOf(account, credentials), expiresAt: Expiration.getTime() };
}

function assuming(account: string) {
  return {
    what: `Assuming the auditor role of account ${account}`,
    seeTo: "Deploy infra/auditor-role.yml there, with this hub's account.",
  };
}

type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
};

function sessionOf(account: string, credentials: Credentials): AccountSession {
  const trails = new Map<string | undefined, CloudTrailClient>();
  return {
    account,
    iam: new IAMClient({ ...CLIENT, credentials }),
    trailsOf(region) {
      const client =
        trails.get(region) ?? new CloudTrailClient({ ...CLIENT, credentials, ...(region && { region }) });
      trails.set(region, client);
      return client;
    },
  };
}
