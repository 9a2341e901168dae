import type { Access, OidcProvider, Person } from '../../../shared/domain/access.ts';
import { parseUserArn, type UserArn } from '../../../shared/domain/arn.ts';
import { minutes } from '../../../shared/domain/duration.ts';
import type { Hash } from '../../../shared/domain/hash.ts';
import { type Handle, parseHandle, parseRuleName, parseTokenGroup } from '../../../shared/domain/names.ts';

/** A value that must be there, in a test. */
export function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The test is wrong: there is no such value.');
  return value;
}

/** A handle that the test knows to be one. */
export function handle(text: string): Handle {
  return given(parseHandle(text));
}

/** An IAM user's ARN that the test knows to be one. */
export function userArn(text: string): UserArn {
  return given(parseUserArn(text));
}

/** A person with these identities. */
export function person(name: string, identities: Partial<Omit<Person, 'handle'>> = {}): Person {
  return { handle: handle(name), iam: [], oidc: [], slack: [], ...identities };
}

/** A provider that accepts the audience `drawbridge` and takes `amr: hwk` for MFA. */
export function provider(issuer: string, differing: Partial<OidcProvider> = {}): OidcProvider {
  return {
    issuer,
    accepts: { claim: 'aud', value: 'drawbridge' },
    groupsClaim: 'groups',
    mfa: { amr: ['mfa', 'hwk'], acr: ['urn:example:mfa'], acrs: ['c1'] },
    ...differing,
  };
}

/** An access file with these people and providers, and one rule that names the groups `idp:Platform` and `idp:Leads`. */
export function accessOf(people: readonly Person[], providers: readonly OidcProvider[] = []): Access {
  return {
    version: '0'.repeat(64) as Hash,
    hub: { account: '222222222222', region: 'us-east-1', partition: 'aws' },
    providers,
    people: new Map(people.map((one) => [one.handle, one])),
    groups: new Map(),
    roles: new Map(),
    rules: [
      {
        kind: 'allow',
        name: given(parseRuleName('platform')),
        who: [{ kind: 'idp', name: given(parseTokenGroup('Platform')) }],
        roles: new Set(),
        longest: minutes(60),
        reasonMin: 0,
        approval: {
          by: [{ kind: 'idp', name: given(parseTokenGroup('Leads')) }],
          count: 1,
          within: minutes(60),
        },
      },
    ],
    admins: [],
    auditors: [],
    limits: { pending: 5, requests: { count: 20, per: minutes(60) } },
  };
}
