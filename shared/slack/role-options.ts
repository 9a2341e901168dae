import type { CatalogRole } from '../domain/access.ts';
import type { Caller } from '../domain/caller.ts';
import type { Json } from '../domain/canonical-json.ts';
import { plain } from './cards/text.ts';
import type { SlackEdge } from './edge.ts';
import { offersFor } from './offers.ts';

/** How many options a select shows at most: https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
const MOST_OPTIONS = 100;

/** The roles that somebody may ask for and that hold what they have typed, in name, description or account. */
export function roleOptions(edge: SlackEdge, caller: Caller, typed: string): Json {
  const text = typed.trim().toLowerCase();
  const fitting = offersFor(edge, caller).filter(({ role: { name, description, arn } }) =>
    [name, description, arn.account].some((part) => part.toLowerCase().includes(text)),
  );
  return { options: fitting.slice(0, MOST_OPTIONS).map(({ role }) => roleOption(role)) };
}

/** A role as an option of a select. */
export function roleOption({ name, description, arn }: CatalogRole): Json {
  return { text: plain(name, 75), value: name, description: plain(`${arn.account}: ${description}`, 75) };
}
