import type { Access, Person } from './access.ts';
import type { Handle } from './names.ts';

/** Who uses an IAM user, by the user's whole ARN. Built once: a file can hold thousands of people. */
export function peopleByUserArn(access: Access): ReadonlyMap<string, Handle> {
  const people = new Map<string, Handle>();
  for (const { handle, iam } of access.people.values()) {
    for (const { text } of iam) claim(people, text, handle);
  }
  return people;
}

/** Who a token's subject is, by issuer and, within it, subject. */
export function peopleBySubject(access: Access): ReadonlyMap<string, ReadonlyMap<string, Handle>> {
  return twoSteps(access, ({ oidc }) => oidc.map(({ issuer, subject }) => [issuer, subject]));
}

/** Who a Slack user is by the access file, by team and, within it, user. */
export function peopleBySlackUser(access: Access): ReadonlyMap<string, ReadonlyMap<string, Handle>> {
  return twoSteps(access, ({ slack }) => slack.map(({ team, user }) => [team, user]));
}

/** NB. With two people behind one identity somebody could approve their own request, so nothing starts. */
function claim(people: Map<string, Handle>, identity: string, handle: Handle): void {
  const holder = people.get(identity) ?? handle;
  if (holder !== handle) {
    throw new Error(`${identity} belongs to ${holder} and to ${handle}. Remove it from one of them.`);
  }
  people.set(identity, handle);
}

function twoSteps(
  access: Access,
  identitiesOf: (person: Person) => readonly (readonly [string, string])[],
): ReadonlyMap<string, ReadonlyMap<string, Handle>> {
  const people = new Map<string, Map<string, Handle>>();
  for (const person of access.people.values()) {
    for (const [outer, inner] of identitiesOf(person)) {
      const within = people.get(outer) ?? new Map<string, Handle>();
      claim(within, inner, person.handle);
      people.set(outer, within);
    }
  }
  return people;
}
