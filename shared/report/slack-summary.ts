import type { Json } from '../domain/canonical-json.ts';
import type { Report } from '../domain/report/report.ts';
import type { MessageContent } from '../ports/messenger.ts';
import { content, fields, header, paragraph } from '../slack/cards/blocks.ts';
import type { Highlight } from './highlight.ts';
import { highlightsOf, SHOWN_FIRST } from './highlights.ts';
import { summaryWords } from './summary-words.ts';
import { grouped, lengthWords, periodWords } from './words.ts';

const WEIGHT_MARKS = { act: '🔴 Act now', look: '🟠 Look into it', note: '⚪ Could be less' } as const;

/** The summary of a report for Slack: in words, in numbers, and what matters most. All of it is plain text. */
export function slackSummary(report: Report): MessageContent {
  const title = `Access report, ${periodWords(report.period)}`;
  const found = highlightsOf(report);
  const left = found.length - SHOWN_FIRST;
  return content(`${title}. ${found[0]?.sentence ?? 'Nothing stands out.'}`, [
    header(title),
    paragraph(summaryWords(report)),
    numbersOf(report),
    ...found.slice(0, SHOWN_FIRST).map(highlightBlock),
    found.length === 0 ? paragraph('Nothing stands out.') : undefined,
    paragraph(
      `${left > 0 ? `${grouped(left)} more in the report. ` : ''}Auditors find all files by GET /v1/reports.`,
    ),
  ]);
}

function numbersOf({ totals, outOfBand }: Report): Json {
  const { timeToApprove: waited } = totals;
  return fields([
    ['Asked', grouped(totals.asked)],
    ['Approved', grouped(totals.approved)],
    ['Time to approve (half, 95 %)', waited ? `${lengthWords(waited.p50)}, ${lengthWords(waited.p95)}` : '–'],
    ['Never used', grouped(totals.approvedNeverUsed)],
    ['Calls allowed', grouped(totals.events.allowed)],
    ['Calls denied', grouped(totals.events.denied)],
    ['Round the side', grouped(outOfBand.length)],
  ]);
}

function highlightBlock({ weight, sentence, next }: Highlight): Json {
  return paragraph(`${WEIGHT_MARKS[weight]}\n${sentence}\n${next}`);
}
