import * as z from 'zod';
import { jsonIn } from '../domain/json-in.ts';
import type { Report } from '../domain/report/report.ts';
import { ReportDocument } from './schema.ts';

/** The report as `report.json`; the same report gives the same bytes. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(z.encode(ReportDocument, report), null, 2)}\n`;
}

/** The report that a `report.json` holds; undefined where it is none, or of another format. */
export function parseReport(json: string): Report | undefined {
  return ReportDocument.safeDecode(jsonIn(json) as z.input<typeof ReportDocument>).data;
}
