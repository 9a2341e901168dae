import type { Sandbox } from './sandbox.ts';

const DAVID = 'arn:aws:iam::111111111111:user/David';

/** Users of the Development account who can come to the IAM door. */
const IAM_USERS = { david: 'David', tess: 'Tess', ruth: 'Ruth' } as const;

/** Where things are, and how each person gets in: what `.sandbox/endpoints.json` holds. */
export function describeEndpoints({ endpoints, aws }: Sandbox): object {
  const { api, idp, slack } = endpoints;
  const people = ['david', 'tess', 'ruth', 'rob', 'ada', 'omar'].map((person) => {
    const user = isIamUser(person) ? IAM_USERS[person] : undefined;
    const token = `${idp}/token-for/${person}?mfa=true`;
    return [person, user === undefined ? { token } : { token, ...keysOf(aws, user) }];
  });
  return { api, aws: endpoints.aws, idp, slack, people: Object.fromEntries(people) };
}

function isIamUser(person: string): person is keyof typeof IAM_USERS {
  return person in IAM_USERS;
}

function keysOf(aws: Sandbox['aws'], user: string) {
  const arn = `arn:aws:iam::111111111111:user/${user}`;
  const { accessKeyId, secretAccessKey } = aws.userCredentials(arn);
  return { accessKeyId, secretAccessKey, mfaSerialNumber: aws.mfaCode(arn).serialNumber };
}

/** What a person who has just started the sandbox reads: addresses, and commands to copy. */
export function handbook({ endpoints, aws }: Sandbox, file: string): string {
  const { api, idp } = endpoints;
  const david = aws.userCredentials(DAVID);
  return `
Drawbridge runs on this machine, with an AWS and an identity provider and a Slack of its own.

  API                 ${api}/v1   (signed with AWS keys: ${api}/iam/v1)
  AWS                 ${endpoints.aws}
  identity provider   ${idp}
  Slack               ${endpoints.slack}   (act as Ruth, press her buttons, or type /drawbridge)
  all of it           ${file}

David asks, Ruth approves, David has credentials:

  token() { curl -s -X POST "${idp}/token-for/$1?mfa=true" | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/'; }
  DAVID=$(token david) RUTH=$(token ruth)

  curl -s ${api}/v1/elevations -H "Authorization: Bearer $DAVID" -H 'Content-Type: application/json' \\
    -d '{"role":"update-app","duration":"1h","reason":"Fix the banner of the shop","ticket":"OPS-12"}'
  curl -s "${api}/v1/elevations?toApprove" -H "Authorization: Bearer $RUTH"
  curl -s -X POST ${api}/v1/elevations/<id>/approval -H "Authorization: Bearer $RUTH"
  curl -s -X POST ${api}/v1/elevations/<id>/credentials -H "Authorization: Bearer $DAVID"

The keys in that answer work at the AWS of this sandbox, and for what UpdateApp may do alone:

  export AWS_ENDPOINT_URL=${endpoints.aws} AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 \\
    AWS_ACCESS_KEY_ID=<AccessKeyId> AWS_SECRET_ACCESS_KEY=<SecretAccessKey> AWS_SESSION_TOKEN=<SessionToken>
  aws sts get-caller-identity
  aws s3api list-objects-v2 --bucket productionapp
  aws s3api get-object --bucket payroll --key 2026-11.csv -     # AccessDenied

At the IAM door David signs with the session that STS gives him for the code of his device:

  export AWS_ACCESS_KEY_ID=${david.accessKeyId} AWS_SECRET_ACCESS_KEY=${david.secretAccessKey}
  aws sts get-session-token --serial-number ${aws.mfaCode(DAVID).serialNumber} --token-code $(npm run -s mfa-code David)
  curl -s ${api}/iam/v1/me --aws-sigv4 aws:amz:us-east-1:execute-api \\
    --user <AccessKeyId>:<SecretAccessKey> -H 'x-amz-security-token: <SessionToken>'

Ctrl-C ends it. What the functions log follows.
`;
}
