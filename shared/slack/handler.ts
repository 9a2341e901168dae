import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { SlackSettings } from '../domain/slack.ts';
import { SlackUnavailable } from '../ports/slack-desk.ts';
import { askSent, roleChosen } from './asks.ts';
import { clicked, commentSent } from './clicks.ts';
import { commanded } from './commands.ts';
import type { SlackEdge } from './edge.ts';
import { LINK_FIRST } from './linking.ts';
import { type Member, memberOf } from './member.ts';
import { note } from './note.ts';
import { receive } from './receive.ts';
import { reasonOf, type SlackAnswer, tell } from './reply.ts';
import { isFromOurs, type Sent, type SlackRequest } from './request.ts';
import { roleOptions } from './role-options.ts';

/** A Lambda handler behind the routes that Slack calls. */
export type SlackHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/** Answers Slack: verifies, then reads, then asks who it is, and only then does anything. */
export function slackHandler(edge: SlackEdge): SlackHandler {
  const { log, access } = edge.broker;
  return async (event) => {
    const { requestId } = event.requestContext;
    if (access.slack === undefined) return empty(404);
    try {
      return await answered(edge, access.slack, event);
    } catch (error) {
      log('error', 'unexpected-error', { requestId, name: reasonOf(error) });
      return empty(500);
    }
  };
}

async function answered(
  edge: SlackEdge,
  settings: SlackSettings,
  event: APIGatewayProxyEvent,
): Promise<APIGatewayProxyResult> {
  const received = await receive(edge, event);
  if ('status' in received) return empty(received.status);
  const { from, request } = received.sent;
  if (!isFromOurs(from, settings)) {
    edge.broker.log('warn', 'slack-sender-refused', { app: from.app, ...from.user });
    return empty(403);
  }
  const began = edge.broker.clock();
  const answer = await carriedOut(edge, received.sent);
  const { requestId } = event.requestContext;
  const milliseconds = edge.broker.clock() - began;
  edge.broker.log('info', 'slack-call', { requestId, kind: request.kind, ...from.user, milliseconds });
  return answer === undefined ? empty(200) : json(answer);
}

/** What somebody wants is done, or they are told why not; a failure is told, too. */
async function carriedOut(edge: SlackEdge, { from, request }: Sent): Promise<SlackAnswer> {
  if (request.kind === 'nothing') return undefined;
  try {
    const member = await memberOf(edge, from.user);
    return 'refused' in member
      ? await tell(edge, request, note(member.refused))
      : await doneFor(edge, member, request);
  } catch (error) {
    const reason = reasonOf(error);
    edge.broker.log('error', 'slack-request-failed', { kind: request.kind, ...from.user, reason });
    return tell(edge, request, error instanceof SlackUnavailable ? SLACK_FAILED : FAILED);
  }
}

async function doneFor(edge: SlackEdge, member: Member, request: SlackRequest): Promise<SlackAnswer> {
  if (request.kind === 'command') return commanded(edge, member, request);
  const { caller } = member;
  if (caller === undefined) return tell(edge, request, LINK_FIRST);
  switch (request.kind) {
    case 'click':
      return clicked(edge, caller, request);
    case 'role-chosen':
      return roleChosen(edge, caller, request);
    case 'ask-sent':
      return askSent(edge, caller, request);
    case 'comment-sent':
      return commentSent(edge, caller, request);
    case 'role-typed':
      return roleOptions(edge, caller, request.text);
    case 'nothing':
      return undefined;
    default:
      return request satisfies never;
  }
}

/** NB. Only views are opened so, before anything is decided. */
const SLACK_FAILED = note('Slack did not open the form, and nothing was done. Try again.');

const FAILED = note(
  'Something failed on our side. See with /drawbridge mine or on the card what is done, then try again; tell the operators if it stays.',
);

function empty(statusCode: number): APIGatewayProxyResult {
  return { statusCode, headers: HEADERS, body: '' };
}

function json(answer: SlackAnswer): APIGatewayProxyResult {
  return {
    statusCode: 200,
    headers: { ...HEADERS, 'Content-Type': 'application/json' },
    body: JSON.stringify(answer),
  };
}

const HEADERS = { 'Cache-Control': 'no-store' } as const;
