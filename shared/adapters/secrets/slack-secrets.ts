import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { BotToken, SigningSecrets } from '../../ports/slack-secrets.ts';
import { kept } from './kept.ts';

const SHORTEST_SECRET = 16;
const BOT_TOKEN = /^xoxb-[A-Za-z0-9-]+$/;

/** Slack's signing secrets: one, or the old and the new during a rotation, each on a line of its own. */
export function signingSecrets(secretId: string, clock: Clock, log: Log = quiet): SigningSecrets {
  return keptSecret(secretId, clock, log, secretsIn);
}

/** The token of Slack's bot. */
export function botToken(secretId: string, clock: Clock, log: Log = quiet): BotToken {
  return keptSecret(secretId, clock, log, tokenIn);
}

/** NB. No error names what is in the secret, and the log gets the error's name alone. */
function keptSecret<T>(
  secretId: string,
  clock: Clock,
  log: Log,
  parse: (text: string, secretId: string) => T,
): () => Promise<T> {
  const client = secretsManager();
  const read = async () => parse(await textOf(client, secretId), secretId);
  return kept(read, clock, (error) =>
    log('warn', 'secret-not-refreshed', {
      secret: secretId,
      reason: error instanceof Error ? error.name : 'unknown',
    }),
  );
}

/**
 * Slack waits 3 s for an answer, so this may not take long.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
function secretsManager(): SecretsManagerClient {
  return new SecretsManagerClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 500, requestTimeout: 1000, throwOnRequestTimeout: true },
  });
}

async function textOf(client: SecretsManagerClient, SecretId: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
  if (SecretString === undefined)
    throw new Error(`The secret ${SecretId} is no text. Store it as plain text.`);
  return SecretString;
}

function secretsIn(text: string, secretId: string): readonly string[] {
  const secrets = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const isRight = secrets.length === 1 || secrets.length === 2;
  if (isRight && secrets.every((secret) => secret.length >= SHORTEST_SECRET)) return secrets;
  throw new Error(
    `The secret ${secretId} is not Slack's signing secret. Store one, or two during a rotation, each on a line of ` +
      `its own and with at least ${SHORTEST_SECRET} characters.`,
  );
}

function tokenIn(text: string, secretId: string): string {
  const token = text.trim();
  if (BOT_TOKEN.test(token)) return token;
  throw new Error(
    `The secret ${secretId} is not the token of Slack's bot. Store the one that begins with xoxb-.`,
  );
}

function quiet(): void {}
