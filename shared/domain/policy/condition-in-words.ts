import type { Statement } from './document.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const WORDS: Readonly<Record<string, string>> = {
  StringEquals: 'is',
  StringNotEquals: 'is not',
  StringEqualsIgnoreCase: 'is, in any case,',
  StringNotEqualsIgnoreCase: 'is not, in any case,',
  StringLike: 'is like',
  StringNotLike: 'is not like',
  ArnEquals: 'is like',
  ArnLike: 'is like',
  ArnNotEquals: 'is not like',
  ArnNotLike: 'is not like',
  NumericEquals: 'is',
  NumericNotEquals: 'is not',
  NumericLessThan: 'is less than',
  NumericLessThanEquals: 'is at most',
  NumericGreaterThan: 'is more than',
  NumericGreaterThanEquals: 'is at least',
  DateEquals: 'is',
  DateNotEquals: 'is not',
  DateLessThan: 'is before',
  DateLessThanEquals: 'is not after',
  DateGreaterThan: 'is after',
  DateGreaterThanEquals: 'is not before',
  Bool: 'is',
  IpAddress: 'is in',
  NotIpAddress: 'is not in',
};

/** A statement's conditions, which must all hold, a sentence each: `aws:PrincipalOrgID is o-exampleorgid`. */
export function conditionInWords(condition: NonNullable<Statement['condition']>): readonly string[] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => inWords(operator, key, values)),
  );
}

function inWords(operator: string, key: string, values: readonly string[]): string {
  const [, set = '', plain = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const rest = ifExists === undefined ? '' : ', or is absent';
  if (plain === 'Null') return `${key} is ${values.includes('true') ? 'absent' : 'present'}`;
  const subject = { ForAllValues: `every ${key}`, ForAnyValue: `some ${key}` }[set] ?? key;
  return `${subject} ${WORDS[plain] ?? plain} ${shown(key, values)}${rest}`;
}

/** NB. Reports are read by more people than trust policies: whoever knows the external id is a step nearer. */
function shown(key: string, values: readonly string[]): string {
  return key.toLowerCase() === 'sts:externalid' ? 'the agreed one' : values.join(' or ');
}
