import { sha256 } from '../../../shared/adapters/system/crypto.ts';
import { instant } from '../../../shared/domain/instant.ts';
import type { Handle } from '../../../shared/domain/names.ts';
import type { SlackLinks } from '../../../shared/ports/slack-links.ts';
import { NOW } from '../../domain/story.ts';
import { freshPerson } from './elevations.ts';
import { freshUser, linkEvents, sealedLink, second } from './subjects.ts';

/** What everything that keeps links must do. */
export function describeSlackLinks(name: string, make: () => Promise<SlackLinks>): void {
  describe(name, () => {
    let links: SlackLinks;
    beforeAll(async () => {
      links = await make();
    }, 60_000);
    describeLinks(() => links);
    describePersons(() => links);
    describeCodes(() => links);
  });
}

const { linked, unlinked } = linkEvents;

function describeLinks(links: () => SlackLinks): void {
  test('of a user who was never linked there is no link', async () => {
    expect(await links().read(freshUser())).toBeUndefined();
  });

  test('a link reads back as it was written, also once it was undone and made anew', async () => {
    const user = freshUser();
    const history = [linked('david'), unlinked('david', second(1)), linked('dora', second(2))];
    for (const seen of [0, 1, 2]) {
      const next = sealedLink(user, ...history.slice(0, seen + 1));
      expect(await links().write(seen, next)).toBe(true);
      expect(await links().read(user)).toEqual(next);
    }
  });

  test('who has seen an older link, or none, changes nothing', async () => {
    const user = freshUser();
    const stands = sealedLink(user, linked('david'), unlinked('david'));
    expect(await links().write(0, sealedLink(user, linked('david')))).toBe(true);
    expect(await links().write(1, stands)).toBe(true);
    expect(await links().write(0, sealedLink(user, linked('mallory')))).toBe(false);
    expect(await links().write(1, sealedLink(user, linked('david'), linked('mallory')))).toBe(false);
    expect(await links().read(user)).toEqual(stands);
  });

  test('of twenty people at once one is linked', async () => {
    const user = freshUser();
    const rivals = Array.from({ length: 20 }, (_, n) => sealedLink(user, linked(`rival-${n}`)));
    const answers = await Promise.all(rivals.map((link) => links().write(0, link)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await links().read(user)).toEqual(rivals[answers.indexOf(true)]);
  });

  test('the same user id in another workspace is another user', async () => {
    const user = freshUser();
    await links().write(0, sealedLink(user, linked('david')));
    expect(await links().read({ ...user, team: 'T0ANOTHER' })).toBeUndefined();
  });
}

function describePersons(links: () => SlackLinks): void {
  test('a person has the users linked to them, the one linked first in front, and nobody else', async () => {
    const [person, other] = [freshPerson(), freshPerson()];
    const own = [3, 1, 2].map((n) => sealedLink(freshUser(), linked(person, second(n))));
    for (const link of [...own, sealedLink(freshUser(), linked(other))]) await links().write(0, link);
    expect(await links().ofPerson(person)).toEqual([own[1], own[2], own[0]]);
    expect(await links().ofPerson(freshPerson())).toEqual([]);
  });

  test('a link that was undone is nobody’s, and one made anew is of the new person', async () => {
    const [first, next, user] = [freshPerson(), freshPerson(), freshUser()];
    const history = [linked(first), unlinked(first), linked(next)];
    await links().write(0, sealedLink(user, ...history.slice(0, 1)));
    await links().write(1, sealedLink(user, ...history.slice(0, 2)));
    expect(await links().ofPerson(first)).toEqual([]);
    await links().write(2, sealedLink(user, ...history));
    expect(await links().ofPerson(first)).toEqual([]);
    expect(await links().ofPerson(next)).toEqual([sealedLink(user, ...history)]);
  });
}

const UNTIL = second(600);

function describeCodes(links: () => SlackLinks): void {
  /** A code that no other test has, kept for a new user. */
  async function keptCode() {
    const [user, person] = [freshUser(), freshPerson()];
    const code = sha256(user.user);
    await links().keepCode(code, user, UNTIL);
    const use = (by: Handle, now = NOW) => links().useCode(code, by, now);
    return { user, person, code, use };
  }

  test('a code that nobody was given is nobody’s', async () => {
    expect(await links().useCode(sha256(freshUser().user), freshPerson(), NOW)).toBeUndefined();
  });

  test('whoever uses a code first learns whose it is, every time; nobody else does', async () => {
    const { user, person, use } = await keptCode();
    expect(await use(person)).toEqual(user);
    expect(await use(freshPerson())).toBeUndefined();
    expect(await use(person, second(1))).toEqual(user);
  });

  test('a code is good to the end of its last millisecond', async () => {
    const [one, other] = [await keptCode(), await keptCode()];
    expect(await one.use(one.person, UNTIL)).toEqual(one.user);
    expect(await other.use(other.person, instant(UNTIL + 1))).toBeUndefined();
    expect(await one.use(one.person, instant(UNTIL + 1))).toBeUndefined();
  });

  test('who comes too late does not use the code up', async () => {
    const { user, person, use } = await keptCode();
    expect(await use(freshPerson(), instant(UNTIL + 1))).toBeUndefined();
    expect(await use(person)).toEqual(user);
  });

  test('of twenty people at once one uses the code', async () => {
    const { user, use } = await keptCode();
    const answers = await Promise.all(Array.from({ length: 20 }, () => use(freshPerson())));
    expect(answers.filter((answer) => answer !== undefined)).toEqual([user]);
  });

  test('a code that is kept again is as it was, and never becomes another user’s', async () => {
    const { user, person, code, use } = await keptCode();
    await links().keepCode(code, user, UNTIL);
    await expect(links().keepCode(code, freshUser(), UNTIL)).rejects.toThrow('code');
    expect(await use(person)).toEqual(user);
  });
}
