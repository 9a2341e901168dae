import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Edge } from './edge.ts';

/** What the log keeps between the beginning and the end of a call. */
export type Timing = { began?: number };

type AccessLog = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult, Error, Context, Timing>;

/** One line for each call: who, what, with which outcome. Never a body, a token, or a query string. */
export function accessLog({ log, clock, callerOf }: Pick<Edge, 'log' | 'clock' | 'callerOf'>): AccessLog {
  const finished: NonNullable<AccessLog['after']> = ({ event, context, response, internal }) => {
    log('info', 'call', {
      requestId: event.requestContext.requestId,
      invocation: context.awsRequestId,
      route: `${event.httpMethod} ${event.resource}`,
      person: callerOf(event)?.person ?? 'nobody',
      status: response?.statusCode ?? 0,
      milliseconds: clock() - (internal.began ?? clock()),
    });
  };
  return {
    before: ({ internal }) => {
      internal.began = clock();
    },
    after: finished,
    onError: finished,
  };
}
