import type { Access, AllowRule, Member, WeeklyHours } from '../../shared/domain/access.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import type { Ask } from '../../shared/domain/evaluation.ts';

/** What the rules must say, in the fewest words; written from the design, and sharing nothing with the code. */
export function oracle(access: Access, caller: Caller, ask: Ask, now: number): string {
  const about = access.rules.filter(({ roles }) => [...roles].some((name) => name === ask.role));
  const deny = about.find((rule) => rule.kind === 'deny' && rule.who.some((one) => isNamed(one, [])));
  if (deny !== undefined) return `denied by ${deny.name}`;
  const first = access.roles.has(ask.role)
    ? about.find((rule) => rule.kind === 'allow' && fits(rule))
    : undefined;
  if (first?.kind !== 'allow') return 'not-allowed';
  return `${first.mfa === undefined || ageOfMfa() <= first.mfa.within * 60_000 ? 'allowed' : 'not-yet'} by ${first.name}`;

  function fits(rule: AllowRule): boolean {
    return [
      rule.who.some((one) => isNamed(one, caller.tokenGroups)),
      ask.duration <= rule.longest,
      [...ask.reason.trim()].length >= rule.reasonMin,
      rule.ticket === undefined || isTicket(rule.ticket, ask.ticket),
      rule.hours === undefined || isOpen(rule.hours, now),
      rule.scope === undefined || ask.scope === undefined,
    ].every(Boolean);
  }
  function isNamed(member: Member, tokenGroups: readonly string[]): boolean {
    if (member.kind === 'person') return member.handle === caller.person;
    if (member.kind === 'idp') return tokenGroups.some((name) => name === member.name);
    return [...(access.groups.get(member.name) ?? [])].some((one) => one === caller.person);
  }
  function ageOfMfa(): number {
    if (caller.mfa.kind === 'absent') return Number.POSITIVE_INFINITY;
    return caller.mfa.kind === 'token' ? now - caller.mfa.at : caller.mfa.within * 60_000;
  }
}

/** The patterns of the random files, spelt out. */
function isTicket(pattern: string, ticket = ''): boolean {
  const [series, number = '', ...more] = ticket.split('-');
  const isNumbered =
    more.length === 0 && number !== '' && [...number].every((digit) => digit >= '0' && digit <= '9');
  if (pattern === '(') return false;
  return isNumbered && (series === 'OPS' || (series === 'DEV' && pattern.includes('DEV')));
}

/** The zones of the random files have no summer time, so their clocks can be counted. */
function isOpen({ days, from, to, timeZone }: WeeklyHours, now: number): boolean {
  const offset = { UTC: 0, 'Asia/Kolkata': 330 }[timeZone];
  if (offset === undefined) return false;
  const minutes = Math.floor(now / 60_000) + offset;
  const day = ((Math.floor(minutes / 1440) + 3) % 7) + 1; // 1970 began on a Thursday
  return days.includes(day) && minutes % 1440 >= from && minutes % 1440 < to;
}
