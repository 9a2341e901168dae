import type { Brand } from './brand.ts';

/** A person's stable handle: 2 to 28 characters, so that a session name always fits STS's 64. */
export type Handle = Brand<string, 'Handle'>;
/** The name of a role in the catalog. */
export type RoleName = Brand<string, 'RoleName'>;
/** The name of a group of the access file, or of one that a token lists. */
export type GroupName = Brand<string, 'GroupName'>;
/** The name of a rule. */
export type RuleName = Brand<string, 'RuleName'>;

const HANDLE = /^[a-z][a-z0-9._-]{1,27}$/;
const NAME = /^[a-z][a-z0-9._-]{1,63}$/;
const TOKEN_GROUP = /^[\p{L}\p{N}][\p{L}\p{N} ._:@/-]{0,127}$/u;

/** A handle, or undefined where the text is none. */
export function parseHandle(text: string): Handle | undefined {
  return HANDLE.test(text) ? (text as Handle) : undefined;
}

/** A catalog role's name, or undefined where the text is none. */
export function parseRoleName(text: string): RoleName | undefined {
  return NAME.test(text) ? (text as RoleName) : undefined;
}

/** A rule's name, or undefined where the text is none. */
export function parseRuleName(text: string): RuleName | undefined {
  return NAME.test(text) ? (text as RuleName) : undefined;
}

/** The name of a group of the access file, or undefined where the text is none. */
export function parseGroupName(text: string): GroupName | undefined {
  return NAME.test(text) ? (text as GroupName) : undefined;
}

/** The name of a group as an identity provider writes it, or undefined where the text is none. */
export function parseTokenGroup(text: string): GroupName | undefined {
  return TOKEN_GROUP.test(text) ? (text as GroupName) : undefined;
}
