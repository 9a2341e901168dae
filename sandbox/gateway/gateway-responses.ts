import type { GatewayResponse } from '../hub/hub.ts';
import type { Refusal } from './refusal.ts';
import type { Reply } from './reply.ts';

/** Words refusals as the configured gateway responses say. */
export type RefusalWriter = (refused: Refusal, requestId: string) => Reply;

const VARIABLE = /\$context\.[A-Za-z.]+/g;
const LITERAL = /^'(.*)'$/;

/**
 * The writer for these responses. A variable or a mapped header that it could not fill in is an error here, not at
 * the first refusal.
 */
export function createRefusalWriter(responses: readonly GatewayResponse[]): RefusalWriter {
  for (const response of responses) refuseUnknown(response);
  return (refused, requestId) => {
    const configured = responseFor(refused, responses);
    const body = configured?.body ?? '{"message":$context.error.messageString}';
    return {
      status: configured?.status ?? refused.status,
      headers: [['x-amzn-ErrorType', refused.errorType], ...headersOf(configured)],
      body: body.replace(VARIABLE, (variable) => valueOfVariable(variable, refused, requestId) ?? variable),
    };
  };
}

/** "Customizing the default gateway response for 413 REQUEST_TOO_LARGE isn't currently supported" (Important notes). */
function responseFor(refused: Refusal, responses: readonly GatewayResponse[]): GatewayResponse | undefined {
  if (refused.type === 'REQUEST_TOO_LARGE') return undefined;
  const fallback = refused.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
  return (
    responses.find(({ type }) => type === refused.type) ?? responses.find(({ type }) => type === fallback)
  );
}

function headersOf(response: GatewayResponse | undefined): (readonly [string, string])[] {
  const headers = Object.entries(response?.headers ?? {}).map(
    ([name, value]) => [name, LITERAL.exec(value)?.[1] ?? value] as const,
  );
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return typed ? headers : [['Content-Type', 'application/json'], ...headers];
}

function valueOfVariable(variable: string, refused: Refusal, requestId: string): string | undefined {
  switch (variable) {
    case '$context.error.message':
      return refused.message;
    case '$context.error.messageString':
      return JSON.stringify(refused.message);
    case '$context.error.responseType':
      return refused.type;
    case '$context.requestId':
      return requestId;
    default:
      return undefined;
  }
}

function refuseUnknown(response: GatewayResponse): void {
  const anyRefusal = {
    kind: 'refused',
    type: 'UNAUTHORIZED',
    status: 401,
    message: '',
    errorType: '',
  } as const;
  const variables = response.body?.match(VARIABLE) ?? [];
  const unknown = [
    ...variables.filter((variable) => valueOfVariable(variable, anyRefusal, '') === undefined),
    ...Object.values(response.headers).filter((value) => !LITERAL.test(value)),
  ];
  if (unknown.length === 0) return;
  throw new Error(
    `The gateway response ${response.type} uses ${unknown.join(' and ')}, which sandbox/gateway/gateway-responses.ts does not know.`,
  );
}
