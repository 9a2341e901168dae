import type { JWTPayload } from 'jose';
import { mfaProofOf } from '../../../shared/adapters/identity/mfa-proof.ts';
import { instant } from '../../../shared/domain/instant.ts';

const NOW = instant(Date.UTC(2026, 10, 24, 9));
const SECONDS = NOW / 1000;
const ACCEPTED = { amr: ['mfa', 'hwk'], acr: ['urn:example:mfa'], acrs: ['c1'] };

const evidence: readonly (readonly [title: string, claims: JWTPayload, evidence: string | undefined])[] = [
  ['a listed amr proves MFA', { amr: ['pwd', 'hwk'] }, 'amr:hwk'],
  ['a listed acr proves it', { acr: 'urn:example:mfa' }, 'acr:urn:example:mfa'],
  ["a listed acrs as Entra's array proves it", { acrs: ['p1', 'c1'] }, 'acrs:c1'],
  ["a listed acrs as Entra's text proves it", { acrs: 'c1' }, 'acrs:c1'],
  ['a password alone does not', { amr: ['pwd'] }, undefined],
  ['no claim at all does not', {}, undefined],
  ['an amr as one text is malformed', { amr: 'hwk' }, undefined],
  ['an amr in brackets is malformed', { amr: '[pwd hwk]' }, undefined],
  ['an amr with something else in it is malformed', { amr: ['hwk', 1] }, undefined],
  ['an amr that holds a listed value in a longer one proves nothing', { amr: ['hwk-soft'] }, undefined],
  ['a value that is listed for another claim proves nothing', { amr: ['c1'], acr: 'hwk' }, undefined],
  ['an acr as an array is malformed', { acr: ['urn:example:mfa'] }, undefined],
];
test.each(evidence)('%s', (_, claims, expected) => {
  const proof = mfaProofOf({ ...claims, auth_time: SECONDS - 60 }, ACCEPTED, NOW);
  expect(proof.kind === 'token' ? proof.evidence : undefined).toBe(expected);
});

const times: readonly (readonly [title: string, authTime: unknown, at: number | undefined])[] = [
  ['the proof is as old as auth_time', SECONDS - 7200, NOW - 7_200_000],
  ['a clock ahead of ours proves nothing later than now', SECONDS + 60, NOW],
  ['a proof from the future is none', SECONDS + 61, undefined],
  ['a time in milliseconds is in the future', NOW, undefined],
  ['no auth_time, no proof', undefined, undefined],
  ['auth_time in words is none', String(SECONDS - 60), undefined],
  ['auth_time with a fraction is none', SECONDS - 0.5, undefined],
  ['auth_time before 1970 is none', -1, undefined],
  ['an infinite auth_time is none', Number.POSITIVE_INFINITY, undefined],
  ['an auth_time that is not a number is none', Number.NaN, undefined],
];
test.each(times)('%s', (_, authTime, expected) => {
  const proof = mfaProofOf({ amr: ['mfa'], auth_time: authTime }, ACCEPTED, NOW);
  expect(proof.kind === 'token' ? proof.at : undefined).toBe(expected);
});
