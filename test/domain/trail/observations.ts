import { type Instant, instant } from '../../../shared/domain/instant.ts';
import type { ElevationStory } from '../../../shared/domain/report/story.ts';
import type { ActionCatalogue } from '../../../shared/domain/trail/catalogue.ts';
import type { Actor, Observation } from '../../../shared/domain/trail/observation.ts';
import { watchedRoles } from '../../../shared/domain/trail/places.ts';
import type { TrailCaller, TrailRecord } from '../../../shared/domain/trail/record.ts';
import { after, asked, requestFor } from '../record.ts';
import { caller, catalogRole, NOW } from '../story.ts';
import { hash } from '../values.ts';

/** The elevation of the tests, and another one. */
export const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
export const OTHER_ID = '01ARZ3NDEKTSV4RRFFQ69G5FAW';
export const OURS = `dbr+david+${ID}`;
export const UPDATE_APP = 'arn:aws:iam::999999999999:role/UpdateApp';
export const ISSUER = 'arn:aws:iam::222222222222:role/drawbridge/drawbridge-credentials';

/** The catalog has UpdateApp and one role with a path. */
export const WATCHED = watchedRoles({
  roles: new Map(
    [
      catalogRole('update-app', UPDATE_APP),
      catalogRole('deploy', 'arn:aws:iam::999999999999:role/apps/Deploy'),
    ].map((role) => [role.name, role]),
  ),
});

/** So many seconds after the morning of the story. */
export function second(n: number): Instant {
  return instant(NOW + n * 1000);
}

/** A record of an API call, with what a test says of it. */
export function record(more: Partial<TrailRecord> = {}): TrailRecord {
  return {
    id: 'e1',
    hash: hash('1'),
    at: NOW,
    source: 's3.amazonaws.com',
    name: 'GetObject',
    type: 'AwsApiCall',
    region: 'eu-central-1',
    account: '999999999999',
    caller: sessionOf(UPDATE_APP, `${OURS}+1`, OURS),
    parameters: null,
    response: null,
    resources: [],
    ...more,
  };
}

/** The caller that a role's session is. */
export function sessionOf(roleArn: string, name: string, sourceIdentity?: string): TrailCaller {
  const [, , , , account, role] = roleArn.split(':');
  const short = role?.split('/').at(-1);
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${account}:assumed-role/${short}/${name}`,
    principalId: `AROA${short?.toUpperCase()}:${name}`,
    account: String(account),
    roleArn,
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  };
}

/** The principal id of a session of UpdateApp. */
export function updateAppId(name: string): string {
  return `AROAUPDATEAPP:${name}`;
}

/** An observation of an allowed GetObject by the first session, with what a test says of it. */
export function seen(more: Partial<Observation> = {}): Observation {
  return {
    id: 'e1',
    hash: hash('1'),
    at: second(60),
    account: '999999999999',
    region: 'eu-central-1',
    source: 's3.amazonaws.com',
    name: 'GetObject',
    actions: ['s3:GetObject'],
    mapping: 'mapped',
    outcome: 'allowed',
    resources: [],
    via: 'api',
    actor: sessionOf(UPDATE_APP, `${OURS}+1`, OURS),
    ...more,
  };
}

/** The issuer as its own account sees it. */
export const THE_ISSUER: Actor = sessionOf(ISSUER, 'drawbridge-dev-credentials');

/** Drawbridge assumes UpdateApp, as the role's account sees it. */
export function issue(n: number, more: Partial<Observation> = {}): Observation {
  const name = `${OURS}+${n}`;
  return seen({
    id: `issue-${n}`,
    at: second(30),
    source: 'sts.amazonaws.com',
    name: 'AssumeRole',
    actions: ['sts:AssumeRole'],
    actor: {
      type: 'AWSAccount',
      principalId: 'AROAISSUER:drawbridge-dev-credentials',
      account: '222222222222',
    },
    assumed: {
      roleArn: UPDATE_APP,
      sessionName: name,
      sourceIdentity: OURS,
      assumedRoleId: updateAppId(name),
    },
    ...more,
  });
}

type Told = {
  readonly issues?: number;
  readonly recorded?: number;
  readonly last?: readonly ('return' | 'revoke')[];
};

/** David's hour from 09:00, approved at once, with this usage; so many sets of credentials were intended and recorded. */
export function story(
  usage: readonly Observation[],
  { issues = 1, recorded = issues, last = [] }: Told = {},
): ElevationStory {
  const first = asked(requestFor(1));
  const approve = { type: 'approve', by: caller('ruth'), digest: first.elevation.digest } as const;
  const approved = after(first, NOW, approve);
  const issued = Array.from({ length: issues }).reduce<typeof approved>(
    (one) => after(one, NOW, { type: 'issue', by: caller('david') }),
    approved,
  );
  const ended = last.reduce(
    (one, type) => after(one, second(600), { type, by: caller(type === 'return' ? 'david' : 'ruth') }),
    issued,
  );
  return {
    elevation: ended.elevation,
    history: ended.history,
    sessions: Array.from({ length: recorded }, (_, index) => ({
      n: index + 1,
      assumedRoleId: updateAppId(`${OURS}+${index + 1}`),
      issuedAt: second(30),
      expiresAt: second(930),
    })),
    usage,
  };
}

/** A catalogue that has every action; those that list or describe, by their names, take no resources. */
export const EVERYTHING: ActionCatalogue = {
  version: 'everything',
  action: (service, name) => ({
    action: `${service}:${name}`,
    level: 'Read',
    hasResources: !/^Describe|^ListAllMyBuckets$/.test(name),
  }),
  actionsOf: () => [],
  services: [],
};
