type Expected = readonly [method: string, path: string, answers: string];

/** Every function, with the clients of AWS that its bundle holds. */
export const CLIENTS: Readonly<Record<string, readonly string[]>> = {
  activity: ['dynamodb', 'kms'],
  announce: ['dynamodb', 'eventbridge', 'kms', 's3', 'secrets-manager', 'sqs'],
  authorize: [],
  credentials: ['dynamodb', 'kms', 'sts'],
  elevations: ['dynamodb', 'kms'],
  report: ['cloudtrail', 'dynamodb', 'iam', 'kms', 's3', 'secrets-manager', 'sts'],
  reports: ['s3', 'sqs'],
  slack: ['dynamodb', 'kms', 'secrets-manager'],
  sweep: ['dynamodb', 'sqs'],
  trail: ['dynamodb', 'eventbridge', 'kms', 's3', 'sqs'],
};
/** Their names. */
export const FUNCTIONS = Object.keys(CLIENTS);

/** What each function is told by its environment; no value of these is a secret. */
export const ENVIRONMENTS: Readonly<Record<string, readonly string[]>> = {
  activity: ['DRAWBRIDGE_IAM_DOOR_MFA', 'DRAWBRIDGE_SEAL_KEY', 'DRAWBRIDGE_TABLE', 'DRAWBRIDGE_USAGE_TABLE'],
  announce: [
    'DRAWBRIDGE_ANNOUNCE_QUEUE',
    'DRAWBRIDGE_API_URL',
    'DRAWBRIDGE_AUDIT_BUCKET',
    'DRAWBRIDGE_EVENT_BUS',
    'DRAWBRIDGE_SEAL_KEY',
    'DRAWBRIDGE_SLACK_BOT_TOKEN',
    'DRAWBRIDGE_TABLE',
  ],
  authorize: [],
  credentials: ['DRAWBRIDGE_IAM_DOOR_CREDENTIALS_MFA', 'DRAWBRIDGE_SEAL_KEY', 'DRAWBRIDGE_TABLE'],
  elevations: ['DRAWBRIDGE_IAM_DOOR_MFA', 'DRAWBRIDGE_SEAL_KEY', 'DRAWBRIDGE_TABLE'],
  report: [
    'DRAWBRIDGE_REPORTS_BUCKET',
    'DRAWBRIDGE_SEAL_KEY',
    'DRAWBRIDGE_SLACK_BOT_TOKEN',
    'DRAWBRIDGE_TABLE',
    'DRAWBRIDGE_TRAIL_BUCKET',
    'DRAWBRIDGE_USAGE_TABLE',
  ],
  reports: ['DRAWBRIDGE_IAM_DOOR_MFA', 'DRAWBRIDGE_REPORT_QUEUE', 'DRAWBRIDGE_REPORTS_BUCKET'],
  slack: [
    'DRAWBRIDGE_API_URL',
    'DRAWBRIDGE_SEAL_KEY',
    'DRAWBRIDGE_SLACK_BOT_TOKEN',
    'DRAWBRIDGE_SLACK_SIGNING_SECRET',
    'DRAWBRIDGE_TABLE',
  ],
  sweep: ['DRAWBRIDGE_ANNOUNCE_QUEUE', 'DRAWBRIDGE_TABLE'],
  trail: [
    'DRAWBRIDGE_EVENT_BUS',
    'DRAWBRIDGE_SEAL_KEY',
    'DRAWBRIDGE_TABLE',
    'DRAWBRIDGE_TRAIL_DEAD_LETTERS',
    'DRAWBRIDGE_USAGE_DAYS',
    'DRAWBRIDGE_USAGE_TABLE',
  ],
};

/** Routes before which no authorizer stands; those of Slack verify its signature. */
export const OPEN_ROUTES: readonly Expected[] = [
  ['GET', '/v1/healthz', 'elevations'],
  ['GET', '/v1/openapi.json', 'elevations'],
  ['POST', '/v1/slack/commands', 'slack'],
  ['POST', '/v1/slack/interactions', 'slack'],
  ['POST', '/v1/slack/options', 'slack'],
];

/** Every authenticated route, once; it exists at both doors. */
export const ROUTES: readonly Expected[] = [
  ['GET', '/me', 'elevations'],
  ['GET', '/roles', 'elevations'],
  ['POST', '/elevations', 'elevations'],
  ['GET', '/elevations', 'elevations'],
  ['GET', '/elevations/{id}', 'elevations'],
  ['POST', '/elevations/{id}/approval', 'elevations'],
  ['POST', '/elevations/{id}/denial', 'elevations'],
  ['POST', '/elevations/{id}/withdrawal', 'elevations'],
  ['POST', '/elevations/{id}/return', 'elevations'],
  ['POST', '/elevations/{id}/revocation', 'elevations'],
  ['POST', '/elevations/{id}/credentials', 'credentials'],
  ['GET', '/elevations/{id}/activity', 'activity'],
  ['POST', '/reports', 'reports'],
  ['GET', '/reports', 'reports'],
  ['GET', '/reports/{report}', 'reports'],
  ['POST', '/slack-links', 'elevations'],
  ['GET', '/slack-links', 'elevations'],
  ['DELETE', '/slack-links/{team}/{user}', 'elevations'],
];
