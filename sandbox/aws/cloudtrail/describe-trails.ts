import * as z from 'zod';
import { AwsRefusal, type WorldTrail } from '../aws.ts';
import type { Call } from '../operation.ts';
import type { DeliveryStatus } from '../trail/delivery.ts';
import { type CloudTrailOperation, readOperation } from './operation.ts';

/** What the descriptions are made of. */
export type TrailParts = {
  readonly trail?: WorldTrail;
  readonly homeRegion: string;
  /** When the trail began to record, in milliseconds since 1970. */
  readonly since: number;
  readonly status: () => DeliveryStatus;
};

const described = z.object({
  trailNameList: z.array(z.string()).default([]),
  includeShadowTrails: z.boolean().default(true),
});
const byName = z.object({ TrailName: z.string() });
const byStatusName = z.object({ Name: z.string() });

/** DescribeTrails: the organization's trail shows in each of its accounts; elsewhere than at home it is a shadow. */
export function describeTrails(parts: TrailParts): CloudTrailOperation {
  return readOperation(
    described,
    () => '*',
    (input, call) => {
      const { trail } = parts;
      if (trail === undefined || !isWanted(parts, trail, input, call)) return { trailList: [] };
      return { trailList: [descriptionOf(trail, parts.homeRegion)] };
    },
  );
}

/** GetEventSelectors: which events the trail records. */
export function getEventSelectors(parts: TrailParts): CloudTrailOperation {
  return readOperation(
    byName,
    ({ TrailName }, call) => resourceOf(parts, TrailName, call),
    ({ TrailName }, call) => {
      const trail = existing(parts, TrailName, call);
      return { TrailARN: trailArn(trail, parts.homeRegion), AdvancedEventSelectors: trail.selectors };
    },
  );
}

/** GetTrailStatus: whether the trail records, and when it last delivered. */
export function getTrailStatus(parts: TrailParts): CloudTrailOperation {
  return readOperation(
    byStatusName,
    ({ Name }, call) => resourceOf(parts, Name, call),
    ({ Name }, call) => {
      existing(parts, Name, call);
      const { logFiles, digests, error } = parts.status();
      return {
        IsLogging: true,
        StartLoggingTime: parts.since / 1000,
        ...(logFiles === undefined ? {} : { LatestDeliveryTime: logFiles / 1000 }),
        ...(digests === undefined ? {} : { LatestDigestDeliveryTime: digests / 1000 }),
        ...(error === undefined ? {} : { LatestDeliveryError: error }),
      };
    },
  );
}

function isWanted(
  { homeRegion }: TrailParts,
  trail: WorldTrail,
  { trailNameList, includeShadowTrails }: z.output<typeof described>,
  { caller, region }: Call,
): boolean {
  const isShadow = region !== homeRegion || caller.account !== trail.account;
  const names = [trail.name, trailArn(trail, homeRegion)];
  return (
    (includeShadowTrails || !isShadow) &&
    (trailNameList.length === 0 || trailNameList.some((name) => names.includes(name)))
  );
}

function descriptionOf(trail: WorldTrail, homeRegion: string): object {
  return {
    Name: trail.name,
    S3BucketName: trail.bucket,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: true,
    HomeRegion: homeRegion,
    TrailARN: trailArn(trail, homeRegion),
    LogFileValidationEnabled: true,
    HasCustomEventSelectors: true,
    HasInsightSelectors: false,
    IsOrganizationTrail: true,
  };
}

/** A member account must name the organization's trail by its ARN (GetTrailStatus, "Name"). */
function existing({ trail, homeRegion }: TrailParts, name: string, { caller }: Call): WorldTrail {
  const isIt =
    trail !== undefined &&
    (name === trailArn(trail, homeRegion) || (name === trail.name && caller.account === trail.account));
  if (isIt) return trail;
  throw new AwsRefusal('TrailNotFoundException', `Unknown trail: ${name}`, 400);
}

function resourceOf({ homeRegion }: TrailParts, name: string, { caller }: Call): string {
  if (name.startsWith('arn:')) return name;
  return `arn:aws:cloudtrail:${homeRegion}:${caller.account}:trail/${name}`;
}

function trailArn({ account, name }: WorldTrail, homeRegion: string): string {
  return `arn:aws:cloudtrail:${homeRegion}:${account}:trail/${name}`;
}
