import * as z from 'zod';
import type { TableStream } from '../../dynamodb/table-stream.ts';
import { AwsRefusal, type Caller } from '../aws.ts';
import type { Evaluator } from '../evaluate.ts';
import {
  authorize,
  because,
  type Call,
  type Denial,
  notAuthorized,
  type Target,
  type TrailDetail,
} from '../operation.ts';
import { type JsonOperation, jsonService } from '../protocols/json.ts';
import type { Outcome, Refusal, Reply, Service } from '../service.ts';
import { askStore } from './store.ts';
import { type StreamedWrites, streamedWrites } from './streamed-writes.ts';
import { type CalledTable, calledTables } from './tables.ts';

const CONTENT_TYPE = 'application/x-amz-json-1.0';

const TABLE_OPERATIONS: Readonly<Record<string, 'read' | 'write'>> = {
  GetItem: 'read',
  BatchGetItem: 'read',
  Query: 'read',
  Scan: 'read',
  DescribeTable: 'read',
  PutItem: 'write',
  UpdateItem: 'write',
  DeleteItem: 'write',
  BatchWriteItem: 'write',
};

type Parts = { readonly endpoint: string; readonly account: string; readonly evaluate: Evaluator };

/**
 * DynamoDB: authenticated and authorized here, stored behind `endpoint`, which belongs to one account. What is written to
 * the table of `stream` is added to it.
 */
export function createDynamoDb({ stream, ...parts }: Parts & { readonly stream?: TableStream }): Service {
  const written: StreamedWrites =
    stream === undefined ? (_body, _request, write) => write() : streamedWrites(parts.endpoint, stream);
  return jsonService({
    name: 'dynamodb',
    contentType: CONTENT_TYPE,
    namespace: 'com.amazon.coral.service#',
    operation: (name) => {
      const access = Object.hasOwn(TABLE_OPERATIONS, name) ? TABLE_OPERATIONS[name] : undefined;
      return access && tableOperation({ ...parts, written }, name, access);
    },
  });
}

function tableOperation(
  parts: Parts & { readonly written: StreamedWrites },
  name: string,
  access: 'read' | 'write',
): JsonOperation {
  const recorded = (raw: unknown) => recordedParameters(name, raw);
  return {
    event: { readOnly: access === 'read', data: name !== 'DescribeTable' },
    refused: recorded,
    async run(raw, call) {
      const tables = calledTables(name, raw);
      const { account } = call.caller;
      for (const table of tables) {
        const target = { arn: arnOf(table, call), account, context: table.context };
        await authorize(parts.evaluate, call, `dynamodb:${name}`, target, refusal);
      }
      if (account !== parts.account) throw noSuchTable(tables);
      const detail: TrailDetail = {
        requestParameters: recorded(raw),
        resources: tables.map((table) => ({
          accountId: account,
          type: 'AWS::DynamoDB::Table',
          ARN: arnOf({ name: table.name }, call),
        })),
      };
      const forward = async () => ({ ...(await forwarded(parts.endpoint, call)), detail });
      return access === 'write' ? parts.written(raw, call.request, forward) : forward();
    },
  };
}

function arnOf({ name, index }: Pick<CalledTable, 'name' | 'index'>, { region, caller }: Call): string {
  const table = `arn:aws:dynamodb:${region}:${caller.account}:table/${name}`;
  return index === undefined ? table : `${table}/index/${index}`;
}

function refusal(caller: Caller, action: string, { arn }: Target, verdict: Denial): AwsRefusal {
  const text = notAuthorized(caller, action, arn) + because(action, verdict);
  return new AwsRefusal('AccessDeniedException', text, 400);
}

function noSuchTable([table]: readonly CalledTable[]): AwsRefusal {
  return new AwsRefusal(
    'ResourceNotFoundException',
    `Requested resource not found: Table: ${table?.name} not found`,
    400,
  );
}

/** The store's answer, unchanged. */
async function forwarded(endpoint: string, { request, requestId }: Call): Promise<Omit<Outcome, 'detail'>> {
  const response = await askStore(endpoint, request);
  const body = Buffer.from(await response.arrayBuffer());
  const headers = { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId };
  const reply: Reply = { status: response.status, headers: { ...headers, ...checksum(response) }, body };
  return response.ok ? { reply } : { reply, refusal: refusalIn(body) };
}

function refusalIn(body: Buffer): Refusal {
  const { __type, message } = z
    .object({ __type: z.string(), message: z.string().default('') })
    .parse(JSON.parse(body.toString('utf8')));
  return { code: __type.split('#').at(-1) ?? __type, message };
}

/** The SDK verifies it. */
function checksum(response: Response): Readonly<Record<string, string>> {
  const crc32 = response.headers.get('x-amz-crc32');
  return crc32 === null ? {} : { 'x-amz-crc32': crc32 };
}

/** Of a batch one entry for each table, in the form that CloudTrail has for transactions. */
function recordedParameters(operation: string, raw: unknown): TrailDetail['requestParameters'] {
  try {
    const tables = calledTables(operation, raw).map(({ name, index }) => ({
      tableName: name,
      ...(index !== undefined && { indexName: index }),
    }));
    return operation.startsWith('Batch') ? { requestItems: tables } : (tables[0] ?? null);
  } catch {
    return null; // it is refused for what it does not say
  }
}
