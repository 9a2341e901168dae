import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type Gateway, startGateway } from '../../../sandbox/gateway/start-gateway.ts';
import type { Hub } from '../../../sandbox/hub/hub.ts';
import type { Invocation } from '../../../sandbox/lambda/invocation.ts';
import { type Story, startStory } from '../aws/story.ts';
import { storyHub } from '../hub/story-hub.ts';

/** The hub's API in front of functions that a test writes, with the sandbox's AWS behind its doors. */
export type Api = {
  readonly url: string;
  readonly story: Story;
  readonly hub: Hub;
  /** The events that reached each function, oldest first. */
  readonly events: { readonly name: string; readonly event: unknown }[];
  /** How functions answer from now on; without an entry a function answers 200. */
  readonly answers: Map<string, (event: unknown) => Invocation>;
  stop(): Promise<void>;
};

/** The method's ARN in an event of an authorizer. */
export type AuthorizerEvent = { readonly methodArn: string; readonly authorizationToken: string };

/** Starts the API; `change` is what a test makes different from the templates. */
export async function startApi(change: (hub: Hub) => Hub = (hub) => hub): Promise<Api> {
  const story = await startStory();
  const hub = change(storyHub());
  const events: Api['events'] = [];
  const answers: Api['answers'] = new Map();
  const gateway: Gateway = await startGateway({
    hub,
    aws: story.aws,
    clock: story.now,
    requestIds: () => '3c3ecbaa-1690-11e8-ae31-8f39f1d24afd',
    invoke: async (name, event) => {
      events.push({ name, event });
      return (answers.get(name) ?? (() => answered({ statusCode: 200, body: name })))(event);
    },
  });
  return {
    ...{ url: gateway.url, story, hub, events, answers },
    async stop() {
      await gateway.stop();
      await story.stop();
    },
  };
}

/** A function's answer. */
export function answered(payload: unknown): Invocation {
  return { outcome: 'answered', payload };
}

/** A function's failure. */
export function failed(errorMessage: string): Invocation {
  return { outcome: 'failed', error: { errorType: 'Error', errorMessage, trace: [] } };
}

/** An authorizer's answer of one statement about the method that was called. */
export function judged(Effect: 'Allow' | 'Deny', context: object = {}): (event: unknown) => Invocation {
  return (event) => {
    const { methodArn: Resource } = event as AuthorizerEvent;
    const Statement = [{ Effect, Action: 'execute-api:Invoke', Resource }];
    const policyDocument = { Version: '2012-10-17', Statement };
    return answered({ principalId: 'david', policyDocument, context });
  };
}

/** The event of the n-th call of a function, counted from 0. */
export function proxyEventOf({ events }: Api, index: number): APIGatewayProxyEvent {
  const call = events[index];
  if (call === undefined) throw new Error(`There were only ${events.length} calls of functions.`);
  return call.event as APIGatewayProxyEvent;
}

/** Status and problem code of a refusal. */
export async function refusalOf(response: Response): Promise<readonly [status: number, code: unknown]> {
  const problem: unknown = await response.json();
  return [response.status, Object(problem).code];
}
