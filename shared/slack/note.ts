import type { Json } from '../domain/canonical-json.ts';
import type { MessageContent } from '../ports/messenger.ts';
import { commands, content, paragraph } from './cards/blocks.ts';
import type { Call } from './cards/calls.ts';
import { plain } from './cards/text.ts';

/** Sentences for one person, a paragraph each. */
export function note(...sentences: readonly string[]): MessageContent {
  return content(
    sentences[0] ?? '',
    sentences.map((sentence) => paragraph(sentence)),
  );
}

/** Sentences, and under them the calls of which any one finishes the matter at another door. */
export function noteWithCalls(sentences: readonly string[], calls: readonly Call[]): MessageContent {
  const said = sentences.map((sentence) => paragraph(sentence));
  return content(sentences[0] ?? '', [...said, ...callBlocks(calls)]);
}

/** A section takes 3,000 characters, with the fence around a command. */
const LONGEST_COMMAND = 2990;

/** NB. A command that is cut would be another command. */
function callBlocks(calls: readonly Call[]): readonly Json[] {
  if (calls.length === 0) return [paragraph(NO_DOOR)];
  return calls.every(({ command }) => command.length <= LONGEST_COMMAND)
    ? commands(calls)
    : [paragraph(TOO_LONG)];
}

const NO_DOOR = 'The access file knows no other door for you. Ask the operators to add an identity of yours.';
const TOO_LONG =
  'The call is too long for Slack. Shorten the reason, or make the call yourself: POST /v1/elevations, as /v1/openapi.json says.';

/** A form that only says something. */
export function noteView({ blocks }: MessageContent): Json {
  return {
    type: 'modal',
    callback_id: 'note',
    title: plain('Drawbridge', 24),
    close: plain('Close', 24),
    blocks,
  };
}
