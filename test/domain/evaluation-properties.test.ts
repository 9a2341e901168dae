import fc from 'fast-check';
import type { Access, Rule } from '../../shared/domain/access.ts';
import { denying, evaluate } from '../../shared/domain/evaluation.ts';
import { allowRule, denyRule, question } from './arbitraries.ts';
import { oracle } from './oracle.ts';
import { allow, catalogRole, deny, groups, person } from './story.ts';
import { duration, handle, roleName, tokenGroup } from './values.ts';

type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

const RUNS = { numRuns: 1000 };

/** What the rules say to a question, or to the same question under other rules. */
function say({ access, caller, ask, now }: Question, rules: readonly Rule[] = access.rules) {
  return evaluate({ ...access, rules }, caller, ask, now);
}

/** The outcome and its rule, in the oracle's words. */
function told(evaluation: ReturnType<typeof evaluate>): string {
  return 'rule' in evaluation ? `${evaluation.outcome} by ${evaluation.rule.name}` : evaluation.outcome;
}

/** The rules with one more at some place. */
function withOneMore(rules: readonly Rule[], rule: Rule, place: number): readonly Rule[] {
  return rules.toSpliced(place % (rules.length + 1), 0, rule);
}

test('evaluateAgreesWithTheOracle: two implementations say the same of any file and any ask', () => {
  const said = new Set<string>();
  fc.assert(
    fc.property(question, (asked) => {
      const outcome = told(say(asked));
      said.add(outcome.split(' ')[0] ?? '');
      expect(outcome).toBe(oracle(asked.access, asked.caller, asked.ask, asked.now));
    }),
    { numRuns: 5000 },
  );
  expect([...said].sort()).toEqual(['allowed', 'denied', 'not-allowed', 'not-yet']);
});

test('denyOverridesAllow: a deny rule that names person and role decides, wherever it stands', () => {
  fc.assert(
    fc.property(question, fc.nat(), (asked, place) => {
      const never = deny('never', [`person:${asked.caller.person}`], [asked.ask.role]);
      expect(say(asked, withOneMore(asked.access.rules, never, place)).outcome).toBe('denied');
    }),
    RUNS,
  );
});

test('defaultDeny: where no allow rule names the role, nobody gets it', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const others = asked.access.rules.filter(
        (rule) => rule.kind === 'deny' || !rule.roles.has(asked.ask.role),
      );
      expect(['denied', 'not-allowed']).toContain(say(asked, others).outcome);
    }),
    RUNS,
  );
});

test('firstFittingRuleGoverns: rules behind the governing one change nothing, and those before it fit no better', () => {
  fc.assert(
    fc.property(question, allowRule('behind'), (asked, behind) => {
      const said = say(asked);
      fc.pre(said.outcome === 'allowed' || said.outcome === 'not-yet');
      expect(say(asked, [...asked.access.rules, behind])).toEqual(said);
      const place = asked.access.rules.findIndex(({ name }) => name === said.rule.name);
      expect(say(asked, asked.access.rules.slice(0, place)).outcome).toBe('not-allowed');
      expect(say(asked, asked.access.rules.slice(place))).toEqual(said);
    }),
    RUNS,
  );
});

test('addingADenyNeverAllows: one more deny leaves the answer or makes it a denial', () => {
  fc.assert(
    fc.property(question, denyRule('one-more'), fc.nat(), (asked, rule, place) => {
      const [was, is] = [say(asked), say(asked, withOneMore(asked.access.rules, rule, place))];
      if (is.outcome !== 'denied') expect(is).toEqual(was);
    }),
    RUNS,
  );
});

test('removingAnAllowNeverAllowsMore: with an allow rule less, who was not allowed still is not', () => {
  fc.assert(
    fc.property(question, fc.nat(), (asked, place) => {
      fc.pre(asked.access.rules.length > 0 && say(asked).outcome === 'not-allowed');
      const removed = asked.access.rules[place % asked.access.rules.length];
      const rest = asked.access.rules.filter((rule) => rule !== removed);
      expect(say(asked, rest).outcome).toBe('not-allowed');
    }),
    RUNS,
  );
});

test('unrelatedEditsChangeNothing: other people, groups, roles and rules are nothing to an ask', () => {
  fc.assert(
    fc.property(question, fc.nat(), (asked, place) => {
      const edited = { ...asked, access: unrelatedEdits(asked.access, place) };
      expect(say(edited)).toEqual(say(asked));
    }),
    RUNS,
  );
});

function unrelatedEdits(access: Access, place: number): Access {
  const other = [
    allow('other-role', ['group:dev'], ['other']),
    deny('other-person', ['person:zoe'], ['app']),
  ];
  const rules = other.reduce<readonly Rule[]>((all, rule) => withOneMore(all, rule, place), access.rules);
  const otherRole = catalogRole('other', 'arn:aws:iam::999999999999:role/Other');
  return {
    ...access,
    rules,
    people: new Map([...access.people, [handle('zoe'), person('zoe')]]),
    groups: new Map([...access.groups, ...groups({ zoo: ['zoe'] })]),
    roles: new Map([[otherRole.name, otherRole], ...access.roles]),
    limits: { pending: 1, requests: { count: 1, per: duration('1h') } },
  };
}

test('namesAreMatchedWhole: rules for app, ann and dev say nothing of names that hold theirs', () => {
  const longer = fc.constantFrom('app-read', 'app2', 'ap', 'xapp', 'app.');
  fc.assert(
    fc.property(question, longer, fc.constantFrom('anna', 'an', 'xann'), (asked, role, other) => {
      const access = {
        ...asked.access,
        groups: groups({ dev: ['ann'], 'dev-ops': [other] }),
        roles: new Map([[roleName(role), catalogRole(role, 'arn:aws:iam::999999999999:role/R')]]),
        rules: [
          deny('no', ['person:ann'], ['app']),
          allow('yes', ['person:ann', 'group:dev', 'idp:dev'], ['app'], { reasonMin: 0 }),
        ],
      };
      const atOtherRole = { ...asked, access, ask: { ...asked.ask, role: roleName(role) } };
      const byOther = {
        ...asked,
        ask: { ...asked.ask, role: roleName('app') },
        caller: {
          ...asked.caller,
          person: handle(other),
          tokenGroups: ['de', 'devs', 'Dev'].map(tokenGroup),
        },
        access: { ...access, roles: asked.access.roles },
      };
      expect([say(atOtherRole).outcome, say(byOther).outcome]).toEqual(['not-allowed', 'not-allowed']);
    }),
    RUNS,
  );
});

test('tokenGroupsNeverCountInDeny: what a token lists neither denies nor saves from a deny', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const everything = [...asked.access.groups.keys()].map((name) => tokenGroup(name));
      const listing = { ...asked, caller: { ...asked.caller, tokenGroups: everything } };
      const { access, caller, ask } = asked;
      const deny = denying(access, caller.person, ask.role);
      expect(say(listing).outcome === 'denied').toBe(deny !== undefined);
      expect(say(asked).outcome === 'denied').toBe(deny !== undefined);
    }),
    RUNS,
  );
});

test('aGroupOfTheFileIsNoneOfTheToken: a token’s groups lend nothing where no rule names idp:', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const rules = asked.access.rules.filter(({ who }) => who.every(({ kind }) => kind !== 'idp'));
      const seen = [...asked.access.groups.keys()];
      const listing = { ...asked, caller: { ...asked.caller, tokenGroups: seen } };
      expect(say(listing, rules)).toEqual(say(asked, rules));
    }),
    RUNS,
  );
});

test('anErrorCountsAsUnmet: a rule that cannot be evaluated never governs', () => {
  const broken = { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440, timeZone: 'Europe/Nowhere' };
  fc.assert(
    fc.property(question, fc.nat(), (asked, place) => {
      const who = [`person:${asked.caller.person}`];
      const lost = allow('broken', who, [asked.ask.role], {
        reasonMin: 0,
        longest: duration('4h'),
        hours: broken,
      });
      const [was, is] = [say(asked), say(asked, withOneMore(asked.access.rules, lost, place))];
      expect(told(is)).toBe(told(was));
      if (is.outcome !== 'not-allowed') return;
      expect(is.conditions).toContainEqual(expect.objectContaining({ code: 'hours', outcome: 'failed' }));
    }),
    RUNS,
  );
});

test('aRefusalIsTold: an outcome that is no yes names at least one unmet condition or the rule that denies', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const said = say(asked);
      if (said.outcome === 'denied') return expect(said.rule.kind).toBe('deny');
      const unmet = said.conditions.filter(({ outcome }) => outcome !== 'satisfied');
      expect(unmet.length > 0).toBe(said.outcome !== 'allowed');
    }),
    RUNS,
  );
});

test('a group that the file does not have is empty', () => {
  const rules = [allow('rule', ['group:ghost'], ['app', 'read', 'app-read'])];
  fc.assert(
    fc.property(question, (asked) => {
      expect(say(asked, rules).outcome).toBe('not-allowed');
    }),
    { numRuns: 100 },
  );
});
