import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  type GetEventSelectorsResponse,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import type { DataEventSelectors } from '../../domain/report/observable.ts';
import type { AccountSession } from './account-session.ts';
import { type Doing, NotTold, told } from './failure.ts';
import { recordedTogether } from './recorded-together.ts';
import { type Recorded, recordedByAdvanced, recordedByBasic } from './selectors.ts';

/** Which trails count: those that deliver into this bucket, or all where none is named. */
export type TrailsThatCount = { readonly bucket?: string };

/**
 * What the trails that cover the account record, in every Region, or a `NotTold`. Shadows are among them: that is how a
 * member account sees its organization's trail. A trail of one Region, one that has been stopped, and one that does not
 * tell its selectors vouch for nothing.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 */
export async function readSelectors(
  session: AccountSession,
  { bucket }: TrailsThatCount,
): Promise<DataEventSelectors> {
  const { trailList = [] } = await told(describing(session), () =>
    session.trailsOf().send(new DescribeTrailsCommand({ includeShadowTrails: true })),
  );
  const counting = trailList.filter(
    ({ IsMultiRegionTrail, S3BucketName }) =>
      IsMultiRegionTrail === true && (bucket === undefined || S3BucketName === bucket),
  );
  const recorded: Recorded[][] = [];
  const reasons: NotTold[] = [];
  for (const trail of counting) {
    const read = await recordedOrReason(session, trail);
    if (read instanceof NotTold) reasons.push(read);
    else recorded.push([...read]);
  }
  const [reason] = reasons;
  if (recorded.length === 0 && reason !== undefined) throw reason;
  const trailAccounts = counting.map(({ TrailARN }) => TrailARN?.split(':')[4] ?? session.account);
  return { ...recordedTogether(recorded.flat()), trailAccounts: [...new Set(trailAccounts)] };
}

async function recordedOrReason(
  session: AccountSession,
  trail: Trail,
): Promise<readonly Recorded[] | NotTold> {
  try {
    return await recordedBy(session, trail);
  } catch (error) {
    if (error instanceof NotTold) return error;
    throw error;
  }
}

/** NB. By ARN and in its home Region: elsewhere, and from a member account, a trail is not found by its name. */
async function recordedBy(
  session: AccountSession,
  { TrailARN, HomeRegion }: Trail,
): Promise<readonly Recorded[]> {
  const client = session.trailsOf(HomeRegion);
  const { IsLogging } = await told(reading(TrailARN), () =>
    client.send(new GetTrailStatusCommand({ Name: TrailARN })),
  );
  if (IsLogging !== true) return [];
  const selectors = await told(reading(TrailARN), () =>
    client.send(new GetEventSelectorsCommand({ TrailName: TrailARN })),
  );
  return recordedIn(selectors);
}

/** A trail has basic selectors or advanced ones, never both (API_PutEventSelectors). */
function recordedIn({
  EventSelectors = [],
  AdvancedEventSelectors = [],
}: GetEventSelectorsResponse): readonly Recorded[] {
  return [...EventSelectors.map(recordedByBasic), ...AdvancedEventSelectors.map(recordedByAdvanced)];
}

function describing({ account }: AccountSession): Doing {
  return { what: `Listing the trails of account ${account}`, seeTo: SEE_TO };
}

function reading(arn: string | undefined): Doing {
  return { what: `Reading what the trail ${arn} records`, seeTo: SEE_TO };
}

const SEE_TO = 'Compare what the auditor role there may do with infra/auditor-role.yml.';
