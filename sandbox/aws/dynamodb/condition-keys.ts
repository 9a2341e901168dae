import * as z from 'zod';

const Names = z.record(z.string(), z.string()).default({});
const Keys = z.record(z.string(), z.unknown()).default({});

/** What a request says of attributes. */
const Request = z.object({
  Key: Keys,
  Item: Keys,
  ExclusiveStartKey: Keys,
  ExpressionAttributeNames: Names,
  ProjectionExpression: z.string().default(''),
  KeyConditionExpression: z.string().default(''),
  FilterExpression: z.string().default(''),
  ConditionExpression: z.string().default(''),
  UpdateExpression: z.string().default(''),
  Select: z.string().optional(),
  IndexName: z.string().optional(),
});
type Request = z.output<typeof Request>;

/**
 * The condition keys by which policies limit reads to some attributes: `dynamodb:Attributes`, the top-level attributes
 * that a request names, and `dynamodb:Select`, what it wants of the items that it finds.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export function conditionKeys(
  operation: string,
  body: unknown,
): Readonly<Record<string, string | readonly string[]>> {
  const { data } = Request.safeParse(body);
  if (data === undefined) return {}; // the store refuses it
  const select = selectOf(operation, data);
  const attributes = attributesOf(data);
  return {
    ...(attributes.length === 0 ? {} : { 'dynamodb:Attributes': attributes }),
    ...(select === undefined ? {} : { 'dynamodb:Select': select }),
  };
}

/**
 * The defaults are those of the API reference ("Query", "Select"). The page says that by this key a policy makes sure
 * that not all attributes are asked for, also of GetItem, which has no such parameter.
 */
function selectOf(
  operation: string,
  { Select, ProjectionExpression, IndexName }: Request,
): string | undefined {
  if (!['GetItem', 'BatchGetItem', 'Query', 'Scan'].includes(operation)) return undefined;
  if (Select !== undefined) return Select;
  if (ProjectionExpression !== '') return 'SPECIFIC_ATTRIBUTES';
  return IndexName === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
}

function attributesOf(request: Request): readonly string[] {
  const named = [
    request.ProjectionExpression,
    request.KeyConditionExpression,
    request.FilterExpression,
    request.ConditionExpression,
    request.UpdateExpression,
  ].flatMap((expression) => namesIn(expression, request.ExpressionAttributeNames));
  const given = { ...request.Key, ...request.Item, ...request.ExclusiveStartKey };
  return [...new Set([...Object.keys(given), ...named])];
}

/** Words of the language of expressions (Developer Guide, "Condition and filter expressions", "Update expressions"). */
const OPERATORS = new Set(['AND', 'OR', 'NOT', 'IN', 'BETWEEN', 'SET', 'REMOVE', 'ADD', 'DELETE']);

/** A path of an attribute with what stands before its first dot or bracket, a function's name, or a value. */
const TOKEN = /(?<value>:\w+)|(?<name>#?\w+)(?:\[\d+\]|\.#?\w+)*(?<call>\s*\()?/g;

/** The top-level attributes that an expression names. Reserved words are no names, and placeholders stand for them. */
function namesIn(expression: string, names: Readonly<Record<string, string>>): readonly string[] {
  return [...expression.matchAll(TOKEN)].flatMap(({ groups = {} }) => {
    const { name, call } = groups;
    const isAttribute = name !== undefined && call === undefined && !OPERATORS.has(name.toUpperCase());
    return isAttribute ? [names[name] ?? name] : [];
  });
}
