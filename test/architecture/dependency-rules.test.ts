import { createRequire } from 'node:module';
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';

type Rules = {
  readonly forbidden: readonly (IForbiddenRuleType & { readonly name: string })[];
  readonly options: ICruiseOptions;
};
const { rulesUnder } = createRequire(import.meta.url)('./dependency-rules.cjs') as {
  rulesUnder(root: string): Rules;
};

const PLANTED = 'test/architecture/fixtures/planted/';

async function cruised(folders: string[], { forbidden, options }: Rules): Promise<ICruiseResult> {
  const ruleSet = { forbidden: [...forbidden] };
  const { output } = await cruise(folders, { ...options, ruleSet, validate: true });
  if (typeof output === 'string') throw new Error(output);
  return output;
}

test('the tree keeps every rule, and is really read', async () => {
  const { summary } = await cruised(['functions', 'shared', 'infra', 'sandbox', 'bench'], rulesUnder(''));
  expect(summary.violations).toEqual([]);
  expect(summary.totalCruised).toBeGreaterThan(100);
});

describe('planted violations', () => {
  let broken: ReadonlySet<string>;
  beforeAll(async () => {
    const { summary } = await cruised([PLANTED], rulesUnder(PLANTED));
    broken = new Set(summary.violations.map(({ rule }) => rule.name));
  });

  test.each(rulesUnder('').forbidden.map(({ name }) => name))('%s finds its own', (name) => {
    expect(broken).toContain(name);
  });
});
