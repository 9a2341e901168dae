import { listReports, type ReportDesk, readReport, requestReport } from '../app/reports.ts';
import { formatInstant } from '../domain/instant.ts';
import { parseReportId, periodOfReport, type ReportId } from '../domain/report/order.ts';
import { type Answer, ok } from './answer.ts';
import { bodyOf, type Call, queryOf } from './request.ts';
import { NewReport, NoQuery } from './request-schemas.ts';
import type * as schema from './response-schemas.ts';

/** POST /reports */
export async function newReport(desk: ReportDesk, { event, caller }: Call): Promise<Answer> {
  const body = bodyOf(event, NewReport);
  if ('refusal' in body) return body;
  const asked = await requestReport(desk, caller, body.value);
  if ('refusal' in asked) return asked;
  return {
    status: 202,
    body: orderView(asked.value),
    headers: { Location: `reports/${asked.value}`, 'Retry-After': '60' },
  };
}

/** GET /reports */
export async function reports(desk: ReportDesk, { event, caller }: Call): Promise<Answer> {
  const query = queryOf(event, NoQuery);
  if ('refusal' in query) return query;
  const listed = await listReports(desk, caller);
  if ('refusal' in listed) return listed;
  const page: schema.ReportPage = {
    reports: listed.value.map(orderView),
  };
  return ok(page);
}

/** GET /reports/{report} */
export async function report(desk: ReportDesk, { event, caller }: Call): Promise<Answer> {
  const query = queryOf(event, NoQuery);
  if ('refusal' in query) return query;
  const id = parseReportId(event.pathParameters?.['report'] ?? '');
  const files = await readReport(desk, caller, id);
  if ('refusal' in files || id === undefined) return files as Extract<Answer, { refusal: unknown }>;
  return ok({ ...orderView(id), files: files.value } satisfies schema.ReportDetail);
}

function orderView(id: ReportId): schema.ReportOrder {
  const { from, until } = periodOfReport(id);
  return { id, from: formatInstant(from), until: formatInstant(until) };
}
