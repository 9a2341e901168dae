import type { AccessLevel } from '../trail/catalogue.ts';
import type { Survey, SurveyedRole } from './survey.ts';
import { byText } from './tally.ts';

/** A role that is worth lending for minutes, and why. */
export type Ranked = {
  readonly arn: string;
  /** 0 to 9: three marks each for power, rarity and few people. */
  readonly score: number;
  readonly power: Mark;
  readonly rarity: Mark;
  readonly people: Mark;
};

/** 0 to 3, and the sentence that goes with it. */
export type Mark = { readonly mark: 0 | 1 | 2 | 3; readonly because: string };

/** How strong an access level is. */
const POWER: Readonly<Record<AccessLevel, Mark['mark']>> = {
  'Permissions management': 3,
  Write: 2,
  Tagging: 1,
  Read: 1,
  List: 0,
};

const DAY = 86_400_000;

/** In fewer days than this nothing can be called rare. */
const DAYS_TO_JUDGE = 7;

/**
 * What to put behind Drawbridge first: roles that people use, rarely, few of them, with rights that matter. `levels`
 * says what a role is granted where its policies are known; else what it was seen to use counts.
 */
export function ranking(
  survey: Survey,
  levels: (arn: string) => readonly AccessLevel[] | undefined,
): readonly Ranked[] {
  const length = survey.period === undefined ? 0 : (survey.period.until - survey.period.from) / DAY;
  return survey.roles
    .filter(({ kind }) => kind === 'people' || kind === 'unknown')
    .map((role) => ranked(role, levels(role.arn), Math.max(1, Math.ceil(length))))
    .sort(
      (one, other) =>
        other.score - one.score || other.power.mark - one.power.mark || byText(one.arn, other.arn),
    );
}

function ranked(role: SurveyedRole, granted: readonly AccessLevel[] | undefined, length: number): Ranked {
  const power = powerOf(role, granted);
  const rarity = rarityOf(role, length);
  const people = peopleOf(role);
  return { arn: role.arn, score: power.mark + rarity.mark + people.mark, power, rarity, people };
}

function powerOf({ actions }: SurveyedRole, granted: readonly AccessLevel[] | undefined): Mark {
  const used = actions.filter(({ allowed }) => allowed > 0).map(({ level }) => level);
  const levels = granted ?? used.filter((level) => level !== undefined);
  const strongest = levels.toSorted((one, other) => POWER[other] - POWER[one])[0];
  const how = granted === undefined ? 'was seen to use' : 'is granted';
  if (strongest === undefined) return { mark: 0, because: `It ${how} nothing.` };
  return { mark: POWER[strongest], because: `It ${how} ${strongest}.` };
}

function rarityOf({ days, calls }: SurveyedRole, length: number): Mark {
  const because =
    calls === 0
      ? `No session of it called in ${dayText(length)}.`
      : length === 1
        ? 'It was used on the one day.'
        : `It was used on ${days} of ${length} days.`;
  if (length < DAYS_TO_JUDGE)
    return { mark: 0, because: `${because} That is too short a time to call it rare.` };
  const share = days / length;
  if (share <= 0.05) return { mark: 3, because };
  if (share <= 0.2) return { mark: 2, because };
  return { mark: share <= 0.5 ? 1 : 0, because };
}

function peopleOf({ borrowers, moreBorrowers, unlinked }: SurveyedRole): Mark {
  const people = borrowers.filter(({ allowed }) => allowed > 0).length + moreBorrowers;
  if (people === 0 && unlinked > 0) {
    return {
      mark: 1,
      because: `How its ${unlinked === 1 ? 'session' : `${unlinked} sessions`} began is not in these files.`,
    };
  }
  const because =
    people === 0 ? 'Nobody was let in.' : `${people} ${people === 1 ? 'borrower' : 'borrowers'}.`;
  if (people <= 3) return { mark: 3, because };
  if (people <= 10) return { mark: 2, because };
  return { mark: people <= 30 ? 1 : 0, because };
}

function dayText(length: number): string {
  return length === 1 ? 'one day' : `${length} days`;
}
