/** A record as CloudTrail writes it for a call by a role's session; what is given replaces its members. */
export function record(members: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEEXAMPLE000:build-42',
      arn: 'arn:aws:sts::999999999999:assumed-role/Build/build-42',
      accountId: '999999999999',
      accessKeyId: 'ASIAEXAMPLEEXAMPLE00',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLEEXAMPLE000',
          arn: 'arn:aws:iam::999999999999:role/Build',
          accountId: '999999999999',
          userName: 'Build',
        },
        attributes: { creationDate: '2026-11-24T09:00:00Z', mfaAuthenticated: 'false' },
      },
    },
    eventTime: '2026-11-24T09:05:00Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    awsRegion: 'us-east-1',
    sourceIPAddress: '192.0.2.7',
    userAgent: '[aws-cli/2.31.0 md/awscrt\u003d0.27]',
    requestParameters: { Host: 's3.us-east-1.amazonaws.com' },
    responseElements: null,
    additionalEventData: { SignatureVersion: 'SigV4', 'x-amz-id-2': 'kq+7/pZ+example=' },
    requestID: 'K9X0N62QREGTBMN1',
    eventID: '11111111-2222-4333-8444-555555555555',
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '999999999999',
    eventCategory: 'Management',
    ...members,
  };
}

/** Bytes in pieces of at most so many. */
export async function* inPieces(bytes: Uint8Array, size = bytes.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
