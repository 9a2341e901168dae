import { memorySeal } from '../../../shared/adapters/memory/memory-seal.ts';
import { describeSeal } from '../contract/seal.ts';

describeSeal('the seal in memory', async () => ({
  seal: memorySeal('one key'),
  other: memorySeal('another'),
}));

test('the MAC is HMAC-SHA-256: RFC 4231, test case 2', async () => {
  const mac = await memorySeal('Jefe').seal('what do ya want for nothing?');
  expect(Buffer.from(mac, 'base64').toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});
