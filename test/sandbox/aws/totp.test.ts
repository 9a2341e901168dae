import { codeAt, stepOfCode } from '../../../sandbox/aws/totp.ts';

const SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'; // "12345678901234567890" in base32

// RFC 6238, Appendix B, SHA-1: the last six of its eight digits.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at second %i a device shows %s', (second, code) => {
  expect(codeAt(SEED, second * 1000)).toBe(code);
});

test.each([
  [-60, false],
  [-30, true],
  [0, true],
  [30, true],
  [60, false],
])('a code %i s from now is accepted: %s', (seconds, accepted) => {
  const now = 1_111_111_111_000;
  expect(stepOfCode(SEED, codeAt(SEED, now + seconds * 1000), now) !== undefined).toBe(accepted);
});
