import { formatSeconds } from '../../shared/domain/instant.ts';
import { hoursOf, type Span } from '../../shared/domain/trail/digest-hours.ts';
import { sentenceOf } from './text.ts';
import { isWhole, type TrailVerification } from './verification.ts';

/** A verification for programs; docs/command-line.md says what each member means. */
export function verificationJson(found: TrailVerification): string {
  const { asked, chains, logFiles, faults, faultCount, tooMany } = found;
  const value = {
    format: 1,
    whole: isWhole(found),
    asked: {
      ...(asked.from === undefined ? {} : { from: formatSeconds(asked.from) }),
      ...(asked.until === undefined ? {} : { until: formatSeconds(asked.until) }),
    },
    chains: chains.map(({ proved, begins, gaps, ...chain }) => ({
      ...chain,
      ...(proved === undefined ? {} : { proved: spanOf(proved) }),
      ...(begins === undefined ? {} : { beginsAfter: begins.after }),
      gaps: gaps.map(spanOf),
      hoursNotProved: hoursOf(gaps),
    })),
    logFiles,
    faultCount,
    faults: faults.map((fault) => ({ ...fault, sentence: sentenceOf(fault) })),
    tooManyLogFiles: tooMany,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function spanOf({ from, until }: Span) {
  return { from: formatSeconds(from), until: formatSeconds(until) };
}
