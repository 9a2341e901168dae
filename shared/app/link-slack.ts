import { isAmong } from '../domain/access.ts';
import type { Caller } from '../domain/caller.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import { unmet } from '../domain/condition.ts';
import { minutes } from '../domain/duration.ts';
import { elevationIdOf } from '../domain/elevation-id.ts';
import { after, type Instant } from '../domain/instant.ts';
import { mfaCondition } from '../domain/mfa.ts';
import type { Handle } from '../domain/names.ts';
import { type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
import { stepUp } from '../domain/refusals.ts';
import { type LinkEvent, personOf, type SlackLink, type SlackUser } from '../domain/slack.ts';
import type { SealedLink, SlackLinks } from '../ports/slack-links.ts';
import type { Broker } from './broker.ts';
import { NOT_FOUND } from './elevation-book.ts';

/** What links between Slack users and people are made and read with. */
export type LinkingBroker = Omit<Broker, 'store' | 'rate'> & {
  readonly links: SlackLinks;
  /** Whom the access file itself names, by team and user; that is never overruled. */
  readonly usersOfFile: ReadonlyMap<string, ReadonlyMap<string, Handle>>;
};

/** What is enough to tell who a Slack user is. */
export type LinkReader = Pick<LinkingBroker, 'access' | 'links' | 'usersOfFile' | 'seal' | 'log'>;

/** The Slack user as a caller: the person whom the access file names, or a link whose seal is true. */
export async function slackCaller(broker: LinkReader, user: SlackUser): Promise<Caller | undefined> {
  const person = personOfFile(broker, user) ?? (await personOfLink(broker, user));
  if (person === undefined || !broker.access.people.has(person)) return undefined;
  return { person, door: 'slack', tokenGroups: [], mfa: { kind: 'absent' } };
}

/** A link with where it comes from: the access file, or a code that was confirmed. */
export type KnownLink = { readonly user: SlackUser; readonly from: 'access-file' | 'code' };

/** The Slack users of a person; eventually consistent, and only links whose seals are true. */
export async function slackUsersOf(broker: LinkReader, person: Handle): Promise<readonly KnownLink[]> {
  const fromFile = broker.access.people.get(person)?.slack ?? [];
  const stored = await broker.links.ofPerson(person);
  const linked = await Promise.all(
    stored.map(async (link) =>
      (await isTrue(broker, link)) && personOf(link) === person ? link.of : undefined,
    ),
  );
  return [
    ...fromFile.map((user): KnownLink => ({ user, from: 'access-file' })),
    ...linked
      .filter((user) => user !== undefined)
      .filter((user) => personOfFile(broker, user) === undefined)
      .map((user): KnownLink => ({ user, from: 'code' })),
  ];
}

/** How long a code is good for. */
const CODE_LIFE = minutes(10);

/** 80 bits, as the last of an id's 26 characters. */
const CODE_CHARACTERS = 16;

/** A one-time code for a Slack user, to be confirmed at a door that knows the person. Only its hash is kept. */
export async function newLinkCode(
  broker: LinkingBroker,
  user: SlackUser,
): Promise<{ readonly code: string; readonly validUntil: Instant }> {
  const code = elevationIdOf(broker.randomBytes(16)).slice(-CODE_CHARACTERS);
  const validUntil = after(broker.clock(), CODE_LIFE);
  await broker.links.keepCode(broker.sha256(code), user, validUntil);
  return { code, validUntil };
}

/** Whoever is linked may approve wherever a rule lets Slack do so: a token alone is not enough to become that. */
const LINK_MFA = minutes(15);

/** Links the Slack user whose code it is to the caller, who has just proved MFA. Repeated it answers the same. */
export async function confirmLink(
  broker: LinkingBroker,
  by: Caller,
  code: string,
): Promise<Outcome<SlackLink>> {
  const demand = { within: LINK_MFA, backFrom: broker.clock(), boundIsEnough: false };
  const mfa = mfaCondition(demand, by.mfa);
  if (unmet([mfa]).length > 0) return refuse(stepUp([mfa], LINK_MFA));
  const user = await broker.links.useCode(broker.sha256(code), by.person, broker.clock());
  if (user === undefined || user.team !== broker.access.slack?.team) return refuse(UNKNOWN_CODE);
  const named = personOfFile(broker, user);
  if (named !== undefined) return refuse(IN_ACCESS_FILE);
  return changed(broker, user, (current, at) => {
    if (current === by.person) return { value: [] };
    if (current !== undefined) return refuse(LINKED_OTHERWISE);
    return { value: [{ type: 'slack-linked', person: by.person, by, at }] };
  });
}

/** Undoes a link: one's own, or, for admins, anybody's. */
export async function unlinkSlack(
  broker: LinkingBroker,
  by: Caller,
  user: SlackUser,
): Promise<Outcome<SlackLink>> {
  const named = personOfFile(broker, user);
  const isAdmin = isAmong(broker.access, broker.access.admins, by.person);
  if (named !== undefined) return refuse(named === by.person || isAdmin ? IN_ACCESS_FILE : NOT_FOUND);
  return changed(broker, user, (current, at) => {
    if (current === undefined || (current !== by.person && !isAdmin)) return refuse(NOT_FOUND);
    return { value: [{ type: 'slack-unlinked', person: current, by, at }] };
  });
}

/** The link with its history, where there is one and its seal is true; a false seal is refused. */
export async function openLink(
  broker: LinkReader,
  user: SlackUser,
): Promise<Outcome<SealedLink | undefined>> {
  const stored = await broker.links.read(user);
  if (stored === undefined || (await isTrue(broker, stored))) return { value: stored };
  broker.log('error', 'slack-link-damaged', { ...user });
  return refuse(DAMAGED_LINK);
}

const MOST_TRIES = 4;

async function changed(
  broker: LinkingBroker,
  user: SlackUser,
  decide: (current: Handle | undefined, at: Instant) => Outcome<readonly LinkEvent[]>,
): Promise<Outcome<SlackLink>> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const opened = await openLink(broker, user);
    if ('refusal' in opened) return opened;
    const current: SlackLink = opened.value ?? { of: user, history: [] };
    const decided = decide(personOf(current), broker.clock());
    if ('refusal' in decided) return decided;
    if (decided.value.length === 0) return { value: current };
    const next: SlackLink = { of: user, history: [...current.history, ...decided.value] };
    const seal = await broker.seal.seal(sealedText(next));
    if (await broker.links.write(current.history.length, { ...next, seal })) return { value: next };
  }
  return refuse(CONTENDED);
}

function personOfFile({ usersOfFile }: LinkReader, { team, user }: SlackUser): Handle | undefined {
  return usersOfFile.get(team)?.get(user);
}

async function personOfLink(broker: LinkReader, user: SlackUser): Promise<Handle | undefined> {
  const opened = await openLink(broker, user);
  return 'refusal' in opened || opened.value === undefined ? undefined : personOf(opened.value);
}

function isTrue({ seal }: LinkReader, link: SealedLink): Promise<boolean> {
  return seal.verify(sealedText(link), link.seal);
}

/** What is sealed: whose link it is, and all that happened to it. */
function sealedText({ of, history }: SlackLink): string {
  return `drawbridge slack link 1\n${canonicalJson({ of, history })}`;
}

const UNKNOWN_CODE: Refusal = {
  code: 'unknown-link-code',
  detail:
    'There is no such code, or it was used or is older than 10 minutes. Get a new one: /drawbridge link',
};
const LINKED_OTHERWISE: Refusal = {
  code: 'linked-otherwise',
  detail: 'This Slack user is linked to another person. They unlink it first: /drawbridge unlink',
};
const IN_ACCESS_FILE: Refusal = {
  code: 'linked-otherwise',
  detail: 'The access file says who this Slack user is. Change it there.',
};
const DAMAGED_LINK: Refusal = {
  code: 'record-damaged',
  detail: 'The stored link does not match its seal, so it is nobody’s. Tell the operators.',
};
const CONTENDED: Refusal = {
  code: 'contended',
  detail: 'Others are changing this link at the same moment. Nothing was done; try again.',
};
