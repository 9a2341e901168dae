import fc from 'fast-check';
import type { Statement } from '../../../shared/domain/policy/document.ts';
import { grantsOf } from '../../../shared/domain/policy/grants.ts';
import { matchesResource } from '../../../shared/domain/policy/pattern.ts';
import { asIam, CATALOGUE, roleWith } from './documents.ts';
import { isAllowed } from './simulated.ts';

/** Actions on objects, and objects of two buckets: each action can be tried on each of them. */
const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
const OBJECTS = ['arn:aws:s3:::a/x', 'arn:aws:s3:::a/y/x', 'arn:aws:s3:::b/x', 'arn:aws:s3:::b/y'];

const matching = (patterns: readonly string[]) =>
  fc.record({
    kind: fc.constantFrom('any-of' as const, 'any-of' as const, 'none-of' as const),
    patterns: fc.uniqueArray(fc.constantFrom(...patterns), { minLength: 1, maxLength: 2 }),
  });

const statement: fc.Arbitrary<Statement> = fc.record({
  effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
  actions: matching(['*', 's3:*', 's3:Get*', 's3:putobject', 's3:Delete?bject', 'sqs:*']),
  resources: matching([
    '*',
    'arn:aws:s3:::*',
    'arn:aws:s3:::a/*',
    'arn:aws:s3:::*/x',
    'arn:aws:s3:::?/y',
    'arn:aws:s3:::b/x',
  ]),
});
const statements = fc.array(statement, { minLength: 1, maxLength: 3 });

function document(some: readonly Statement[]) {
  return { Version: '2012-10-17', Statement: some.map(asIam) };
}

type Seen = { readonly allowed: boolean; readonly isInside: boolean; readonly conditional: boolean };

/** Each action on each object: what IAM says, and what the grants say. */
async function compared(
  own: readonly Statement[],
  boundary?: readonly Statement[],
): Promise<readonly Seen[]> {
  const { permissions } = grantsOf(roleWith(own, boundary), CATALOGUE);
  const calls = ACTIONS.flatMap((action) => OBJECTS.map((object) => ({ action, object })));
  return Promise.all(
    calls.map(async ({ action, object }) => {
      const grant = permissions.find((one) => one.action === action);
      return {
        allowed: await isAllowed(document(own), action, object, boundary && document(boundary)),
        isInside: grant?.resources.some((pattern) => matchesResource(pattern, object)) === true,
        conditional: grant?.conditional === true,
      };
    }),
  );
}

/** Random roles, half of them with a boundary. */
async function always(check: (seen: Seen) => void): Promise<void> {
  const boundary = fc.option(statements, { nil: undefined });
  const property = fc.asyncProperty(statements, boundary, async (own, limit) => {
    for (const seen of await compared(own, limit)) check(seen);
  });
  await fc.assert(property, { numRuns: 100 });
}

test('nothing_is_overlooked: what IAM allows is granted', async () => {
  let allowed = 0;
  await always((seen) => {
    if (!seen.allowed) return;
    allowed++;
    expect(seen.isInside).toBe(true);
  });
  expect(allowed).toBeGreaterThan(50);
}, 120_000);

test('what_is_granted_without_conditions_is_allowed, on each resource of its patterns', async () => {
  let granted = 0;
  await always((seen) => {
    if (!seen.isInside || seen.conditional) return;
    granted++;
    expect(seen.allowed).toBe(true);
  });
  expect(granted).toBeGreaterThan(50);
}, 120_000);
