import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const issuer = process.env['TEST_ISSUER'] ?? '';
const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));

/** An authorizer that takes any valid access token of the sandbox's identity provider. */
export const handler = async ({
  authorizationToken,
  methodArn,
}: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
  const token = authorizationToken.replace('Bearer ', '');
  const { payload } = await jwtVerify(token, keys, { issuer, audience: 'drawbridge' }).catch(() => {
    throw new Error('Unauthorized');
  });
  return {
    principalId: payload.sub ?? '',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn }],
    },
  };
};
