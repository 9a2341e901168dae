import type { Report } from '../../domain/report/report.ts';
import { counted, grouped, lengthWords, withinWords } from '../words.ts';
import { section } from './common.ts';
import { type Html, html } from './html.ts';

/** A number with its name, and a line that qualifies it. */
type Card = readonly [name: string, value: string, aside?: string];

/** The totals at a glance. */
export function numbers({ totals, outOfBand }: Report): Html {
  const { events, timeToApprove: waited } = totals;
  const cards: readonly Card[] = [
    [
      'Asked',
      grouped(totals.asked),
      `by ${counted(totals.people, 'person', 'people')}, ${grouped(totals.waiting)} waiting`,
    ],
    ['Approved', grouped(totals.approved), `${grouped(totals.approvedNeverUsed)} never used`],
    ['Not approved', grouped(totals.denied + totals.lapsed + totals.withdrawn), notApproved(totals)],
    ['Ended early', grouped(totals.returned + totals.revoked), endedEarly(totals)],
    [
      'Time to approve',
      waited === undefined ? '–' : lengthWords(waited.p50),
      waited === undefined ? 'nothing needed an approval' : `95 % ${withinWords(waited.p95)}`,
    ],
    ['Credentials issued', grouped(totals.sessions), `${grouped(totals.sessionsNeverUsed)} never used`],
    [
      'Calls allowed',
      grouped(events.allowed),
      `${grouped(events.denied)} denied, ${grouped(events.unknown)} undecided`,
    ],
    [
      'Round the side',
      grouped(outOfBand.length),
      outOfBand.length === 1 ? 'finding out of band' : 'findings out of band',
    ],
    [
      'Own approvals tried',
      grouped(totals.selfApprovalAttempts),
      totals.selfApprovalAttempts === 0 ? 'nobody tried' : 'all refused',
    ],
    ...emergencies(totals),
  ];
  return section('numbers', 'In numbers', html`<dl class="cards">${cards.map(card)}</dl>`);
}

function card([name, value, aside]: Card): Html {
  return html`<div class="card"><dt>${name}</dt><dd class="value">${value}</dd><dd class="aside">${aside}</dd></div>`;
}

function notApproved({ denied, lapsed, withdrawn }: Report['totals']): string {
  return `${grouped(denied)} denied, ${grouped(lapsed)} lapsed, ${grouped(withdrawn)} withdrawn`;
}

function endedEarly({ returned, revoked, cut }: Report['totals']): string {
  const cutOff = cut > 0 ? `, ${grouped(cut)} cut off` : '';
  return `${grouped(returned)} returned, ${grouped(revoked)} revoked${cutOff}`;
}

function emergencies({ breakGlass: { used, reviewed } }: Report['totals']): readonly Card[] {
  return used === 0 ? [] : [['Emergencies', grouped(used), `${grouped(reviewed)} reviewed`]];
}
