import { minutes } from '../duration.ts';
import { before, type Instant } from '../instant.ts';

/**
 * Log files come about five minutes after the call, and have been measured to come within eleven; what has not come
 * after this is missing.
 */
const LATEST_DELIVERY = minutes(45);

/** Until when all that will come of the trail can be taken to have come. */
export function completeAt(now: Instant): Instant {
  return before(now, LATEST_DELIVERY);
}
