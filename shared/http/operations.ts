/** Who may call: anybody, or a person whom a door knows. */
type Doors = 'open' | 'both';

/** One route of the API. Router, OpenAPI and the deployed routes are held against this one list. */
type Operation = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Without the prefix of a door: /v1 or /iam/v1. */
  readonly path: string;
  readonly doors: Doors;
  readonly answeredBy: 'elevations' | 'credentials' | 'activity' | 'reports';
  readonly summary: string;
};

/** Every operation by its id. */
export const OPERATIONS = {
  health: {
    method: 'GET',
    path: '/healthz',
    doors: 'open',
    answeredBy: 'elevations',
    summary: 'Whether the API answers',
  },
  openApi: {
    method: 'GET',
    path: '/openapi.json',
    doors: 'open',
    answeredBy: 'elevations',
    summary: 'This document',
  },
  me: {
    method: 'GET',
    path: '/me',
    doors: 'both',
    answeredBy: 'elevations',
    summary: 'As whom, and how strongly, the caller is seen',
  },
  listRoles: {
    method: 'GET',
    path: '/roles',
    doors: 'both',
    answeredBy: 'elevations',
    summary: 'What the caller may ask for, on which conditions, and why not',
  },
  requestElevation: {
    method: 'POST',
    path: '/elevations',
    doors: 'both',
    answeredBy: 'elevations',
    summary: 'Ask for a role; with an Idempotency-Key a repetition makes no other elevation',
  },
  listElevations: {
    method: 'GET',
    path: '/elevations',
    doors: 'both',
    answeredBy: 'elevations',
    summary: 'Elevations that the caller may see, newest first',
  },
  readElevation: {
    method: 'GET',
    path: '/elevations/{id}',
    doors: 'both',
    answeredBy: 'elevations',
    summary: 'An elevation with its history and what is still missing',
  },
  approve: {
    method: 'POST',
    path: '/elevations/{id}/approval',
    doors: 'both',
    answeredBy: 'elevations',
    summary: 'Approve a request of somebody else',
  },
  deny: {
    method: 'POST',
    path: '/elevations/{id}/denial',
    doors: 'both',
    answeredBy: 'elevations',
    summary: 'Deny a request of somebody else; one denial ends it',
  },
  withdraw: {
    method: 'POST',
    path: '/elevations/{id}/withdrawal',
    doors: 'both',
    answeredBy: 'elevations',
    summary: 'Withdraw an own request that waits',
  },
  return: {
    method: 'POST',
    path: '/elevations/{id}/return',
    doors: 'both',
    answeredBy: 'elevations',
    summary: 'Give an own elevation back early',
  },
  revoke: {
    method: 'POST',
    path: '/elevations/{id}/revocation',
    doors: 'both',
    answeredBy: 'elevations',
    summary: 'End an elevation of somebody else',
  },
  confirmSlackLink: {
    method: 'POST',
    path: '/slack-links',
    doors: 'both',
    answeredBy: 'elevations',
    summary: 'Confirm that a Slack user is the caller, by the code of /drawbridge link',
  },
  listSlackLinks: {
    method: 'GET',
    path: '/slack-links',
    doors: 'both',
    answeredBy: 'elevations',
    summary: "The caller's Slack users",
  },
  removeSlackLink: {
    method: 'DELETE',
    path: '/slack-links/{team}/{user}',
    doors: 'both',
    answeredBy: 'elevations',
    summary: 'Undo a link: an own one or, for admins, any',
  },
  issueCredentials: {
    method: 'POST',
    path: '/elevations/{id}/credentials',
    doors: 'both',
    answeredBy: 'credentials',
    summary: 'Credentials in the form of credential_process, for the requester alone',
  },
  readActivity: {
    method: 'GET',
    path: '/elevations/{id}/activity',
    doors: 'both',
    answeredBy: 'activity',
    summary: 'What CloudTrail saw the sessions of an elevation do',
  },
  requestReport: {
    method: 'POST',
    path: '/reports',
    doors: 'both',
    answeredBy: 'reports',
    summary: 'Have the report on a period made; for auditors and admins',
  },
  listReports: {
    method: 'GET',
    path: '/reports',
    doors: 'both',
    answeredBy: 'reports',
    summary: 'The reports that there are, the latest period first; for auditors and admins',
  },
  readReport: {
    method: 'GET',
    path: '/reports/{report}',
    doors: 'both',
    answeredBy: 'reports',
    summary: 'A report in numbers, with links to its files; for auditors and admins',
  },
} as const satisfies Record<string, Operation>;

/** The id of an operation. */
export type OperationId = keyof typeof OPERATIONS;
