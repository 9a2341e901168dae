import type { Mistake, Path } from '../complaint.ts';
import type { Draft } from '../draft.ts';

/** A thing that may occur once: its key, where it stands, and how a sentence names whom it belongs to. */
type Claim = { readonly key: string; readonly owner: string; readonly path: Path };

/** Nothing that must be told apart is written twice: identities, providers, rules, target roles. */
export function toldApart(draft: Draft): Mistake[] {
  return [
    ...repeated(
      identityClaims(draft),
      ({ key }, first) => `Remove ${key} from one of the two: it already belongs to ${first.owner}.`,
    ),
    ...repeated(
      providerClaims(draft),
      () => 'Remove one of the two: this issuer and audience are already listed.',
    ),
    ...repeated(
      draft.rules.flatMap((rule, index) =>
        rule.name === undefined ? [] : [{ key: rule.name, owner: rule.name, path: ['rules', index, 'name'] }],
      ),
      ({ key }) => `Rename one of the two rules "${key}": elevations refer to rules by name.`,
    ),
    ...repeated(
      roleClaims(draft),
      (_, first) => `Remove one of the two: ${first.owner} already stands for this IAM role.`,
    ),
  ];
}

function repeated(claims: readonly Claim[], sentence: (claim: Claim, first: Claim) => string): Mistake[] {
  const firsts = new Map<string, Claim>();
  return claims.flatMap((claim): Mistake[] => {
    const first = firsts.get(claim.key);
    if (first === undefined) firsts.set(claim.key, claim);
    return first === undefined ? [] : [{ path: claim.path, sentence: sentence(claim, first) }];
  });
}

function identityClaims({ people }: Draft): Claim[] {
  return [...people].flatMap(([owner, { iam = [], oidc = [], slack = [] }]) => {
    const at = (door: string) => ['people', owner, door];
    return [
      ...iam.map((arn) => ({ key: arn, owner, path: at('iam') })),
      ...oidc.map(({ issuer, subject }) => {
        return { key: `the subject ${subject} of ${issuer}`, owner, path: at('oidc') };
      }),
      ...slack.map(({ team, user }) => ({
        key: `${team}/${user}`,
        owner,
        path: at('slack'),
      })),
    ];
  });
}

function providerClaims({ identity }: Draft): Claim[] {
  return identity.oidc.flatMap((provider, index): Claim[] => {
    if (provider === undefined) return [];
    const { issuer, accepts } = provider;
    return [
      {
        key: `${issuer} ${accepts.claim} ${accepts.value}`,
        owner: issuer,
        path: ['identity', 'oidc', index],
      },
    ];
  });
}

/**
 * In one account a role's name is unique whatever its path, and case does not distinguish names:
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html. Two entries for one role could not be
 * told apart by what CloudTrail records of it.
 */
function roleClaims({ roles }: Draft): Claim[] {
  return [...roles].flatMap(([owner, { arn }]): Claim[] => {
    if (arn === undefined) return [];
    const [, , , , account = '', resource = ''] = arn.split(':');
    const name = resource.slice(resource.lastIndexOf('/') + 1).toLowerCase();
    return [{ key: `${account} ${name}`, owner, path: ['roles', owner, 'arn'] }];
  });
}
