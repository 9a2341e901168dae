import { actionsOf } from './actions.ts';
import { assumptionOf } from './assumption.ts';
import type { ActionCatalogue } from './catalogue.ts';
import { changeOf } from './change.ts';
import { textAt } from './members.ts';
import type { Actor, Observation } from './observation.ts';
import { outcomeOf } from './outcome.ts';
import type { TrailCaller, TrailRecord } from './record.ts';
import { resourcesOf } from './resources.ts';

/** What a record says to the audit. */
export function observe(record: TrailRecord, catalogue: ActionCatalogue): Observation {
  const { id, sharedId, hash, addendum, at, account, region, source, name, error, ip } = record;
  const { mapping, actions } = actionsOf(record, catalogue);
  const assumed = assumptionOf(record);
  const changed = changeOf(record);
  return {
    id,
    ...(sharedId !== undefined && { sharedId }),
    hash,
    ...(addendum !== undefined && { addendum }),
    at,
    account,
    region,
    source,
    name,
    actions,
    mapping,
    outcome: failedSignIn(record) ? 'denied' : outcomeOf(error?.code, error?.message),
    ...(error !== undefined && { errorCode: error.code }),
    resources: takeResources(actions, catalogue) ? resourcesOf(record) : [],
    ...(ip !== undefined && { ip }),
    via: viaOf(record),
    actor: actorOf(record.caller),
    ...(assumed !== undefined && { assumed }),
    ...(changed !== undefined && { changed }),
  };
}

/** A sign-in that failed has no error code, and says so under its own name. */
function failedSignIn({ source, name, response }: TrailRecord): boolean {
  return source === 'signin.amazonaws.com' && textAt(response, name) === 'Failure';
}

/** Actions that take no resources are allowed by `*` alone, whatever the call was about; of others nothing is known. */
function takeResources(actions: readonly string[], catalogue: ActionCatalogue): boolean {
  return actions.length === 0 || actions.some((action) => takesResources(action, catalogue));
}

function takesResources(action: string, catalogue: ActionCatalogue): boolean {
  const [service = '', name = ''] = action.split(':');
  return catalogue.action(service, name)?.hasResources !== false;
}

/** As the console calls itself ("userAgent" in the record contents of the CloudTrail User Guide). */
const CONSOLE_AGENTS: ReadonlySet<string> = new Set(['signin.amazonaws.com', 'console.amazonaws.com']);

/** NB. A service that calls on with a console session's rights is a service. */
function viaOf({ caller, type, userAgent, fromConsole }: TrailRecord): Observation['via'] {
  const console = CONSOLE_AGENTS.has(caller.invokedBy ?? userAgent ?? '') || type.startsWith('AwsConsole');
  if (console) return 'console';
  if (caller.invokedBy !== undefined || caller.type === 'AWSService' || type === 'AwsServiceEvent')
    return 'service';
  return fromConsole === true ? 'console' : 'api';
}

/** The caller without the access key and MFA: they tell sessions apart no better, and the key is nobody's business. */
function actorOf({ accessKeyId: _key, mfa: _mfa, ...actor }: TrailCaller): Actor {
  return actor;
}
