import { deflateRawSync } from 'node:zlib';
import { AwsRefusal, type PolicyDocument } from '../aws.ts';
import type { Directory } from '../directory.ts';
import { policyFault } from '../evaluate.ts';
import type { SessionTag } from '../sessions.ts';

/** STS does not publish the size of its packed form; this lets a few hundred characters of tags and a policy of 2,048 pass. */
const PACKED_BYTES = 1200;

/** The session policies as one document: a session may do what any of them allows and none denies. */
export async function sessionPolicyOf(
  inline: string | undefined,
  arns: readonly string[],
  directory: Directory,
): Promise<PolicyDocument | undefined> {
  const policies = [
    ...(inline === undefined ? [] : [await parsedPolicy(inline)]),
    ...arns.map((arn) => managedPolicy(arn, directory)),
  ];
  if (policies.length === 0) return undefined;
  return { Version: '2012-10-17', Statement: policies.flatMap(statementsOf) };
}

/** How much of the allotted space policies and tags take, in percent; refuses more than all of it. */
export function packedPercent(
  inline: string | undefined,
  arns: readonly string[],
  tags: readonly SessionTag[],
): number {
  const plain = [inline ?? '', ...arns, ...tags.flatMap(({ key, value }) => [key, value])].join('\n');
  const percent = Math.ceil((deflateRawSync(plain).length / PACKED_BYTES) * 100);
  if (percent > 100) {
    throw new AwsRefusal(
      'PackedPolicyTooLarge',
      `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
      400,
    );
  }
  return percent;
}

async function parsedPolicy(text: string): Promise<PolicyDocument> {
  const malformed = new AwsRefusal('MalformedPolicyDocument', 'Syntax errors in policy.', 400);
  let policy: PolicyDocument;
  try {
    policy = JSON.parse(text);
  } catch {
    throw malformed;
  }
  if ((await policyFault(policy, 'identity')) !== undefined) throw malformed;
  return policy;
}

function managedPolicy(arn: string, directory: Directory): PolicyDocument {
  const policy = directory.managedPolicy(arn);
  if (policy === undefined)
    throw new AwsRefusal('ValidationError', `Policy ${arn} does not exist or is not attachable.`, 400);
  return policy;
}

/** Without their names, which need to be unique in one document only. */
function statementsOf({ Statement }: PolicyDocument): readonly unknown[] {
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return statements.map((it) => {
    const { Sid: _name, ...statement } = Object(it);
    return statement;
  });
}
