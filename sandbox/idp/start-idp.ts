import * as z from 'zod';
import { type ClockedWorker, startClockedWorker } from '../clock/clocked-worker.ts';
import type { SigningAlgorithm } from './keys.ts';
import type { IdpPerson } from './people.ts';

/** An OpenID provider on loopback. */
export type Idp = {
  /** Its address, and the `iss` of its tokens. */
  readonly issuer: string;
  /** An access token of a person, by their handle. */
  accessToken(person: string, options: TokenOptions): Promise<string>;
  /** Resolves when the provider's `Date` has moved; milliseconds ahead of the machine's clock. */
  setClockOffset(offsetMs: number): Promise<void>;
  stop(): Promise<void>;
};

/** The sign-in that a token says it comes from. */
export type TokenOptions = {
  readonly mfa: boolean;
  /** How long ago they signed in; 0 where it is absent. */
  readonly minutesAgo?: number;
  readonly alg?: SigningAlgorithm;
};

/** What the provider's worker is started with. */
export type IdpData = { readonly port: number; readonly people: readonly IdpPerson[] };

/** What the worker says once. */
export type IdpMessage =
  | { readonly kind: 'ready'; readonly issuer: string }
  | { readonly kind: 'not-started'; readonly reason: string };

/** Starts the provider in a worker, so that its tokens follow the sandbox's clock; port 0 takes a free one. */
export async function startIdp(options: {
  readonly people: readonly IdpPerson[];
  readonly port?: number;
  readonly clockOffsetMs?: number;
  readonly onLog?: (line: string) => void;
}): Promise<Idp> {
  const { people, port = 0, clockOffsetMs = 0, onLog = () => undefined } = options;
  const data: IdpData = { port, people };
  const file = new URL('./worker.ts', import.meta.url);
  const clocked = startClockedWorker({ file, data, environment: {}, offsetMs: clockOffsetMs, onLog });
  const issuer = await listening(clocked);
  return {
    issuer,
    accessToken: (person, token) => accessToken(issuer, person, token),
    setClockOffset: clocked.setClockOffset,
    stop: clocked.stop,
  };
}

function listening({ worker, stop }: ClockedWorker): Promise<string> {
  return new Promise((resolve, reject) => {
    const refuse = (reason: string) => reject(new Error(`The identity provider does not start: ${reason}`));
    worker.once('message', (message: IdpMessage) => {
      if (message.kind === 'ready') return resolve(message.issuer);
      refuse(message.reason);
      return void stop();
    });
    worker.once('error', (error) => refuse(error.message));
    worker.once('exit', (status) => refuse(`its worker ended with exit status ${status}`));
  });
}

const TokenAnswer = z.object({ access_token: z.string() });

async function accessToken(issuer: string, person: string, options: TokenOptions): Promise<string> {
  const url = new URL(`${issuer}/token-for/${person}`);
  for (const [name, value] of Object.entries(options)) url.searchParams.set(name, String(value));
  const response = await fetch(url, { method: 'POST' });
  if (!response.ok) throw new Error((await response.text()).trim());
  return TokenAnswer.parse(await response.json()).access_token;
}
