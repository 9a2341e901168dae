import * as z from 'zod';
import type { IssueCheckProgress } from '../../shared/app/check-issues.ts';
import { canonicalJson } from '../../shared/domain/canonical-json.ts';
import { formatInstant, type Instant, parseInstant } from '../../shared/domain/instant.ts';
import { jsonIn } from '../../shared/domain/json-in.ts';
import type { Period } from '../../shared/domain/report/report.ts';
import { Ended } from '../ended.ts';

/** What a check is about: progress of one is none of another. */
export type CheckSubject = {
  readonly table: string;
  /** The table that is filled by the way; absent where none is. */
  readonly usageTable?: string;
  readonly issuerRoleArn: string;
  readonly regions: readonly string[];
  readonly period: Period;
};

/** The text of a state file. */
export function stateText(subject: CheckSubject, progress: IssueCheckProgress): string {
  const state = {
    format: 1,
    of: writtenSubject(subject),
    lookedUpUntil: formatInstant(progress.until),
    recorded: progress.recorded.map((one) => ({ ...one, at: formatInstant(one.at) })),
    unreadable: progress.unreadable,
  };
  return `${JSON.stringify(state)}\n`;
}

const Time = z.string().transform((text, context): Instant => {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  context.addIssue('This is no time.');
  return z.NEVER;
});

const State = z.object({
  format: z.literal(1),
  of: z.json(),
  lookedUpUntil: Time,
  recorded: z.array(
    z.object({
      ...{ id: z.string(), at: Time, name: z.string(), roleArn: z.string() },
      accessKeyId: z.string().exactOptional(),
    }),
  ),
  unreadable: z.array(z.string()),
});

/** The progress that a state file of this check holds; any other file ends the command, and is left as it is. */
export function parseState(path: string, text: string, subject: CheckSubject): IssueCheckProgress {
  const { data } = State.safeParse(jsonIn(text));
  if (data === undefined) {
    throw new Ended('wrong-use', `${path} is no state of this command. Name another file, or remove it.`);
  }
  if (canonicalJson(data.of) !== canonicalJson(writtenSubject(subject))) {
    throw new Ended(
      'wrong-use',
      `${path} belongs to a check of another period, table or Region: ${JSON.stringify(data.of)}. Name another file, or remove it.`,
    );
  }
  const { recorded, unreadable } = data;
  return { period: subject.period, until: data.lookedUpUntil, recorded, unreadable };
}

function writtenSubject({ table, usageTable, issuerRoleArn, regions, period }: CheckSubject) {
  return {
    ...{ from: formatInstant(period.from), until: formatInstant(period.until), table, issuerRoleArn },
    regions: [...regions],
    ...(usageTable !== undefined && { usageTable }),
  };
}
