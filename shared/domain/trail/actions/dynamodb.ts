import type { Json } from '../../canonical-json.ts';
import { memberOf, textAt } from '../members.ts';

/** "Using IAM with DynamoDB transactions" in the Developer Guide. */
const IN_TRANSACTION: ReadonlyMap<string, string> = new Map([
  ['Put', 'PutItem'],
  ['Update', 'UpdateItem'],
  ['Delete', 'DeleteItem'],
  ['ConditionCheck', 'ConditionCheckItem'],
]);

/** "IAM security policies with PartiQL for DynamoDB" in the Developer Guide. */
const IN_PARTIQL: ReadonlyMap<string, string> = new Map([
  ['SELECT', 'PartiQLSelect'],
  ['INSERT', 'PartiQLInsert'],
  ['UPDATE', 'PartiQLUpdate'],
  ['DELETE', 'PartiQLDelete'],
]);

/**
 * The actions of an operation that is authorized by what is in it; none where that is not understood whole, undefined
 * for other operations. The parameters are those of "Understanding DynamoDB log file entries" in the Developer Guide.
 */
export function dynamoDbActions(operation: string, parameters: Json): readonly string[] | undefined {
  switch (operation) {
    case 'TransactGetItems':
      return ['GetItem'];
    case 'TransactWriteItems':
      return allOf(itemsOf(parameters).map((item) => IN_TRANSACTION.get(textAt(item, 'operation') ?? '')));
    case 'ExecuteStatement':
      return allOf([partiQlAction(parameters)]);
    case 'BatchExecuteStatement':
    case 'ExecuteTransaction':
      return allOf(itemsOf(parameters).map(partiQlAction));
    default:
      return undefined;
  }
}

function itemsOf(parameters: Json): readonly Json[] {
  const items = memberOf(parameters, 'requestItems');
  return Array.isArray(items) ? items : [];
}

function partiQlAction(item: Json): string | undefined {
  const [verb = ''] = /^\s*\w+/.exec(textAt(item, 'statement') ?? '') ?? [];
  return IN_PARTIQL.get(verb.trim().toUpperCase());
}

function allOf(actions: readonly (string | undefined)[]): readonly string[] {
  const known = actions.filter((action) => action !== undefined);
  return known.length === actions.length ? [...new Set(known)] : [];
}
