/** CloudTrail records, shaped as in the record contents of the CloudTrail User Guide. */

export const ACCOUNT = '999999999999';

type Made = Readonly<Record<string, unknown>>;

let next = 0;

/** A record of an API call, with an event ID of its own. */
export function call(members: Made = {}): Made {
  next += 1;
  return {
    eventVersion: '1.11',
    eventID: `00000000-0000-4000-8000-${String(next).padStart(12, '0')}`,
    eventTime: '2026-11-02T10:00:00Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'PutObject',
    eventType: 'AwsApiCall',
    eventCategory: 'Management',
    awsRegion: 'eu-central-1',
    sourceIPAddress: '192.0.2.1',
    recipientAccountId: ACCOUNT,
    userIdentity: user('ruth'),
    requestParameters: null,
    responseElements: null,
    ...members,
  };
}

/** An IAM user of the account 111111111111. */
export function user(name: string): Made {
  const principalId = `AIDA${name.toUpperCase()}`;
  return {
    ...{ type: 'IAMUser', principalId, accountId: '111111111111', userName: name },
    arn: `arn:aws:iam::111111111111:user/${name}`,
  };
}

/** An AWS service. */
export const service = (name: string): Made => ({ type: 'AWSService', invokedBy: name });

export const roleArn = (role: string) => `arn:aws:iam::${ACCOUNT}:role/${role}`;
const roleId = (role: string) => `AROA${role.toUpperCase()}`;

/** A session of a role. */
export function session(role: string, name: string, sourceIdentity?: string): Made {
  return {
    type: 'AssumedRole',
    principalId: `${roleId(role)}:${name}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
    accountId: ACCOUNT,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: roleId(role), arn: roleArn(role), accountId: ACCOUNT },
      ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    },
  };
}

/** Somebody assumes a role, and is let in. */
export function assumeRole(role: string, name: string, who: Made, members: Made = {}): Made {
  return call({
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    userIdentity: who,
    requestParameters: { roleArn: roleArn(role), roleSessionName: name },
    responseElements: {
      assumedRoleUser: {
        assumedRoleId: `${roleId(role)}:${name}`,
        arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
      },
    },
    ...members,
  });
}

/** Somebody tries to assume a role: such a record has no parameters. */
export function deniedAssumeRole(role: string, who: Made): Made {
  return call({
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    userIdentity: who,
    errorCode: 'AccessDenied',
    errorMessage: `User: ${String(who['arn'])} is not authorized to perform: sts:AssumeRole on resource: ${roleArn(role)}`,
  });
}
