import * as z from 'zod';
import type { OperationId } from './operations.ts';
import type { ProblemCode } from './problem.ts';
import * as requests from './request-schemas.ts';
import * as responses from './response-schemas.ts';

/** What an operation takes and answers. */
export type Contract = {
  readonly query?: z.core.$ZodObject;
  readonly body?: z.core.$ZodType;
  readonly headers?: Readonly<Record<string, z.core.$ZodType>>;
  readonly answers: Readonly<Record<number, readonly [description: string, schema: z.core.$ZodType]>>;
  readonly refusals: readonly ProblemCode[];
};

const ANY: readonly ProblemCode[] = ['forbidden', 'internal'];
const BODY: readonly ProblemCode[] = ['malformed-json', 'unsupported-media-type', 'too-large', 'invalid'];
const ONE: readonly ProblemCode[] = ['not-found', 'record-damaged', 'contended'];
const JUDGED: readonly ProblemCode[] = [
  'step-up-required',
  'denied-by-rule',
  'no-longer-allowed',
  'wrong-state',
];
const STS: readonly ProblemCode[] = [
  'role-not-assumable',
  'region-disabled',
  'session-policy-too-large',
  'session-too-long',
  'role-chaining-limit',
  'issuer-throttled',
  'issuer-unavailable',
  'issuer-answer-mismatch',
];

const deciding = (body: z.core.$ZodType, ...own: readonly ProblemCode[]): Contract => ({
  body,
  answers: { 200: ['The elevation as it is now', responses.Elevation] },
  refusals: [...ANY, ...BODY, ...ONE, 'wrong-state', ...own],
});

/** The contract of each operation. */
export const CONTRACTS: Readonly<Record<OperationId, Contract>> = {
  health: { answers: { 200: ['It answers', responses.Health] }, refusals: [] },
  openApi: { answers: { 200: ['This document', z.looseObject({ openapi: z.string() })] }, refusals: [] },
  me: { answers: { 200: ['The caller', responses.Me] }, refusals: [...ANY, 'invalid'] },
  listRoles: { answers: { 200: ['The catalog', responses.RolePage] }, refusals: [...ANY, 'invalid'] },
  requestElevation: {
    body: requests.NewElevation,
    headers: { 'Idempotency-Key': requests.IdempotencyKey },
    answers: {
      200: ['A dry run: the rules would take it', responses.DryRun],
      201: ['The elevation that was made, or had been with this key', responses.Elevation],
    },
    refusals: [
      ...ANY,
      ...BODY,
      'step-up-required',
      'denied-by-rule',
      'no-rule-allows',
      'idempotency-key-reused',
      'too-many-requests',
      'too-many-pending',
    ],
  },
  listElevations: {
    query: requests.ListQuery,
    answers: {
      200: ['A page; it can be shorter than the limit although more follow', responses.ElevationPage],
    },
    refusals: [...ANY, 'invalid'],
  },
  readElevation: {
    answers: { 200: ['The elevation', responses.ElevationDetail] },
    refusals: [...ANY, 'not-found', 'record-damaged', 'invalid'],
  },
  approve: deciding(requests.Decision, ...JUDGED, 'own-request', 'not-an-approver', 'digest-mismatch'),
  deny: deciding(requests.Decision, 'own-request', 'not-an-approver', 'digest-mismatch'),
  withdraw: deciding(requests.Ending, 'not-the-requester'),
  return: deciding(requests.Ending, 'not-the-requester'),
  revoke: deciding(requests.Ending, 'own-request', 'not-an-approver'),
  confirmSlackLink: {
    body: requests.NewSlackLink,
    answers: { 201: ['The link', responses.SlackLink] },
    refusals: [
      ...ANY,
      ...BODY,
      'step-up-required',
      'unknown-link-code',
      'linked-otherwise',
      'record-damaged',
      'contended',
    ],
  },
  listSlackLinks: {
    answers: { 200: ['The links', responses.SlackLinkPage] },
    refusals: [...ANY, 'invalid'],
  },
  removeSlackLink: {
    answers: { 200: ['The link that was undone', responses.SlackUnlinked] },
    refusals: [...ANY, ...ONE, 'linked-otherwise', 'invalid'],
  },
  issueCredentials: {
    body: requests.Nothing,
    answers: { 200: ['Credentials, this once', responses.Credentials] },
    refusals: [...ANY, ...BODY, ...ONE, ...JUDGED, ...STS, 'not-the-requester', 'too-many-issues'],
  },
  readActivity: {
    answers: { 200: ['What was seen, in the order of time', responses.Activity] },
    refusals: [...ANY, 'not-found', 'record-damaged', 'invalid'],
  },
  requestReport: {
    body: requests.NewReport,
    answers: { 202: ['It will be made; ask for it again in a minute', responses.ReportOrder] },
    refusals: [...ANY, ...BODY, 'not-an-auditor'],
  },
  listReports: {
    answers: { 200: ['The reports', responses.ReportPage] },
    refusals: [...ANY, 'not-an-auditor', 'invalid'],
  },
  readReport: {
    answers: { 200: ['The report', responses.ReportDetail] },
    refusals: [...ANY, 'not-an-auditor', 'not-found', 'invalid'],
  },
};
