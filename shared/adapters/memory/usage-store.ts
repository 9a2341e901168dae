import { formatInstant, type Instant, instant } from '../../domain/instant.ts';
import type { Observation } from '../../domain/trail/observation.ts';
import type { Place } from '../../domain/trail/place.ts';
import type { Delivery, UsageStore } from '../../ports/usage-store.ts';

const HOUR_MS = 3_600_000;

/** Keeps what the trail has seen in memory; held to the same suite as the table. */
export function memoryUsage(): UsageStore {
  const places = new Map<string, Map<string, Observation>>();
  const deliveries = new Map<string, Delivery>();
  return {
    async keep(kept) {
      for (const { under, observation } of kept) {
        const place = places.get(nameOf(under)) ?? new Map<string, Observation>();
        places.set(nameOf(under), place.set(orderOf(observation), structuredClone(observation)));
      }
    },
    isKept: async ({ under, observation }) => places.get(nameOf(under))?.has(orderOf(observation)) === true,
    async *under(place, between) {
      const kept = [...(places.get(nameOf(place)) ?? [])].sort(([one], [other]) => (one < other ? -1 : 1));
      for (const [, observation] of kept) {
        if (between === undefined || isDuring(observation.at, between)) yield structuredClone(observation);
      }
    },
    async noteDeliveries(arrived) {
      for (const delivery of arrived) {
        const { account, region, kind, at } = delivery;
        const hour = hourOf(at);
        const file = 'file' in delivery ? `#${delivery.file}` : '';
        deliveries.set(`${account} ${formatInstant(hour)}#${region}#${kind}${file}`, {
          ...delivery,
          at: hour,
        });
      }
    },
    async deliveriesOf(account, { from, until }) {
      return [...deliveries]
        .filter(([, delivery]) => delivery.account === account)
        .filter(([, { at }]) => isDuring(at, { from: hourOf(from), until }))
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([, delivery]) => ({ ...delivery }));
    },
  };
}

function nameOf(place: Place): string {
  switch (place.kind) {
    case 'elevation':
      return `elevation ${place.id}`;
    case 'role':
    case 'policy':
      return `${place.kind} ${place.arn}`;
    case 'trail':
      return `trail ${place.account}`;
    default:
      return place satisfies never;
  }
}

function orderOf({ at, id, hash }: Observation): string {
  return `${formatInstant(at)}#${id}#${hash}`;
}

function isDuring(
  at: Instant,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): boolean {
  return at >= from && at < until;
}

function hourOf(at: Instant): Instant {
  return instant(Math.floor(at / HOUR_MS) * HOUR_MS);
}
