import { AwsRefusal, type PolicyDocument, type WorldRole } from '../aws.ts';
import { policyFault } from '../evaluate.ts';

/** Characters that all inline policies of a role may have together, white space not counted (IAM quotas). */
const ROLE_INLINE_CHARACTERS = 10_240;

/** A policy document from its JSON; refuses what IAM would not take. */
export async function parsePolicy(text: string, kind: 'identity' | 'trust'): Promise<PolicyDocument> {
  const malformed = (why: string) => new AwsRefusal('MalformedPolicyDocument', why, 400);
  let policy: PolicyDocument;
  try {
    policy = JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  if ((await policyFault(policy, kind)) !== undefined) throw malformed('Syntax errors in policy.');
  if (kind === 'trust' && hasResource(policy)) throw malformed('Has prohibited field Resource');
  return policy;
}

/** Refuses policies that are too long together. */
export function refuseTooLong(roleName: string, policies: WorldRole['policies']): void {
  const characters = Object.values(policies).map((it) => JSON.stringify(it).replace(/\s/g, '').length);
  if (characters.reduce((sum, it) => sum + it, 0) <= ROLE_INLINE_CHARACTERS) return;
  throw new AwsRefusal(
    'LimitExceeded',
    `Maximum policy size of ${ROLE_INLINE_CHARACTERS} bytes exceeded for role ${roleName}`,
    409,
  );
}

function hasResource({ Statement }: PolicyDocument): boolean {
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return statements.some((it) => Object.hasOwn(Object(it), 'Resource'));
}
