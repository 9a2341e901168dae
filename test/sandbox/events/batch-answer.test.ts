import { readBatchAnswer } from '../../../sandbox/events/batch-answer.ts';

const answered = (payload: unknown) => ({ outcome: 'answered' as const, payload });
const failures = (...items: readonly unknown[]) => answered({ batchItemFailures: items });
const thrown = { outcome: 'failed' as const, error: { errorType: 'Error', errorMessage: '' } };

// Lambda developer guide, "Configuring partial batch response with DynamoDB and Lambda", "Success and failure conditions";
// that an unknown identifier fails the batch is in "Handling errors for an SQS event source in Lambda".
test.each([
  ['nothing', answered(null), 'succeeded'],
  ['an empty answer', answered({}), 'succeeded'],
  ['a list that is null', answered({ batchItemFailures: null }), 'succeeded'],
  ['an empty list', failures(), 'succeeded'],
  ['an identifier of the batch', failures({ itemIdentifier: 'one' }), 'partial'],
  ['an empty identifier', failures({ itemIdentifier: '' }), 'failed'],
  ['an identifier that is null', failures({ itemIdentifier: null }), 'failed'],
  ['a wrong name for the identifier', failures({ identifier: 'one' }), 'failed'],
  ['an unknown identifier', failures({ itemIdentifier: 'one' }, { itemIdentifier: 'three' }), 'failed'],
  ['a text', answered('done'), 'failed'],
  ['an error', thrown, 'failed'],
])('%s means that the batch %s', (_title, invocation, kind) => {
  expect(readBatchAnswer(invocation, true, ['one', 'two']).kind).toBe(kind);
});

test('an answer is not looked at where failures are not reported', () => {
  expect(readBatchAnswer(failures({ itemIdentifier: 'one' }), false, ['one']).kind).toBe('succeeded');
  expect(readBatchAnswer(thrown, false, ['one']).kind).toBe('failed');
});
