import type { Json } from '../../domain/canonical-json.ts';
import type { History, Link } from '../../domain/events.ts';
import { formatSeconds } from '../../domain/instant.ts';
import { paragraph } from './blocks.ts';
import { quoted, seen } from './text.ts';

/** So much fits beside all else that a message says. */
const LONGEST_HISTORY = 2500;
const LONGEST_PARAGRAPH = 3000;

/** Everything that happened, oldest first; of a long history the newest part. */
export function historyBlocks(history: History): readonly Json[] {
  const entries = history.map(entryOf);
  const shown = newestWithin(entries, LONGEST_HISTORY);
  const left = entries.length - shown.length;
  const heading = left > 0 ? `History (${left} earlier: GET the elevation from the API)` : 'History';
  return paragraphsOf([heading, ...shown]).map((text) => paragraph(text));
}

function entryOf({ event, hash }: Link, index: number): string {
  const what = event.type === 'issue-intended' ? `credentials issued, set ${event.n}` : event.type;
  const line = `${index + 1}. ${what} by ${event.by.person} (${event.by.door}) ${formatSeconds(event.at)} #${hash.slice(0, 12)}`;
  const comment = 'comment' in event && event.comment !== undefined ? `\n${quoted(event.comment)}` : '';
  return seen(`${line}${comment}`);
}

function newestWithin(entries: readonly string[], longest: number): readonly string[] {
  let room = longest;
  let first = entries.length;
  for (const entry of entries.toReversed()) {
    room -= entry.length + 1;
    if (room < 0) break;
    first -= 1;
  }
  return entries.slice(first);
}

/** Joins entries to as few paragraphs as there can be; none is divided. */
function paragraphsOf(entries: readonly string[]): readonly string[] {
  const paragraphs: string[] = [];
  for (const entry of entries) {
    const joined = [...paragraphs.slice(-1), entry].join('\n');
    if (paragraphs.length > 0 && joined.length <= LONGEST_PARAGRAPH)
      paragraphs[paragraphs.length - 1] = joined;
    else paragraphs.push(entry);
  }
  return paragraphs;
}
