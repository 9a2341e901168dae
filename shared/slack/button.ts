import { type ElevationId, parseElevationId } from '../domain/elevation-id.ts';
import type { Hash } from '../domain/hash.ts';

/** What a click can ask for. */
export const BUTTON_ACTIONS = ['approve', 'deny', 'details', 'revoke', 'return', 'withdraw'] as const;
/** What a click asks for. */
export type ButtonAction = (typeof BUTTON_ACTIONS)[number];

/** All that a click is believed: which elevation, and the digest of the request that was shown. */
export type ButtonValue = { readonly id: ElevationId; readonly digest: Hash };

/** The value of a button, or undefined where the text is none. */
export function parseButtonValue(text: string): ButtonValue | undefined {
  const [, idText = '', digest = ''] = /^([0-9A-Z]{26})\.([0-9a-f]{64})$/.exec(text) ?? [];
  const id = parseElevationId(idText);
  return id && { id, digest: digest as Hash };
}

/** The value of a button for this elevation. */
export function buttonValue({ id, digest }: ButtonValue): string {
  return `${id}.${digest}`;
}
