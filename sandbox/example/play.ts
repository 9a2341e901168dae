import type { Broker } from '../../shared/app/broker.ts';
import { decideElevation } from '../../shared/app/decide-elevation.ts';
import { issueCredentials } from '../../shared/app/issue-credentials.ts';
import { requestElevation } from '../../shared/app/request-elevation.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import { minutes, parseDuration } from '../../shared/domain/duration.ts';
import type { ElevationId } from '../../shared/domain/elevation-id.ts';
import { before } from '../../shared/domain/instant.ts';
import { parseHandle, parseRoleName } from '../../shared/domain/names.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { AwsCalls } from '../demo/aws-calls.ts';
import type { ExampleCloud } from './cloud.ts';
import type { AwsCall, Deed } from './week.ts';

/** What deeds are done with; `wait` lets so many seconds pass. */
export type Stage = {
  readonly broker: Broker;
  readonly cloud: ExampleCloud;
  readonly wait: (seconds: number) => void;
  /** Elevations by the names that the week has for them. */
  readonly elevations: Map<string, ElevationId>;
  /** Calls with the credentials that were issued last for an elevation. */
  readonly sessions: Map<string, AwsCalls>;
};

/** Does what the deed says. NB. What the rules or AWS refuse is a part of the week, and goes into the report. */
export async function play(stage: Stage, deed: Deed): Promise<void> {
  const { broker, cloud } = stage;
  switch (deed.does) {
    case 'ask':
      return asked(stage, deed);
    case 'use':
      return used(stage, deed);
    case 'use again':
      return call(stage, known(stage.sessions.get(deed.what), deed.what), deed.calls);
    case 'go round': {
      const { value } = await cloud.callsWith(cloud.keysOf(deed.who)).assumeRole(deed.role);
      return value && call(stage, cloud.callsWith(value), deed.calls);
    }
    case 'change role':
      return cloud.addPolicy(deed.who, deed.role, deed.policy, documentOf(deed.grants));
    case 'approve':
    case 'deny':
    case 'withdraw':
    case 'return':
    case 'revoke': {
      const by = caller(broker, deed.who);
      await decideElevation(broker, idOf(stage, deed.what), { type: deed.does, by });
      return undefined;
    }
    default:
      return deed satisfies never;
  }
}

async function asked({ broker, elevations }: Stage, deed: Extract<Deed, { does: 'ask' }>): Promise<void> {
  const { who, as, reason, ticket } = deed;
  const ask = {
    role: known(parseRoleName(deed.role), deed.role),
    duration: known(parseDuration(deed.for), deed.for),
    ...{ reason, ...(ticket === undefined ? {} : { ticket }) },
  };
  const { elevation } = granted(await requestElevation(broker, caller(broker, who), ask, undefined));
  elevations.set(as, elevation.request.id);
}

async function used(stage: Stage, { who, what, calls }: Extract<Deed, { does: 'use' }>): Promise<void> {
  const { broker, cloud, sessions } = stage;
  const issuing = { ...broker, issuer: cloud.issuer };
  const issued = granted(await issueCredentials(issuing, caller(broker, who), idOf(stage, what)));
  const session = cloud.callsWith(issued.credentials);
  sessions.set(what, session);
  await call(stage, session, calls);
}

/** One call after the other, some seconds apart. */
async function call({ wait }: Stage, session: AwsCalls, calls: readonly AwsCall[]): Promise<void> {
  for (const [what, bucket = '', key = ''] of calls) {
    wait(20);
    if (what === 'list buckets') await session.listBuckets();
    else if (what === 'read') await session.read(bucket, key);
    else await session.write(bucket, key, 'Sale');
  }
}

/** A person with a token that proves MFA a minute ago. */
function caller({ clock }: Broker, who: string): Caller {
  return {
    ...{ person: known(parseHandle(who), who), door: 'oidc', tokenGroups: [] },
    mfa: { kind: 'token', evidence: 'amr:hwk', at: before(clock(), minutes(1)) },
  };
}

function documentOf({ action, resource }: { readonly action: string; readonly resource: string }): string {
  const Statement = [{ Effect: 'Allow', Action: action, Resource: resource }];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

function idOf({ elevations }: Stage, name: string): ElevationId {
  return known(elevations.get(name), name);
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The week speaks of ${what}, which there is not.`);
  return value;
}

function granted<T>(outcome: Outcome<T>): T {
  if ('refusal' in outcome) throw new Error(`The week cannot go on: ${outcome.refusal.detail}`);
  return outcome.value;
}
