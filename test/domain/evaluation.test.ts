import { unmet } from '../../shared/domain/condition.ts';
import { type Evaluation, evaluate } from '../../shared/domain/evaluation.ts';
import { TERMS, WHO } from './evaluation-table.ts';
import { ASK, allow, caller, NOW, STORY, withRules } from './story.ts';

/** What an evaluation says, in the table's terms. */
function told(evaluation: Evaluation): string {
  const rule = 'rule' in evaluation ? ` by ${evaluation.rule.name}` : '';
  const codes = 'conditions' in evaluation ? unmet(evaluation.conditions).map(({ code }) => code) : [];
  return `${evaluation.outcome}${rule}${codes.length === 0 ? '' : `: ${codes.join(', ')}`}`;
}

for (const [title, by, ask, says, { access = STORY, now = NOW } = {}] of [...WHO, ...TERMS]) {
  test(title, () => {
    expect(told(evaluate(access, by, ask, now))).toBe(says);
  });
}

test('a condition that cannot be evaluated is told as failed, not as unsatisfied', () => {
  const access = withRules(allow('broken', ['group:developers'], ['update-app'], { ticket: '(' }));
  const evaluation = evaluate(access, caller('david'), ASK, NOW);
  expect(evaluation).toMatchObject({ conditions: [{ code: 'ticket', outcome: 'failed' }] });
});

test('an evaluation names the role of the catalog that it lends', () => {
  expect(evaluate(STORY, caller('david'), ASK, NOW)).toMatchObject({
    role: { arn: { text: 'arn:aws:iam::999999999999:role/UpdateApp' } },
  });
});

test('every condition of the governing rule is told, met or not, in a sentence', () => {
  const evaluation = evaluate(STORY, caller('david', { mfa: { kind: 'absent' } }), ASK, NOW);
  const conditions = 'conditions' in evaluation ? evaluation.conditions : [];
  expect(conditions.map(({ code, outcome }) => `${code} ${outcome}`)).toEqual([
    ...['person satisfied', 'role satisfied', 'duration satisfied', 'reason satisfied', 'ticket satisfied'],
    'mfa unsatisfied',
  ]);
  for (const { sentence } of conditions) expect(sentence).toMatch(/^[A-Z0-9].{10,}\.$/u);
});
