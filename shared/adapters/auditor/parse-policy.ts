import * as z from 'zod/mini';
import type { Matching, PolicyDocument, Principals, Statement } from '../../domain/policy/document.ts';

const oneOrMany = <Item>(item: z.ZodMiniType<Item>) =>
  z.pipe(
    z.union([item, z.array(item)]),
    z.transform((value): readonly Item[] => (Array.isArray(value) ? value : [value])),
  );

const Texts = oneOrMany(z.string());
const Scalars = oneOrMany(z.pipe(z.union([z.string(), z.number(), z.boolean()]), z.transform(String)));
const PrincipalElement = z.union([z.literal('*'), z.record(z.string(), Texts)]);

// The grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
const StatementElement = z
  .strictObject({
    Sid: z.optional(z.string()),
    Effect: z.enum(['Allow', 'Deny']),
    Principal: z.optional(PrincipalElement),
    NotPrincipal: z.optional(PrincipalElement),
    Action: z.optional(Texts),
    NotAction: z.optional(Texts),
    Resource: z.optional(Texts),
    NotResource: z.optional(Texts),
    Condition: z.optional(z.record(z.string(), z.record(z.string(), Scalars))),
  })
  .check(
    z.refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), {
      error: 'It has not exactly one of Action and NotAction.',
    }),
    z.refine(({ Resource, NotResource }) => Resource === undefined || NotResource === undefined, {
      error: 'It has both Resource and NotResource.',
    }),
    z.refine(({ Principal, NotPrincipal }) => Principal === undefined || NotPrincipal === undefined, {
      error: 'It has both Principal and NotPrincipal.',
    }),
  );

const Document = z.strictObject({
  Version: z.optional(z.enum(['2008-10-17', '2012-10-17'])),
  Id: z.optional(z.string()),
  Statement: oneOrMany(StatementElement),
});

/**
 * A policy document from its JSON, already parsed. NB. What is not understood is a fault of the whole: a grant that is
 * overlooked would be called missing, and a denial that is overlooked a grant.
 */
export function parsePolicyDocument(value: unknown): PolicyDocument | { readonly fault: string } {
  const result = Document.safeParse(value);
  if (result.success) return { statements: result.data.Statement.map(statementOf) };
  const [issue] = result.error.issues;
  const place = issue?.path.map(String).join('.');
  return { fault: `${place ? `at ${place}: ` : ''}${issue?.message ?? 'It is no policy.'}` };
}

/** A policy document as IAM's API hands it out, URL-encoded (RFC 3986). */
export function decodePolicyDocument(text: string | undefined): PolicyDocument | { readonly fault: string } {
  try {
    return parsePolicyDocument(JSON.parse(decodeURIComponent(text ?? '')));
  } catch {
    return { fault: 'It is no URL-encoded JSON.' };
  }
}

function statementOf(element: z.output<typeof StatementElement>): Statement {
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } =
    element;
  const resources = matching(Resource, NotResource);
  const principals = principalsOf(Principal, NotPrincipal);
  return {
    ...(Sid === undefined ? {} : { sid: Sid }),
    effect: Effect,
    actions: matching(Action, NotAction) ?? { kind: 'any-of', patterns: [] },
    ...(resources === undefined ? {} : { resources }),
    ...(principals === undefined ? {} : { principals }),
    ...(Condition === undefined ? {} : { condition: Condition }),
  };
}

function matching(
  these: readonly string[] | undefined,
  others: readonly string[] | undefined,
): Matching | undefined {
  if (these !== undefined) return { kind: 'any-of', patterns: these };
  return others && { kind: 'none-of', patterns: others };
}

type PrincipalElement = z.output<typeof PrincipalElement>;

function principalsOf(these?: PrincipalElement, others?: PrincipalElement): Principals | undefined {
  if (these !== undefined) return { kind: 'any-of', by: byType(these) };
  return others && { kind: 'none-of', by: byType(others) };
}

function byType(element: PrincipalElement): Principals['by'] {
  return element === '*' ? { AWS: ['*'] } : element;
}
