import { parseRoleArn } from '../../domain/arn.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { formatDuration } from '../../domain/duration.ts';
import type { ElevationNow, Request } from '../../domain/elevation.ts';
import { fields, paragraph } from './blocks.ts';
import { mfaWords } from './mfa-words.ts';
import { oneLine, quoted } from './text.ts';

/** Who asked for what and why; all that people typed is plain text, and marked as theirs. */
export function requestBlocks({ request, requestedBy }: ElevationNow): readonly Json[] {
  const { person, role, roleArn, ticket } = request;
  return [
    fields([
      ['Person', person],
      ['Role', role],
      ['Account', parseRoleArn(roleArn)?.account ?? 'unknown'],
      ['Duration', formatDuration(request.duration)],
      ['Ticket', ticket === undefined ? 'none' : oneLine(ticket)],
      ['Rule', request.rule],
      ['MFA of the requester', mfaWords(requestedBy.mfa, request.requestedAt)],
      ['ARN of the role', roleArn],
    ]),
    paragraph(`Reason\n${quoted(request.reason)}`),
    ...scopeBlocks(request),
  ];
}

function scopeBlocks({ scope, narrowedBy, rule }: Request): readonly Json[] {
  if (scope === undefined) return [];
  const entries = scope.map(({ actions, resources }) => `${actions.join(', ')} on ${resources.join(', ')}`);
  const by = narrowedBy === 'rule' ? `rule ${rule}` : 'the requester';
  return [paragraph(`Sessions are narrowed by ${by} to\n${quoted(entries.join('\n'))}`)];
}
