import type { Evaluator } from '../evaluate.ts';
import { jsonService } from '../protocols/json.ts';
import type { Service } from '../service.ts';
import type { SigningKeys } from '../trail/signing-keys.ts';
import { describeTrails, getEventSelectors, getTrailStatus, type TrailParts } from './describe-trails.ts';
import { listPublicKeys } from './list-public-keys.ts';
import { type LookupParts, lookupEvents } from './lookup-events.ts';
import { CONTENT_TYPE } from './operation.ts';

/** AWS CloudTrail, of what reads: the trail of the organization, its keys, and the event history of 90 days. */
export function createCloudTrail(
  parts: TrailParts & LookupParts & { readonly keys: SigningKeys; readonly evaluate: Evaluator },
): Service {
  const operations = new Map([
    ['DescribeTrails', describeTrails(parts)],
    ['GetEventSelectors', getEventSelectors(parts)],
    ['GetTrailStatus', getTrailStatus(parts)],
    ['ListPublicKeys', listPublicKeys(parts)],
    ['LookupEvents', lookupEvents(parts)],
  ]);
  return jsonService({
    name: 'cloudtrail',
    contentType: CONTENT_TYPE,
    namespace: '',
    operation: (name) => operations.get(name)?.(name, parts.evaluate),
  });
}
