import type { Actor, Assumption, Observation } from '../trail/observation.ts';
import type { BorrowerKind } from './survey.ts';

/** Who began a session, as one record tells. */
export type Beginner = {
  /** The same for one borrower in every record, also in the copy of the role's account, which has no names. */
  readonly key: string;
  readonly kind: BorrowerKind;
  readonly name: string;
  /** Where it is itself a role's session: who is behind it may be known. */
  readonly principalId?: string;
};

/** An observation of somebody who assumes a role. */
export type Assuming = Observation & { readonly assumed: Assumption };

/** Whether the call assumes a role. NB. SwitchRole is the console's word for an AssumeRole that the trail has too. */
export function isAssuming(observation: Observation): observation is Assuming {
  return observation.assumed !== undefined && observation.name.startsWith('AssumeRole');
}

/** Who assumes the role. A source identity cannot be changed along the way, so it names best. */
export function beginnerOf({ actor, assumed }: Assuming): Beginner {
  const identity = assumed.sourceIdentity ?? actor.sourceIdentity;
  if (identity !== undefined) return { key: `identity ${identity}`, kind: 'source-identity', name: identity };
  return byType(actor, assumed);
}

function byType(actor: Actor, { sessionName }: Assumption): Beginner {
  const { type, principalId, arn, account = '', invokedBy } = actor;
  const id = principalId ?? arn ?? account;
  switch (type) {
    case 'AWSService':
      return { key: `service ${invokedBy}`, kind: 'service', name: invokedBy ?? 'an AWS service' };
    case 'AssumedRole':
      return {
        key: id,
        kind: 'role',
        name: arn ?? id,
        ...(principalId === undefined ? {} : { principalId }),
      };
    case 'SAMLUser':
      return { key: `saml ${sessionName ?? id}`, kind: 'federated', name: sessionName ?? id };
    case 'WebIdentityUser':
      return { key: id, kind: 'web-identity', name: id };
    case 'AWSAccount':
      return {
        ...{ key: id, kind: 'account', name: `${id} of account ${account}` },
        ...(principalId === undefined ? {} : { principalId }),
      };
    default:
      return { key: id, kind: 'user', name: arn ?? id };
  }
}

/** Whether no person is behind it. */
export function isMachine(kind: BorrowerKind): boolean {
  return kind === 'service' || kind === 'web-identity';
}
