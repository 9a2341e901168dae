import type { ReportDesk } from '../app/reports.ts';
import type { Routes } from './api.ts';
import { newReport, report, reports } from './report-handlers.ts';

/** All that the function `reports` answers. */
export function reportRoutes(desk: ReportDesk): Routes {
  return {
    open: {},
    forPeople: {
      requestReport: (call) => newReport(desk, call),
      listReports: (call) => reports(desk, call),
      readReport: (call) => report(desk, call),
    },
  };
}
