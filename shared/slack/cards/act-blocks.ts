import type { Json } from '../../domain/canonical-json.ts';
import type { Act, ElevationNow } from '../../domain/elevation.ts';
import { line, paragraph } from './blocks.ts';
import { quoted, when } from './text.ts';

/** Room for 500 characters of a comment, with the mark of each of its lines. */
const LONGEST_COMMENT = 1200;
/** The card has room for the beginning of each comment; the whole of it stands in the thread. */
const LONGEST_COMMENT_ON_CARD = 400;
/** More stand under Details. */
const MOST_ACTS = 3;

/** A comment as plain text, marked as somebody's; nothing where there is none. */
export function commentBlocks(
  { comment }: { readonly comment?: string },
  longest: number = LONGEST_COMMENT,
): readonly Json[] {
  return comment === undefined ? [] : [paragraph(quoted(comment), longest)];
}

/** Who decided and when, with what they said; the newest ones. */
export function actBlocks(elevation: ElevationNow): readonly Json[] {
  const all = actsOf(elevation);
  const earlier = all.length - MOST_ACTS;
  const shown = all.slice(-MOST_ACTS).flatMap(({ word, act }) => {
    return [
      line(`${word} by *${act.by.person}* ${when(act.at)}`),
      ...commentBlocks(act, LONGEST_COMMENT_ON_CARD),
    ];
  });
  return earlier > 0 ? [paragraph(`${earlier} earlier: see Details.`), ...shown] : shown;
}

type NamedAct = { readonly word: string; readonly act: Act };

function actsOf(elevation: ElevationNow): readonly NamedAct[] {
  const approvals = elevation.approvals.map((act) => ({ word: 'Approved', act }));
  switch (elevation.state) {
    case 'pending':
    case 'lapsed':
    case 'approved':
    case 'ended':
      return approvals;
    case 'denied':
      return [...approvals, { word: 'Denied', act: elevation.denial }];
    case 'withdrawn':
      return [...approvals, { word: 'Withdrawn', act: elevation.withdrawal }];
    case 'returned':
      return [...approvals, { word: 'Returned', act: elevation.giveBack }];
    case 'revoked':
      return [...approvals, { word: 'Revoked', act: elevation.revocation }];
    default:
      return elevation satisfies never;
  }
}
