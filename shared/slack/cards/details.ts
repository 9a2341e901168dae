import type { ElevationRead } from '../../app/read-elevation.ts';
import type { Condition } from '../../domain/condition.ts';
import type { MessageContent } from '../../ports/messenger.ts';
import { content, header, paragraph, smallPrint } from './blocks.ts';
import { historyBlocks } from './history-blocks.ts';
import { requestBlocks } from './request-blocks.ts';
import { requirementWords } from './requirement-words.ts';
import { oneLine, when } from './text.ts';

/** Room for every condition; only a file that names very many groups needs more. */
const LONGEST_LIST = 1800;

/** All there is to know of an elevation, for somebody who may know it. */
export function details({ elevation, history, conditions, sessions }: ElevationRead): MessageContent {
  const { request, digest, state } = elevation;
  const heading = `${request.role} for ${request.person}: ${state}`;
  return content(heading, [
    header(heading),
    ...requestBlocks(elevation),
    paragraph(
      ['Required when it was asked for', ...requirementWords(request.requirements)].join('\n• '),
      LONGEST_LIST,
    ),
    paragraph(['With the access file of now', ...conditions.map(conditionWords)].join('\n'), LONGEST_LIST),
    ...historyBlocks(history),
    smallPrint([
      `Asked ${when(request.requestedAt)}`,
      ...('window' in elevation
        ? [`Lent from ${when(elevation.window.from)} until ${when(elevation.window.until)}`]
        : []),
      `${sessions.length} sets of credentials`,
      `Elevation \`${request.id}\``,
      `Digest \`${digest.slice(0, 12)}…\``,
      `Access file \`${request.accessVersion.slice(0, 12)}…\``,
    ]),
  ]);
}

const MARKS: Readonly<Record<Condition['outcome'], string>> = {
  satisfied: '✓',
  unsatisfied: '✗',
  failed: '✗',
};

function conditionWords({ outcome, sentence }: Condition): string {
  return `${MARKS[outcome]} ${oneLine(sentence)}`;
}
