import type { Outcome } from '../../../shared/domain/trail/observation.ts';
import { outcomeOf } from '../../../shared/domain/trail/outcome.ts';

/** Codes as AWS's API references list them ("Common errors" and "Errors" of the operations), and as CloudTrail writes them. */
const CODES: Readonly<Record<Outcome, readonly string[]>> = {
  denied: [
    'AccessDenied',
    'AccessDeniedException',
    'Client.UnauthorizedOperation',
    'UnauthorizedOperation',
    'KMSAccessDenied',
    'KMSAccessDeniedException',
    'KmsAccessDenied',
    'KMS.AccessDeniedException',
    'AuthorizationError',
    'AuthorizationErrorException',
    'UnauthorizedException',
    'ForbiddenException',
    'NotAuthorized',
    'NotAuthorizedException',
    'com.amazonaws.dynamodb.v20120810#AccessDeniedException',
  ],
  allowed: [
    'NoSuchKey',
    'NoSuchBucketPolicy',
    'BucketNotEmpty',
    'NoSuchEntityException',
    'ResourceNotFoundException',
    'ConditionalCheckFailedException',
    'LimitExceededException',
    'InvalidParameterValueException',
    'Client.InvalidParameterValue',
    'Client.InvalidVolume.NotFound',
    'Client.VpcLimitExceeded',
    'Client.DryRunOperation',
    'Server.InsufficientInstanceCapacity',
    'EC2AccessDeniedException',
    'AWS.SimpleQueueService.NonExistentQueue',
  ],
  unknown: [
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'RequestThrottledException',
    'EC2ThrottledException',
    'Client.RequestLimitExceeded',
    'SlowDown',
    'TooManyRequestsException',
    'ProvisionedThroughputExceededException',
    'InternalError',
    'InternalFailure',
    'InternalServerError',
    'KMSInternalException',
    'ServiceUnavailable',
    'ServiceUnavailableException',
    'Server.InternalError',
    'Server.SomethingNew',
    'ExpiredToken',
    'ExpiredTokenException',
    'RequestExpired',
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'SignatureDoesNotMatch',
    'InvalidSignatureException',
    'IncompleteSignature',
    'MissingAuthenticationTokenException',
    'Client.AuthFailure',
    'OptInRequired',
    'ValidationError',
    'ValidationException',
    'InvalidAccessException',
    'Unknown',
  ],
};

test.each(Object.entries(CODES))('the permission was %s', (outcome, codes) => {
  expect(codes.map((code) => [code, outcomeOf(code)])).toEqual(codes.map((code) => [code, outcome]));
});

test('a call without an error exercised the permission', () => {
  expect(outcomeOf()).toBe('allowed');
});

// "Troubleshoot access denied error messages", IAM User Guide.
test('IAM’s own sentence is a refusal whatever the code', () => {
  const message =
    'User: arn:aws:iam::123456789012:user/JohnDoe is not authorized to perform: codecommit:ListDeployments because no identity-based policy allows it';
  expect(outcomeOf('InvalidInputException', message)).toBe('denied');
});
