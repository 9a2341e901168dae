import * as z from 'zod';
import { type FileMember, type Member, parseMember } from '../../domain/access.ts';
import { parseRoleArn, parseUserArn } from '../../domain/arn.ts';
import { scopeFits } from '../../domain/credential-spec.ts';
import { formatDuration, type Minutes, minutes, parseDuration } from '../../domain/duration.ts';
import {
  parseGroupName,
  parseHandle,
  parseRoleName,
  parseRuleName,
  type RoleName,
} from '../../domain/names.ts';
import { faultOfAction, faultOfResource } from '../../domain/scope.ts';

/** A text that has a parser of its own; the sentence says how to write it, the pattern tells editors the same. */
export function parsed<T>(parse: (text: string) => T | undefined, sentence: string, pattern?: string) {
  return z
    .string({ error: ({ input }) => (input === undefined ? undefined : sentence) })
    .transform((text, context): T => {
      const value = parse(text);
      if (value !== undefined) return value;
      context.issues.push({ code: 'custom', message: sentence, input: text });
      return z.NEVER;
    })
    .meta(pattern === undefined ? {} : { pattern });
}

/** A text that a pattern decides about; the pattern is anchored. */
export function matching(pattern: RegExp, sentence: string) {
  return parsed((text) => (pattern.test(text) ? text : undefined), sentence, pattern.source);
}

/** One value or a list of them, as a list. */
export function oneOrMany<Schema extends z.ZodType>(schema: Schema) {
  return z
    .union([schema, z.array(schema)])
    .transform((value) => (Array.isArray(value) ? value : [value]) as z.output<Schema>[]);
}

/** A length of time within these bounds, both included. */
export function lengthOfTime(shortest: Minutes, longest: Minutes) {
  return parsed(
    (text) => lengthWithin(text, shortest, longest),
    `Write a length of time ${bounds(shortest, longest)}, for example ${formatDuration(shortest)}.`,
  );
}

/** A length of time within these bounds, or the word that there is none. */
export function lengthOfTimeOrNone(shortest: Minutes, longest: Minutes) {
  return parsed(
    (text): Minutes | 'none' | undefined => (text === 'none' ? text : lengthWithin(text, shortest, longest)),
    `Write a length of time ${bounds(shortest, longest)}, or none.`,
  );
}

function lengthWithin(text: string, shortest: Minutes, longest: Minutes): Minutes | undefined {
  const length = parseDuration(text);
  return length !== undefined && length >= shortest && length <= longest ? length : undefined;
}

function bounds(shortest: Minutes, longest: Minutes): string {
  return `from ${formatDuration(shortest)} to ${formatDuration(longest)}`;
}

/** A whole number within these bounds, both included. */
export function wholeNumber(least: number, most: number) {
  return z.int().min(least).max(most);
}

/** The shortest time that the file can state. */
export const ONE_MINUTE = minutes(1);
/** The longest elevation, and the longest that a proof of MFA can count. */
export const ONE_DAY = minutes(24 * 60);

const NAME = '2 to 64 characters: small letters, digits, dots, hyphens and underscores, a letter first.';

/** A person's handle. */
export const HandleText = parsed(
  parseHandle,
  'Write a handle of 2 to 28 characters: small letters, digits, dots, hyphens and underscores, a letter first.',
  '^[a-z][a-z0-9._-]{1,27}$',
);
/** The name of a group of the file. */
export const GroupNameText = parsed(parseGroupName, `Write a group's name of ${NAME}`);
/** The name of a role of the catalog. */
export const RoleNameText = parsed(parseRoleName, `Write a role's name of ${NAME}`);
/** The name of a rule. */
export const RuleNameText = parsed(parseRuleName, `Write a rule's name of ${NAME}`);

/** The name of a role, or the star that stands for all of them. */
export const RoleNameOrAll = parsed(
  (text): RoleName | '*' | undefined => (text === '*' ? '*' : parseRoleName(text)),
  'Write a name that stands under roles, or * for every role.',
);

/** An IAM role's ARN. */
export const RoleArnText = parsed(
  (text) => parseRoleArn(text)?.text,
  'Write the ARN of an IAM role, for example arn:aws:iam::999999999999:role/UpdateApp.',
);
/** An IAM user's ARN. */
export const UserArnText = parsed(
  (text) => parseUserArn(text)?.text,
  'Write the ARN of an IAM user, for example arn:aws:iam::111111111111:user/David.',
);

/** Somebody who may ask or approve. */
export const MemberText = parsed(
  parseMember,
  'Write group:<name>, person:<handle>, or idp:<group of the token>.',
  '^(group|person|idp):.+$',
);

/** Somebody whom the file alone names. */
export const FileMemberText = MemberText.pipe(
  z.transform((member: Member, context): FileMember => {
    if (member.kind !== 'idp') return member;
    context.issues.push({
      code: 'custom',
      message:
        'Name a group or person of this file: groups of tokens are unknown at the other doors, so they cannot count here.',
      input: member,
    });
    return z.NEVER;
  }),
);

/** Text that people read in one line. */
export const DescriptionText = matching(
  /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,200}$/u,
  'Write 1 to 200 characters in one line, without control characters.',
);

/** What sessions are narrowed to. */
export const ScopeList = z
  .array(
    z.strictObject({
      actions: z.array(checked(faultOfAction)).min(1),
      resources: z.array(checked(faultOfResource)).min(1),
    }),
  )
  .min(1)
  .refine(
    scopeFits,
    'Shorten the scope: with what Drawbridge adds it exceeds the 2,048 characters that STS takes.',
  );

function checked(faultOf: (text: string) => string | undefined) {
  return z.string().superRefine((text, context) => {
    const fault = faultOf(text);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });
}
