import type { FindingLine, Report } from '../domain/report/report.ts';
import type { FindingCode } from '../domain/trail/finding.ts';
import type { Highlight } from './highlight.ts';
import { counted, listed, was } from './words.ts';

const AROUND: readonly FindingCode[] = [
  'foreign-session',
  'foreign-assume-role',
  'false-name',
  'no-intent',
  'unexplained-session',
];

/** Uses of catalog roles that no elevation explains. */
export function aroundTheBroker({ outOfBand }: Report): Highlight | undefined {
  const found = outOfBand.filter(({ code }) => AROUND.includes(code));
  if (found.length === 0) return undefined;
  return {
    weight: 'act',
    sentence: `${counted(found.length, 'event')} on ${rolesOf(found)} did not come through Drawbridge.`,
    next: 'Look up the events by their ids in CloudTrail, end the sessions that got in (deny the role by aws:TokenIssueTime), and let its trust policy name drawbridge-credentials alone.',
    section: 'out-of-band',
  };
}

/** Sessions that did something after their elevation's end. */
export function usedTooLate({ outOfBand }: Report): Highlight | undefined {
  const cut = outOfBand.filter(({ code }) => code === 'use-after-cut');
  const ended = outOfBand.filter(({ code }) => code === 'use-after-end');
  const all = [...cut, ...ended];
  if (all.length === 0) return undefined;
  const after = [
    cut.length > 0 ? `${counted(cut.length, 'call')} after it was given back or revoked` : '',
    ended.length > 0 ? `${counted(ended.length, 'call')} after its time was up` : '',
  ].filter((words) => words !== '');
  return {
    weight: 'act',
    sentence: `${rolesOf(all)} went on being used: ${listed(after)}.`,
    next: 'Read what the calls did, in the activity of the elevation. Credentials outlive their elevation by their session: `session: 15m` is the shortest.',
    section: 'out-of-band',
  };
}

/** Credentials that were issued and left no mark. */
export function notInTrail({ outOfBand }: Report): Highlight | undefined {
  const found = outOfBand.filter(({ code }) => code === 'issue-not-in-trail');
  if (found.length === 0) return undefined;
  return {
    weight: 'act',
    sentence: `${counted(found.length, 'set')} of credentials for ${rolesOf(found)} ${was(found.length)} issued, and the trail shows no AssumeRole for ${found.length === 1 ? 'it' : 'them'}.`,
    next: 'Check that the trail covers the hub and the account of the role, and run `drawbridge trail verify`: it tells whether log files were deleted.',
    section: 'out-of-band',
  };
}

/** Catalog roles whose trust or policies somebody changed. */
export function changedRoles({ outOfBand }: Report): Highlight | undefined {
  const found = outOfBand.filter(({ code }) => code === 'role-changed');
  if (found.length === 0) return undefined;
  return {
    weight: 'act',
    sentence: `${counted(found.length, 'change')} to the trust or the policies of ${rolesOf(found)}.`,
    next: 'Compare each with a reviewed change of your infrastructure code, undo what has none, and ask who made it.',
    section: 'changes',
  };
}

/** Trails that somebody changed: what they missed is in no report. */
export function changedTrails({ outOfBand }: Report): Highlight | undefined {
  const found = outOfBand.filter(({ code }) => code === 'trail-changed');
  if (found.length === 0) return undefined;
  return {
    weight: 'act',
    sentence: `${counted(found.length, 'change')} to ${rolesOf(found)}, or attempts at one: what the trail missed is not in this report.`,
    next: 'Compare each with a reviewed change of your infrastructure code, see that the trail records everything again, and ask who made it.',
    section: 'out-of-band',
  };
}

/** Principals that can come to a role without Drawbridge. */
export function standing(report: Report, which: 'unconditional' | 'conditional'): Highlight | undefined {
  const roles = report.roles.flatMap(({ role, standing: all }) => {
    const fitting = all.filter(({ condition }) => (condition === undefined) === (which === 'unconditional'));
    return fitting.length === 0 ? [] : [{ role, count: fitting.length }];
  });
  if (roles.length === 0) return undefined;
  const count = roles.reduce((sum, role) => sum + role.count, 0);
  const names = listed(roles.map(({ role }) => role));
  const how = which === 'unconditional' ? 'at any time, without conditions' : 'under conditions';
  return {
    weight: which === 'unconditional' ? 'act' : 'look',
    sentence: `${counted(count, 'principal')} besides Drawbridge can assume ${names} ${how}.`,
    next: 'Take the principal out of the trust policy. What stays is drawbridge-credentials, with the ExternalId, a source identity and session tags.',
    section: 'standing',
  };
}

function rolesOf(findings: readonly FindingLine[]): string {
  return listed([...new Set(findings.map(({ role, about }) => role ?? about))].sort());
}

/** Elevations whose record somebody has changed by hand. */
export function damagedRecords({ damaged = [] }: Report): Highlight | undefined {
  if (damaged.length === 0) return undefined;
  return {
    weight: 'act',
    sentence: `The ${damaged.length === 1 ? 'record' : 'records'} of ${listed(damaged)} ${damaged.length === 1 ? 'is' : 'are'} not as sealed: somebody wrote to the table by hand.`,
    next: 'Compare the record with the audit log, and find out who may write to the table.',
    section: 'gaps',
  };
}
