import type { Telling } from '../../../shared/app/desired-message.ts';
import type { Access, Person } from '../../../shared/domain/access.ts';
import type { Instant } from '../../../shared/domain/instant.ts';
import type { Handle } from '../../../shared/domain/names.ts';
import { needing, type Recorded } from '../../domain/record.ts';
import { NOW, STORY } from '../../domain/story.ts';
import { duration, handle, userArn } from '../../domain/values.ts';

/** Where the API of these tests is reached. */
export const API_URL = 'https://api.example.com/prod';

/** Slack's user of each person who has one. */
export const USERS: ReadonlyMap<Handle, readonly string[]> = new Map([
  [handle('david'), ['U0DAVID']],
  [handle('ruth'), ['U0RUTH']],
  [handle('rob'), ['U0ROB']],
]);

const ISSUER = 'https://idp.example.com';

function withIdentities(one: Person): Person {
  const iam = one.handle === 'david' ? [userArn('arn:aws:iam::111111111111:user/David')] : [];
  return { ...one, iam, oidc: [{ issuer: ISSUER, subject: `00u1${one.handle}` }] };
}

/** The file of the domain's story with Slack, one identity provider, and an IAM user for David alone. */
export const ACCESS: Access = {
  ...STORY,
  providers: [
    {
      issuer: ISSUER,
      accepts: { claim: 'aud', value: 'drawbridge' },
      mfa: { amr: ['hwk'], acr: [], acrs: [] },
    },
  ],
  people: new Map([...STORY.people].map(([name, one]) => [name, withIdentities(one)])),
  slack: {
    team: 'T024BE7LD',
    app: 'A0DRAWBRIDGE',
    channel: 'C0REQUESTS',
    remind: { after: duration('20m'), most: 3 },
  },
};

/** That file where David's role needs so many approvals, of whom no MFA is asked if so said. */
export function accessNeeding(count: number, approversProveMfa = true): Access {
  const access = needing(count, ACCESS);
  return approversProveMfa ? access : { ...access, rules: access.rules.map(withoutApproversMfa) };
}

function withoutApproversMfa(rule: Access['rules'][number]): Access['rules'][number] {
  if (rule.kind === 'deny' || rule.approval === undefined) return rule;
  const { mfaWithin: _, ...approval } = rule.approval;
  return { ...rule, approval };
}

/** What is told of a record at that moment. */
export function telling(record: Recorded, now: Instant = NOW, users = USERS): Telling {
  return { ...record, now, users };
}
