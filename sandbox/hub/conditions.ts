/** Which conditions of the templates hold, by their names. */
export type Conditions = ReadonlyMap<string, boolean>;

/** Evaluates a template's `Conditions`; their arguments are texts by now, for its parameters are Serverless's. */
export function conditionsOf(definitions: Readonly<Record<string, unknown>>): Conditions {
  const holds = (name: string): boolean => {
    if (!Object.hasOwn(definitions, name)) throw new Error(`The templates have no condition ${name}.`);
    return evaluate(definitions[name], holds);
  };
  return new Map(Object.keys(definitions).map((name) => [name, holds(name)]));
}

/** Replaces each Fn::If in a value by the branch that holds; a member whose branch is AWS::NoValue is left out. */
export function withoutIfs(value: unknown, conditions: Conditions): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => withoutIfs(item, conditions)).filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const choice: unknown = Object.getOwnPropertyDescriptor(value, 'Fn::If')?.value;
  if (choice !== undefined) return withoutIfs(chosen(choice, conditions), conditions);
  const members = Object.entries(value).map(([key, item]) => [key, withoutIfs(item, conditions)] as const);
  return isNoValue(value) ? undefined : Object.fromEntries(members.filter(([, item]) => item !== undefined));
}

/** Whether a resource is made: one without a condition is. */
export function isMade(resource: Readonly<Record<string, unknown>>, conditions: Conditions): boolean {
  const condition = resource['Condition'];
  return condition === undefined || known(String(condition), conditions);
}

function chosen(choice: unknown, conditions: Conditions): unknown {
  const [name, whenTrue, whenFalse]: unknown[] = Array.isArray(choice) ? choice : [];
  return known(String(name), conditions) ? whenTrue : whenFalse;
}

function known(name: string, conditions: Conditions): boolean {
  const holds = conditions.get(name);
  if (holds !== undefined) return holds;
  throw new Error(`The templates have no condition ${name}.`);
}

/** CloudFormation User Guide, "Condition functions". */
function evaluate(condition: unknown, holds: (name: string) => boolean): boolean {
  const [name = '', argument] = Object.entries(Object(condition))[0] ?? [];
  const list: unknown[] = Array.isArray(argument) ? argument : [];
  switch (name) {
    case 'Fn::Equals':
      return literal(list[0]) === literal(list[1]);
    case 'Fn::Not':
      return !evaluate(list[0], holds);
    case 'Fn::And':
      return list.every((it) => evaluate(it, holds));
    case 'Fn::Or':
      return list.some((it) => evaluate(it, holds));
    case 'Condition':
      return holds(String(argument));
    default:
      throw new Error(
        `The templates have the condition ${JSON.stringify(condition)}: teach sandbox/hub/conditions.ts.`,
      );
  }
}

function literal(value: unknown): string {
  if (typeof value === 'object')
    throw new Error(`A condition compares ${JSON.stringify(value)}; the sandbox compares texts alone.`);
  return String(value);
}

function isNoValue(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, 'Ref')?.value === 'AWS::NoValue';
}
