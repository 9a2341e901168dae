import { parseRoleArn, parseUserArn } from '../../shared/domain/arn.ts';
import { parseDuration } from '../../shared/domain/duration.ts';
import { parseElevationId } from '../../shared/domain/elevation-id.ts';
import type { Hash } from '../../shared/domain/hash.ts';
import { parseInstant } from '../../shared/domain/instant.ts';
import {
  parseGroupName,
  parseHandle,
  parseRoleName,
  parseRuleName,
  parseTokenGroup,
} from '../../shared/domain/names.ts';

/** The value of a text that a test states; a text that is none is a mistake of the test. */
function stated<T>(parse: (text: string) => T | undefined): (text: string) => T {
  return (text) => {
    const value = parse(text);
    if (value === undefined) throw new TypeError(`The test states "${text}", which does not parse.`);
    return value;
  };
}

/** A person's handle. */
export const handle = stated(parseHandle);
/** The name of a role in the catalog. */
export const roleName = stated(parseRoleName);
/** The name of a group of the access file. */
export const groupName = stated(parseGroupName);
/** The name of a group of a token. */
export const tokenGroup = stated(parseTokenGroup);
/** The name of a rule. */
export const ruleName = stated(parseRuleName);
/** A role's ARN. */
export const roleArn = stated(parseRoleArn);
/** A user's ARN. */
export const userArn = stated(parseUserArn);
/** A length of time. */
export const duration = stated(parseDuration);
/** A point in time. */
export const at = stated(parseInstant);
/** An elevation's id. */
export const elevationId = stated(parseElevationId);

/** A hash that is that of nothing known. */
export function hash(digit: string): Hash {
  return digit.repeat(64) as Hash;
}
