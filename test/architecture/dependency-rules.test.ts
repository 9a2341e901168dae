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
  const { summary } = await cruised(
    ['functions', 'shared', 'cli', 'infra', 'sandbox', 'bench'],
    rulesUnder(''),
  );
  expect(summary.violations).toEqual([]);
  expect(summary.totalCruised).toBeGreaterThan(100);
}, 60_000);

describe('planted violations', () => {
  let violations: ICruiseResult['summary']['violations'];
  beforeAll(async () => {
    ({ violations } = (await cruised([PLANTED], rulesUnder(PLANTED))).summary);
  }, 60_000);

  test.each(rulesUnder('').forbidden.map(({ name }) => name))('%s finds its own', (name) => {
    expect(violations.map(({ rule }) => rule.name)).toContain(name);
  });

  test('an import of types alone is seen too', () => {
    const from = `${PLANTED}shared/domain/names-a-port.ts`;
    expect(violations).toContainEqual(
      expect.objectContaining({ from, rule: expect.objectContaining({ name: 'domain-imports-nothing' }) }),
    );
  });
});
