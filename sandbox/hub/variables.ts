/** Where the variables of serverless.yml get their values. */
export type VariableSources = {
  readonly stage: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The serverless.yml itself, unresolved. */
  readonly self: unknown;
  /** The content of a YAML or JSON file that a template names. */
  readonly file: (path: string) => unknown;
};

const WHOLE = /^\$\{([^{}]+)\}$/;
const WITHIN = /\$\{([^{}]+)\}/g;
const FILE = /^file\(([^)]+)\)(?::(.+))?$/;
/** What `Fn::Sub` resolves: ${AWS::Region}, ${Table}, ${Table.Arn}. */
const NAME_OF_CLOUDFORMATION = /^(AWS::\w+|[A-Za-z0-9]+(\.[A-Za-z0-9.]+)?)$/;

/** Replaces every variable of serverless.yml in a value, also within what a variable brings in. */
export function resolveVariables(value: unknown, sources: VariableSources): unknown {
  if (typeof value === 'string') return resolveText(value, sources);
  if (Array.isArray(value)) return value.map((item) => resolveVariables(item, sources));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, resolveVariables(item, sources)]),
  );
}

function resolveText(text: string, sources: VariableSources): unknown {
  const whole = WHOLE.exec(text)?.[1];
  if (whole !== undefined && !NAME_OF_CLOUDFORMATION.test(whole)) {
    return resolveVariables(required(whole, sources), sources);
  }
  return text.replace(WITHIN, (expression, inner: string) =>
    NAME_OF_CLOUDFORMATION.test(inner) ? expression : scalarOf(inner, sources),
  );
}

function scalarOf(expression: string, sources: VariableSources): string {
  const value = resolveVariables(required(expression, sources), sources);
  if (typeof value === 'object') {
    throw new Error(`\${${expression}} stands within a text, so it must be a text or a number.`);
  }
  return String(value);
}

function required(expression: string, sources: VariableSources): unknown {
  const value = lookUp(expression, sources);
  if (value !== undefined && value !== null) return value;
  throw new Error(
    `The templates use \${${expression}}, which the sandbox cannot resolve: give it a value, or teach sandbox/hub/variables.ts.`,
  );
}

function lookUp(expression: string, sources: VariableSources): unknown {
  const [, path, within] = FILE.exec(expression) ?? [];
  if (path !== undefined) return member(sources.file(path), within);
  if (expression === 'sls:stage') return sources.stage;
  if (expression.startsWith('param:')) return sources.parameters[expression.slice('param:'.length)];
  if (expression.startsWith('self:')) return member(sources.self, expression.slice('self:'.length));
  return undefined;
}

function member(value: unknown, path: string | undefined): unknown {
  if (path === undefined) return value;
  return path
    .split('.')
    .reduce<unknown>(
      (within, key) =>
        typeof within === 'object' && within !== null
          ? Object.getOwnPropertyDescriptor(within, key)?.value
          : undefined,
      value,
    );
}
