import fc from 'fast-check';
import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { canonicalJson } from '../../../shared/domain/canonical-json.ts';
import { instant } from '../../../shared/domain/instant.ts';
import type { Observation } from '../../../shared/domain/trail/observation.ts';
import type { Place } from '../../../shared/domain/trail/place.ts';
import type { Kept } from '../../../shared/ports/usage-store.ts';
import { NOW } from '../../domain/story.ts';
import { hash } from '../../domain/values.ts';
import { freshId } from './elevations.ts';

/** What a session of the role did: as little as an observation can say. */
export const GET_OBJECT: Observation = {
  id: '0b5c4779-e169-4227-a1de-6ed01dd18ac7',
  hash: hash('a'),
  at: NOW,
  account: '999999999999',
  region: 'us-east-1',
  source: 's3.amazonaws.com',
  name: 'GetObject',
  actions: ['s3:GetObject'],
  mapping: 'mapped',
  outcome: 'allowed',
  resources: ['arn:aws:s3:::productionapp/a'],
  via: 'api',
  actor: { type: 'AssumedRole' },
};

/** Somebody began a session, and changed the role: all that an observation can say. */
export const WHOLE: Observation = {
  ...GET_OBJECT,
  sharedId: '4f1cc78b-5c94-4174-a6ad-3ee78605381c',
  addendum: { reason: 'DELIVERY_DELAY', correctsId: '43e437b5-908a-46af-84e6-e27fffb9c5cd' },
  mapping: 'unmapped',
  outcome: 'denied',
  errorCode: 'AccessDenied',
  ip: '192.0.2.1',
  via: 'console',
  actor: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::999999999999:assumed-role/UpdateApp/dbr+david+01ARZ3NDEKTSV4RRFFQ69G5FAV+1',
    principalId: 'AROAEXAMPLE:dbr+david+01ARZ3NDEKTSV4RRFFQ69G5FAV+1',
    account: '999999999999',
    roleArn: 'arn:aws:iam::999999999999:role/UpdateApp',
    sourceIdentity: 'dbr+david+01ARZ3NDEKTSV4RRFFQ69G5FAV',
    invokedBy: 'cloudformation.amazonaws.com',
  },
  assumed: {
    roleArn: 'arn:aws:iam::999999999999:role/Deploy',
    sessionName: 'next',
    sourceIdentity: 'dbr+david+01ARZ3NDEKTSV4RRFFQ69G5FAV',
    assumedRoleId: 'AROAOTHER:next',
  },
  changed: {
    of: 'role',
    arn: 'arn:aws:iam::999999999999:role/UpdateApp',
    what: 'inline-policy',
    policy: 'allow',
  },
};

/** An elevation of which no other test keeps anything. */
export function freshPlace(): Place {
  return { kind: 'elevation', id: freshId() };
}

/** Any text, of those too that look like keys or have letters from everywhere. */
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constantFrom('a#b', '__proto__', 'ü', '😀'),
);
const optionalText = fc.option(text, { nil: undefined });

/** Without the members that are undefined: they are absent. */
function said<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

const observation: fc.Arbitrary<Observation> = fc
  .record({
    id: fc.oneof(fc.uuid(), fc.constantFrom('e1', 'e2', 'a#b')),
    // A few minutes, so that several fall together.
    at: fc.integer({ min: 0, max: 300_000 }).map((ms) => instant(NOW + ms)),
    name: text,
    actions: fc.array(text, { maxLength: 2 }),
    outcome: fc.constantFrom('allowed' as const, 'denied' as const, 'unknown' as const),
    errorCode: optionalText,
    sharedId: optionalText,
    resources: fc.array(text, { maxLength: 3 }),
    actor: fc.record({ type: text, arn: optionalText, roleArn: optionalText }).map(said),
  })
  .map((some) => {
    const whole = said({ ...GET_OBJECT, ...some }) as Observation;
    return { ...whole, hash: sha256(canonicalJson({ ...whole, hash: '' })) };
  });

const PLACES: readonly Place[] = [
  freshPlace(),
  freshPlace(),
  { kind: 'role', arn: 'arn:aws:iam::999999999999:role/UpdateApp' },
  { kind: 'policy', arn: 'arn:aws:iam::999999999999:policy/UpdateApp' },
  { kind: 'trail', account: '888888888888' },
];

/** The places of `keptSets`. */
export const places = PLACES;

/** Some observations under some places, of which several have much in common. */
export const keptSets: fc.Arbitrary<readonly Kept[]> = fc.array(
  fc.record({ under: fc.constantFrom(...PLACES), observation }),
  { minLength: 1, maxLength: 60 },
);
