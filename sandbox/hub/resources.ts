import * as z from 'zod';
import type { WorldKey, WorldRole } from '../aws/aws.ts';
import type { TableDefinition } from '../dynamodb/start-dynamodb.ts';
import type { StreamDefinition } from '../dynamodb/table-stream.ts';
import type { GatewayResponse } from './hub.ts';
import { type PhysicalNames, resolveIntrinsics } from './intrinsics.ts';
import type { Templates } from './templates.ts';

/** A policy document. */
export const Policy = z.object({ Version: z.string(), Statement: z.unknown() });

/** Strict: a managed policy or a boundary changes what a role may do, and the sandbox would not see it. */
const Role = z.strictObject({
  Path: z.string(),
  RoleName: z.string(),
  Description: z.string().optional(),
  MaxSessionDuration: z.number().default(3600),
  AssumeRolePolicyDocument: Policy,
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: Policy })),
});

const Key = z.object({
  KeySpec: z.literal('HMAC_256'),
  KeyUsage: z.literal('GENERATE_VERIFY_MAC'),
  KeyPolicy: Policy,
});

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const Table = z.object({
  TableName: z.string(),
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema,
  StreamSpecification: z.strictObject({ StreamViewType: z.literal('NEW_AND_OLD_IMAGES') }).optional(),
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema,
        Projection: z.object({ ProjectionType: z.enum(['ALL', 'KEYS_ONLY']) }),
      }),
    )
    .optional(),
});

const Response = z.strictObject({
  RestApiId: z.string(),
  ResponseType: z.string(),
  StatusCode: z
    .string()
    .regex(/^\d{3}$/)
    .optional(),
  ResponseParameters: z.record(z.string().startsWith('gatewayresponse.header.'), z.string()).default({}),
  ResponseTemplates: z.strictObject({ 'application/json': z.string().optional() }).default({}),
});

/** The role with this logical id, for the world's account `account`. */
export function roleOf(
  id: string,
  templates: Pick<Templates, 'resources'>,
  names: PhysicalNames,
  account: string,
): WorldRole {
  const resource = templates.resources[id];
  if (resource?.Type !== 'AWS::IAM::Role') throw new Error(`The templates have no role with the id ${id}.`);
  const role = Role.parse(resolveIntrinsics(resource.Properties, names));
  return {
    account,
    name: role.RoleName,
    path: role.Path,
    maxSessionSeconds: role.MaxSessionDuration,
    trust: role.AssumeRolePolicyDocument,
    policies: Object.fromEntries(role.Policies.map((policy) => [policy.PolicyName, policy.PolicyDocument])),
  };
}

/** Every key of the templates. */
export function keysOf(templates: Templates, names: PhysicalNames, account: string): WorldKey[] {
  return resourcesOfType('AWS::KMS::Key', Key, templates, names).map(([id, key]) => ({
    account,
    id: names.get(id) ?? id,
    policy: key.KeyPolicy,
  }));
}

/** Every table of the templates. */
export function tablesOf(templates: Templates, names: PhysicalNames): TableDefinition[] {
  return resourcesOfType('AWS::DynamoDB::Table', Table, templates, names).map(([, table]) => table);
}

/** The stream of each table that has one. */
export function streamsOf(templates: Templates, names: PhysicalNames, region: string): StreamDefinition[] {
  const tables = resourcesOfType('AWS::DynamoDB::Table', Table, templates, names);
  return tables.flatMap(([id, { TableName, KeySchema, StreamSpecification }]) => {
    const arn = names.get(`${id}.StreamArn`);
    if (StreamSpecification === undefined || arn === undefined) return [];
    const keyNames = KeySchema.toSorted((one) => (one.KeyType === 'HASH' ? -1 : 1)).map(
      (key) => key.AttributeName,
    );
    return [{ arn, region, tableName: TableName, keyNames, viewType: StreamSpecification.StreamViewType }];
  });
}

/** What the gateway answers by itself. */
export function gatewayResponsesOf(templates: Templates, names: PhysicalNames): GatewayResponse[] {
  return resourcesOfType('AWS::ApiGateway::GatewayResponse', Response, templates, names).map(
    ([, response]) => {
      const body = response.ResponseTemplates['application/json'];
      return {
        type: response.ResponseType,
        ...(response.StatusCode === undefined ? {} : { status: Number(response.StatusCode) }),
        headers: Object.fromEntries(
          Object.entries(response.ResponseParameters).map(([parameter, value]) => [
            parameter.slice('gatewayresponse.header.'.length),
            value,
          ]),
        ),
        ...(body === undefined ? {} : { body }),
      };
    },
  );
}

/** The resources of a type by their logical ids, with physical names in place of references. */
export function resourcesOfType<T>(
  type: string,
  schema: z.ZodType<T>,
  templates: Templates,
  names: PhysicalNames,
): [string, T][] {
  return Object.entries(templates.resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => [id, schema.parse(resolveIntrinsics(resource.Properties, names))]);
}
