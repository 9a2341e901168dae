import type { StandingAccess } from '../report/report.ts';
import { conditionInWords } from './condition-in-words.ts';
import type { Matching, PolicyDocument, Principals, Statement } from './document.ts';
import { matchesAction } from './pattern.ts';

/** The calls by which somebody comes to be a role (STS API Reference). */
const WAYS_IN = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];

/**
 * Whom a role's trust policy lets in besides the issuer, each with the conditions of one statement. NB. The issuer is its
 * ARN, whole: a unique id (AROA…) stands in a policy for somebody who has been deleted. Denials are named, and not applied.
 */
export function standingAccess(trust: PolicyDocument, issuerRoleArn: string): readonly StandingAccess[] {
  const letIn = trust.statements.filter(({ effect, actions }) => effect === 'Allow' && isWayIn(actions));
  const isDenied = trust.statements.some(({ effect, actions }) => effect === 'Deny' && isWayIn(actions));
  const all = letIn.flatMap((statement) =>
    principalsOf(statement.principals, issuerRoleArn).map((one) => withCondition(one, statement, isDenied)),
  );
  const keyed = new Map(all.map((one) => [`${one.principal}\n${one.kind}\n${one.condition ?? ''}`, one]));
  return [...keyed].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
}

function isWayIn({ kind, patterns }: Matching): boolean {
  return WAYS_IN.some(
    (action) => patterns.some((pattern) => matchesAction(pattern, action)) === (kind === 'any-of'),
  );
}

type Named = Omit<StandingAccess, 'condition'>;

function principalsOf(principals: Principals | undefined, issuerRoleArn: string): readonly Named[] {
  if (principals === undefined) return [];
  const named = Object.entries(principals.by).flatMap(([type, values]) =>
    values.map((principal) => ({ principal, kind: kindOf(type, principal) })),
  );
  if (principals.kind === 'any-of') return named.filter(({ principal }) => principal !== issuerRoleArn);
  const but = named.map(({ principal }) => principal).join(', ');
  return [{ principal: but === '' ? 'everybody' : `everybody but ${but}`, kind: 'anybody' }];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function kindOf(type: string, principal: string): StandingAccess['kind'] {
  if (principal === '*') return 'anybody';
  if (type === 'Service') return 'service';
  return type === 'Federated' ? 'federated' : 'aws';
}

function withCondition(named: Named, { condition }: Statement, isDenied: boolean): StandingAccess {
  const words = [
    ...(condition === undefined ? [] : conditionInWords(condition)),
    ...(isDenied ? ['no Deny of the trust policy applies'] : []),
  ];
  return words.length === 0 ? named : { ...named, condition: words.join('; ') };
}
