import { decideElevation } from '../../shared/app/decide-elevation.ts';
import { requestElevation } from '../../shared/app/request-elevation.ts';
import type { Elevation } from '../../shared/domain/elevation.ts';
import type { Ask } from '../../shared/domain/evaluation.ts';
import { buttonValue } from '../../shared/slack/button.ts';
import { granted, stored } from '../app/broker.ts';
import { caller } from '../domain/story.ts';
import { duration, roleName } from '../domain/values.ts';
import type { Workplace } from './workplace.ts';

/** What one approval lends without MFA. */
export const DEPLOY: Ask = {
  role: roleName('deploy-shop'),
  duration: duration('1h'),
  reason: 'Deploy the new banner',
  ticket: 'OPS-12',
};

/** David's new request, and what the buttons of its card carry. */
export async function asked(
  { broker }: Workplace,
  ask = DEPLOY,
): Promise<Elevation & { readonly value: string }> {
  const { elevation } = granted(await requestElevation(broker, caller('david'), ask, undefined));
  return { ...elevation, value: buttonValue({ id: elevation.request.id, digest: elevation.digest }) };
}

/** David's new request that Ruth has approved at another door. */
export async function approved(place: Workplace): Promise<Elevation & { readonly value: string }> {
  const elevation = await asked(place);
  granted(await decideElevation(place.broker, elevation.request.id, { type: 'approve', by: caller('ruth') }));
  return elevation;
}

/** The elevation as it is stored now. */
export function now({ broker }: Workplace, { request }: Elevation): Promise<Elevation> {
  return stored(broker, request.id);
}
