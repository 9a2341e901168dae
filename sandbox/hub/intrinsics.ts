/**
 * What references stand for: `Table` (Ref), `Table.Arn` (Fn::GetAtt), `AWS::Region`, to the names that the sandbox
 * gives in place of CloudFormation.
 */
export type PhysicalNames = ReadonlyMap<string, string>;

/** Replaces Ref, Fn::GetAtt and Fn::Sub in a value; anything else of CloudFormation's functions is an error. */
export function resolveIntrinsics(value: unknown, names: PhysicalNames): unknown {
  if (typeof value === 'string') return withoutVariables(value);
  if (Array.isArray(value)) return value.map((item) => resolveIntrinsics(item, names));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && isIntrinsic(only[0])) {
    return applyIntrinsic(only[0], only[1], names);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, resolveIntrinsics(item, names)]));
}

function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

function applyIntrinsic(name: string, argument: unknown, names: PhysicalNames): string {
  if (name === 'Ref' && typeof argument === 'string') return nameOf(argument, names);
  if (name === 'Fn::Sub' && typeof argument === 'string') {
    return argument.replace(/\$\{([^}]+)\}/g, (_, inner: string) => nameOf(inner, names));
  }
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) return nameOf(argument.join('.'), names);
  throw new Error(
    `The templates use ${name} with ${JSON.stringify(argument)}, which sandbox/hub/intrinsics.ts does not know.`,
  );
}

function nameOf(reference: string, names: PhysicalNames): string {
  const name = names.get(reference);
  if (name !== undefined) return name;
  throw new Error(
    `The templates refer to ${reference}, which the sandbox gives no name: add it to sandbox/hub/physical-names.ts.`,
  );
}

function withoutVariables(text: string): string {
  if (!text.includes('${')) return text;
  throw new Error(`"${text}" has a variable that nothing replaces: put it under Fn::Sub.`);
}
