import type { IssuedHere } from '../../shared/app/compare-issues.ts';
import { formatSeconds, type Instant } from '../../shared/domain/instant.ts';
import type { TrailChecked } from './check.ts';
import { missingSentence, strangeSentence } from './check-text.ts';

/** A check for programs; docs/command-line.md says what each member means. */
export function checkJson({ subject, found, outOfBand }: TrailChecked): string {
  const { period, regions, table, issuerRoleArn } = subject;
  const { notRecorded, notYetRecorded, notIssued, ...rest } = found;
  const value = {
    ...{ format: 1, agrees: notRecorded.length + notIssued.length === 0 },
    period: { from: formatSeconds(period.from), until: formatSeconds(period.until) },
    ...{ table, issuerRoleArn, regions, ...rest },
    notRecorded: notRecorded.map((one) => ({ ...timed<IssuedHere>(one), sentence: missingSentence(one) })),
    notYetRecorded: notYetRecorded.map(timed<IssuedHere>),
    notIssued: notIssued.map((one) => ({ ...timed(one), sentence: strangeSentence(one) })),
    outOfBand: outOfBand.map(({ seen, ...one }) => ({ ...timed(one), ...(seen && { eventId: seen.id }) })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function timed<T extends { readonly at: Instant }>(one: T): Omit<T, 'at'> & { readonly at: string } {
  return { ...one, at: formatSeconds(one.at) };
}
