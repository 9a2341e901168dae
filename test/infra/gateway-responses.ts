import * as z from 'zod';
import { ofType, type Template } from './template.ts';

const GatewayResponse = z.object({
  ResponseType: z.string(),
  StatusCode: z.string(),
  ResponseParameters: z.record(z.string(), z.string()).default({}),
  ResponseTemplates: z.record(z.string(), z.string()).default({}),
});

const Problem = z.strictObject({
  type: z.string().min(1),
  title: z.string().min(1),
  status: z.number().int().min(400).max(599),
  code: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  detail: z.string().min(1),
});

/** The types of answers that API Gateway gives by itself. */
export const RESPONSE_TYPES = [
  'ACCESS_DENIED',
  'API_CONFIGURATION_ERROR',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AUTHORIZER_FAILURE',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'EXPIRED_TOKEN',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'REQUEST_TOO_LARGE',
  'RESOURCE_NOT_FOUND',
  'THROTTLED',
  'UNAUTHORIZED',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
];

/** Answers of the gateway itself that are missing or are not RFC 9457 problems. */
export function refusalsAreProblems(template: Template): string[] {
  const responses = ofType(template, 'AWS::ApiGateway::GatewayResponse', GatewayResponse).map(
    ([, props]) => props,
  );
  return RESPONSE_TYPES.flatMap((type) => {
    const response = responses.find(({ ResponseType }) => ResponseType === type);
    return response === undefined
      ? [`${type} is not answered`]
      : faults(response).map((fault) => `${type} ${fault}`);
  });
}

function faults(response: z.infer<typeof GatewayResponse>): string[] {
  const header = (name: string) => response.ResponseParameters[`gatewayresponse.header.${name}`];
  const problem = Problem.safeParse(json(response.ResponseTemplates['application/json']));
  const status = problem.success ? String(problem.data.status) : response.StatusCode;
  return [
    problem.success ? '' : 'has no problem as its body',
    status === response.StatusCode ? '' : 'says another status in its body',
    header('Content-Type') === "'application/problem+json'" ? '' : 'is not application/problem+json',
    response.StatusCode !== '401' || header('WWW-Authenticate') === "'Bearer'" ? '' : 'has no challenge',
  ].filter((fault) => fault !== '');
}

function json(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
