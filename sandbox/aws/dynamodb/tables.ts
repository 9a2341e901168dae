import * as z from 'zod';
import { AwsRefusal } from '../aws.ts';
import { conditionKeys } from './condition-keys.ts';

/** A table, or one of its indexes, that a call is about; each is authorized by itself. */
export type CalledTable = {
  readonly name: string;
  readonly index?: string;
  /** The condition keys of what the call does with it. */
  readonly context: ReturnType<typeof conditionKeys>;
};

const OnTable = z.object({ TableName: z.string(), IndexName: z.string().optional() });

const Attributes = z.record(z.string(), z.record(z.string(), z.unknown()));

const Put = z.object({ PutRequest: z.object({ Item: Attributes }) });
const Delete = z.object({ DeleteRequest: z.object({ Key: Attributes }) });

/** A batch of writes: by table, the items that are put and the keys of those that are deleted. */
export const BatchOfWrites = z.object({
  RequestItems: byTable(
    z.array(
      z.union([
        Put.transform(({ PutRequest }) => PutRequest.Item),
        Delete.transform(({ DeleteRequest }) => DeleteRequest.Key),
      ]),
    ),
  ),
});

/** A batch of reads: by table, the keys that are asked for. */
const BatchOfReads = z.object({
  RequestItems: byTable(z.looseObject({ Keys: z.array(Attributes) })),
});

/** What a call of an operation is about; a call that does not say is refused. */
export function calledTables(operation: string, body: unknown): readonly CalledTable[] {
  if (operation === 'BatchWriteItem') return tablesOfWrites(body);
  if (operation === 'BatchGetItem') return tablesOfReads(body);
  const { TableName: name, IndexName: index } = parsed(OnTable, body);
  return [{ name, ...(index !== undefined && { index }), context: conditionKeys(operation, body) }];
}

function tablesOfWrites(body: unknown): readonly CalledTable[] {
  const { RequestItems } = parsed(BatchOfWrites, body);
  return Object.entries(RequestItems).map(([name, items]) => ({
    name,
    context: conditionKeys('BatchWriteItem', { Item: Object.assign({}, ...items) }),
  }));
}

function tablesOfReads(body: unknown): readonly CalledTable[] {
  const { RequestItems } = parsed(BatchOfReads, body);
  return Object.entries(RequestItems).map(([name, { Keys, ...asked }]) => ({
    name,
    context: conditionKeys('BatchGetItem', { ...asked, Key: Object.assign({}, ...Keys) }),
  }));
}

/** What a batch asks of each table that it names. */
function byTable<T extends z.ZodType>(each: T) {
  return z
    .record(z.string(), each)
    .refine((items) => Object.keys(items).length > 0, 'A batch names one table at least.');
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (!result.success) throw new AwsRefusal('ValidationException', z.prettifyError(result.error), 400);
  return result.data;
}
