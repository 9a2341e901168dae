import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The names of the operations that a client sends from now on, each repetition by itself. */
export function operationsOf(client: DynamoDBClient): string[] {
  const sent: string[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      (sending) => {
        sent.push(String(commandName).replace(/Command$/, ''));
        return next(sending);
      },
    { step: 'deserialize', name: 'noteOperation' },
  );
  return sent;
}

/**
 * Loses the next answer, to any operation or to this one, once the call is carried out: the connection breaks, and the
 * SDK repeats the call.
 */
export function loseNextAnswer(client: DynamoDBClient, operation?: string): void {
  let isLost = false;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (sending) => {
        const answer = await next(sending);
        if (isLost || (operation !== undefined && commandName !== `${operation}Command`)) return answer;
        isLost = true;
        throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
      },
    { step: 'deserialize', name: 'loseAnswer', override: true },
  );
}
