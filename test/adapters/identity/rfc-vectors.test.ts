import { type CryptoKey, importJWK, type JWK } from 'jose';
import { signedClaims, unproved } from '../../../shared/adapters/identity/signed-claims.ts';
import { instant } from '../../../shared/domain/instant.ts';

// The payload of RFC 7515, appendices A.1 to A.3, and of RFC 7519, section 6.1:
// {"iss":"joe", "exp":1300819380, "http://example.com/is_root":true}
const PAYLOAD =
  'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';
const JUST_BEFORE_ITS_END = instant(1_300_819_379_000);

// RFC 7519, section 6.1
const UNSECURED = `eyJhbGciOiJub25lIn0.${PAYLOAD}.`;
// RFC 7515, appendix A.1
const HS256 = `eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.${PAYLOAD}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk`;

// RFC 7515, appendix A.2
const RS256 = {
  header: 'eyJhbGciOiJSUzI1NiJ9',
  signature:
    'cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw',
  key: {
    kty: 'RSA',
    alg: 'RS256',
    e: 'AQAB',
    n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
  },
};

// RFC 7515, appendix A.3
const ES256 = {
  header: 'eyJhbGciOiJFUzI1NiJ9',
  signature: 'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
  key: {
    kty: 'EC',
    alg: 'ES256',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  },
};

test.each([
  ['the unsecured token of RFC 7519', UNSECURED],
  ['the HS256 token of RFC 7515', HS256],
])('%s is refused by its algorithm', (_, token) => {
  expect(unproved(token)).toMatchObject({ fault: 'algorithm-not-allowed' });
});

describe.each([
  ['RS256', RS256],
  ['ES256', ES256],
] as const)('the %s token of RFC 7515', (_, { header, signature, key }) => {
  const faultOf = async (token: string) => {
    const said = unproved(token);
    if ('fault' in said) return said.fault;
    const signed = await signedClaims(token, said, () => publicKey(key), JUST_BEFORE_ITS_END);
    return 'fault' in signed ? signed : 'none';
  };

  test('has a good signature, so that it is refused for what it does not say', async () => {
    expect(await faultOf(`${header}.${PAYLOAD}.${signature}`)).toEqual({
      fault: 'missing-claim',
      detail: 'The token has no sub.',
    });
  });

  test('is refused for its signature when a byte of that is changed', async () => {
    const changed = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    expect(await faultOf(`${header}.${PAYLOAD}.${changed}`)).toMatchObject({ fault: 'bad-signature' });
  });
});

async function publicKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk);
  if (key instanceof Uint8Array) throw new Error('The vectors have public keys only.');
  return key;
}
