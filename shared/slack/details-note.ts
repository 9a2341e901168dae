import { readElevation } from '../app/read-elevation.ts';
import type { Caller } from '../domain/caller.ts';
import type { ElevationId } from '../domain/elevation-id.ts';
import type { MessageContent } from '../ports/messenger.ts';
import { details } from './cards/details.ts';
import type { SlackEdge } from './edge.ts';
import { note } from './note.ts';
import { sentencesOf } from './refusal-sentences.ts';

/** All that somebody may know of an elevation, for them alone. */
export async function detailsNote(edge: SlackEdge, by: Caller, id: ElevationId): Promise<MessageContent> {
  const read = await readElevation(edge.broker, by, id);
  return 'refusal' in read ? note(...sentencesOf(read.refusal)) : details(read.value);
}
