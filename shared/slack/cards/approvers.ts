import type { Telling } from '../../app/desired-message.ts';
import { type Access, parseMember } from '../../domain/access.ts';
import { unmet } from '../../domain/condition.ts';
import type { Minutes } from '../../domain/duration.ts';
import type { Request } from '../../domain/elevation.ts';
import { mayApprove, ruleOfToday } from '../../domain/entitlement.ts';
import { outlook } from '../../domain/redecision.ts';
import { mention, oneLine } from './text.ts';

/** A card that mentions more would be read by nobody. */
const MOST_MENTIONS = 20;

/** Mentions those who may approve and have not yet; empty where nobody of them is known in Slack. */
export function approverMentions({ elevation, users }: Telling, access: Access): string {
  const { request, approvals } = elevation;
  const decided = new Set(approvals.map(({ by }) => by.person));
  const entitled = [...users].filter(
    ([person]) => !decided.has(person) && mayApprove(access, request, { person, tokenGroups: [] }),
  );
  const mentions = entitled.flatMap(([, ids]) => ids.map(mention));
  return mentions.slice(0, MOST_MENTIONS).join(' ');
}

/** What is still needed, a sentence each; measured at the request, since no card is rewritten by the hour. */
export function stillNeeded({ elevation }: Telling, access: Access): readonly string[] {
  const conditions = outlook(access, elevation, elevation.request.requestedAt);
  return [
    ...unmet(conditions).map(({ sentence }) => oneLine(sentence)),
    ...tokenGroupWords(elevation.request),
  ];
}

/** How recent an approver's proof of MFA must be, by the record or the file of today; undefined where none is needed. */
export function approversMfa(access: Access, request: Request): Minutes | undefined {
  const bounds = [
    request.requirements.approval?.mfaWithin,
    ruleOfToday(access, request)?.approval?.mfaWithin,
  ].filter((bound) => bound !== undefined);
  return bounds.toSorted((one, other) => one - other)[0];
}

/** Members of a token's groups are known to nobody but the identity provider, so they cannot be mentioned. */
function tokenGroupWords({ requirements }: Request): readonly string[] {
  const groups = (requirements.approval?.by ?? []).map(parseMember).flatMap((member) => {
    return member?.kind === 'idp' ? [member.name] : [];
  });
  if (groups.length === 0) return [];
  return [`Members of ${groups.join(' or ')}, as the identity provider lists them, may approve as well.`];
}
