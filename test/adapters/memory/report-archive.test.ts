import { memoryReportArchive } from '../../../shared/adapters/memory/report-archive.ts';
import { describeReportArchive } from '../contract/report-archive.ts';

describeReportArchive('in memory', memoryReportArchive);
