import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import * as z from 'zod';
import { SIGNING_ALGORITHMS } from './keys.ts';
import { loginPage } from './login-page.ts';
import { mintToken } from './mint-token.ts';
import { type IdpPerson, proof } from './people.ts';
import type { MintedBy } from './provider.ts';

const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const SignIn = z.strictObject({ person: z.string(), mfa: Flag });
const TokenQuery = z.strictObject({
  mfa: Flag.default(false),
  minutesAgo: z.coerce.number().nonnegative().default(0),
  alg: z.enum(SIGNING_ALGORITHMS).default('RS256'),
});

/** What the pages of the sandbox itself need. */
export type IdpParts = {
  readonly provider: Provider;
  readonly people: readonly IdpPerson[];
  readonly mintedBy: MintedBy;
};

/** Answers the login page and the sandbox's own way to a token; all else is the provider's. */
export function requestListener(parts: IdpParts): RequestListener {
  const provide = parts.provider.callback();
  return (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', parts.provider.issuer);
    const own = ownAnswer(incoming, outgoing, url, parts);
    if (own === undefined) return void provide(incoming, outgoing);
    own.catch((error: unknown) => send(outgoing, 400, 'text/plain', `${explanation(error)}\n`));
  };
}

function ownAnswer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { pathname, searchParams }: URL,
  parts: IdpParts,
): Promise<void> | undefined {
  const [, place, name] = pathname.split('/');
  if (place === 'interaction' && incoming.method === 'GET') return showLogin(incoming, outgoing, parts);
  if (place === 'interaction' && incoming.method === 'POST') return signIn(incoming, outgoing, parts);
  if (place === 'token-for' && incoming.method === 'POST') {
    return tokenFor(name ?? '', searchParams, outgoing, parts);
  }
  return undefined;
}

async function showLogin(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  parts: IdpParts,
): Promise<void> {
  await parts.provider.interactionDetails(incoming, outgoing);
  send(outgoing, 200, 'text/html; charset=utf-8', loginPage(parts.people));
}

async function signIn(incoming: IncomingMessage, outgoing: ServerResponse, parts: IdpParts): Promise<void> {
  const form = new URLSearchParams(await textOf(incoming));
  const { person, mfa } = SignIn.parse(Object.fromEntries(form));
  const { acr, amr } = proof(mfa);
  const login = { accountId: personNamed(person, parts).subject, acr, amr: [...amr] };
  await parts.provider.interactionFinished(incoming, outgoing, { login }, { mergeWithLastSubmission: false });
}

/** For people with curl and for tests: no provider outside of a sandbox has such a door. */
async function tokenFor(
  name: string,
  query: URLSearchParams,
  outgoing: ServerResponse,
  parts: IdpParts,
): Promise<void> {
  const { mfa, minutesAgo, alg } = TokenQuery.parse(Object.fromEntries(query));
  const authTime = Math.floor(Date.now() / 1000 - minutesAgo * 60);
  const authentication = { ...proof(mfa), authTime };
  const token = await mintToken({ ...parts, person: personNamed(name, parts), authentication, alg });
  send(outgoing, 200, 'application/json', JSON.stringify(token));
}

function personNamed(name: string, { people }: IdpParts): IdpPerson {
  const person = people.find(({ handle }) => handle === name);
  if (person !== undefined) return person;
  const known = people.map(({ handle }) => handle).join(', ');
  throw new Error(`Nobody here is called ${name}. There are ${known}.`);
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function send(outgoing: ServerResponse, status: number, type: string, body: string): void {
  outgoing.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  outgoing.end(body);
}

function explanation(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}
