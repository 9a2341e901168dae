import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** An OpenID provider on loopback, as far as a verifier of access tokens sees one. */
export type Provider = {
  readonly issuer: string;
  /** How often its keys have been fetched. */
  readonly keyFetches: () => number;
  /** What its discovery document says; replaceable, to say something wrong. */
  readonly discovery: { body: unknown };
  /** Answers everything with this status. */
  readonly fail: (status: number) => void;
  /** Publishes a new key in the place of the others, and signs with it from now on. */
  readonly rotate: (algorithm: string, keyId: string) => Promise<void>;
  /** Publishes one more key. */
  readonly add: (algorithm: string, keyId: string) => Promise<SigningKey>;
  readonly published: () => readonly JWK[];
  /** A token of these claims, signed with the current key unless another is given. */
  readonly sign: (
    claims: JWTPayload,
    header?: Readonly<Record<string, unknown>>,
    key?: SigningKey,
  ) => Promise<string>;
  readonly stop: () => void;
};

/** A private key with what a token's header says of it. */
export type SigningKey = { readonly alg: string; readonly kid: string; readonly key: CryptoKey };

/** Starts a provider with one RS256 key. */
export async function startProvider(): Promise<Provider> {
  const keys: JWK[] = [];
  let current: SigningKey;
  let fetches = 0;
  let status = 200;
  const discovery: { body: unknown } = { body: {} };
  const server = createServer(({ url }, response) => {
    if (url === '/keys') fetches += 1;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(url === '/keys' ? { keys } : discovery.body));
  });
  const issuer = await listen(server);
  discovery.body = { issuer, jwks_uri: `${issuer}/keys` };
  const add = async (alg: string, kid: string): Promise<SigningKey> => {
    const { publicKey, privateKey } = await generateKeyPair(alg);
    keys.push({ ...(await exportJWK(publicKey)), alg, kid, use: 'sig' });
    return { alg, kid, key: privateKey };
  };
  const rotate = async (alg: string, kid: string): Promise<void> => {
    keys.length = 0;
    current = await add(alg, kid);
  };
  await rotate('RS256', 'first');
  return {
    issuer,
    discovery,
    rotate,
    add,
    keyFetches: () => fetches,
    fail: (answer) => {
      status = answer;
    },
    published: () => keys,
    sign: (claims, header = {}, { alg, kid, key } = current) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid, typ: 'at+jwt', ...header }).sign(key),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
