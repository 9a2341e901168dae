import type { Watched } from '../../domain/trail/places.ts';
import { SKIPPED_KINDS } from './parse-record.ts';

/**
 * Which records can be ours, told from the texts in them (names and values alike), so that the others need not be parsed. A
 * record that the audit keeps always holds one of these:
 * - a claim to be one of our sessions;
 * - the ARN of a catalog role, as a text of its own;
 * - the name of a call that changes a role, a policy or a trail, or of the console's Switch Role;
 * - the name of a call that assumes a role, and the account and name of a catalog role anywhere.
 * Records that are skipped for their kind are candidates too, since they are counted.
 */
export type Candidates = {
  /** What a text shows; 0 for nothing. What all texts of a record show is joined by |. */
  shownBy(text: string): number;
  /** Whether the text between two places can show anything, from a few of its bytes. NB. Never false where it does. */
  mayShow(bytes: Uint8Array, from: number, to: number): boolean;
  /** Whether a record is a candidate whose texts show this; its JSON is asked for only where that has to tell. */
  includes(shown: number, json: () => string): boolean;
};

/** What sessions of ours are named with. Its last byte is rare in logs. */
export const CLAIM = 'dbr+';

const OURS = 1;
const ASSUMES = 2;

const CHANGES = [
  ...['CreateRole', 'DeleteRole', 'UpdateRole', 'UpdateRoleDescription', 'TagRole', 'UntagRole'],
  ...['UpdateAssumeRolePolicy', 'PutRolePolicy', 'DeleteRolePolicy', 'AttachRolePolicy', 'DetachRolePolicy'],
  ...['PutRolePermissionsBoundary', 'DeleteRolePermissionsBoundary'],
  ...['CreatePolicyVersion', 'SetDefaultPolicyVersion', 'DeletePolicyVersion', 'DeletePolicy'],
  ...['StopLogging', 'StartLogging', 'UpdateTrail', 'DeleteTrail', 'PutEventSelectors'],
];
const ASSUMING = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];

/** The candidates where these roles are in the catalog. */
export function candidatesFor({ roles, byName }: Watched): Candidates {
  const ours = [...roles, ...CHANGES, 'SwitchRole', ...SKIPPED_KINDS];
  const telling = new Map([
    ...ours.map((text) => [text, OURS] as const),
    ...ASSUMING.map((text) => [text, ASSUMES] as const),
  ]);
  return {
    shownBy: (text) => telling.get(text) ?? (text.includes(CLAIM) ? OURS : 0),
    mayShow: sieveOf([...telling.keys()]),
    includes: (shown, json) => (shown & OURS) !== 0 || ((shown & ASSUMES) !== 0 && namesRole(json(), byName)),
  };
}

const ROLES = /:(\d{12}):role\/([^"\s]*)/g;
const NAMES = /[\w+=,.@-]+/g;

/** Whether the account and name of such a role stand in JSON, with whatever path. NB. What is escaped may be one. */
function namesRole(json: string, byName: Watched['byName']): boolean {
  if (json.includes('\\')) return true;
  return [...json.matchAll(ROLES)].some(([, account, path = '']) =>
    path.match(NAMES)?.some((name) => byName.has(`${account}/${name}`)),
  );
}

/** Enough places that a thousand ARNs leave most of them empty. */
const PLACES = 1 << 16;

/** Lets through what is as long as one of the texts and has its bytes in a few places; most others are too short for their first. */
function sieveOf(texts: readonly string[]): Candidates['mayShow'] {
  const shortest = new Uint32Array(256).fill(2 ** 32 - 1);
  const isTaken = new Uint8Array(PLACES);
  for (const bytes of texts.map((text) => Buffer.from(text))) {
    const first = bytes[0] ?? 0;
    shortest[first] = Math.min(shortest[first] ?? 0, bytes.length);
    isTaken[placeOf(bytes, 0, bytes.length)] = 1;
  }
  return (bytes, from, to) =>
    to - from >= (shortest[bytes[from] ?? 0] ?? 0) && isTaken[placeOf(bytes, from, to)] === 1;
}

/** From the length, the middle and the end: ARNs begin alike. */
function placeOf(bytes: Uint8Array, from: number, to: number): number {
  const last = bytes[to - 1] ?? 0;
  const nextToLast = bytes[to - 2] ?? 0;
  const middle = bytes[(from + to) >> 1] ?? 0;
  return (((to - from) * 31 + last) * 31 + nextToLast * 7919 + middle * 104_729) % PLACES;
}
