import * as z from 'zod';

/** A CloudFormation template as far as the checks read it. */
export const Template = z.object({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.unknown() })),
});
export type Template = z.infer<typeof Template>;

/** One statement of a policy. */
export const Statement = z.object({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.unknown().optional(),
  Action: z.union([z.string(), z.array(z.string())]).transform(asList),
  Resource: z.unknown().transform(asList),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
export type Statement = z.infer<typeof Statement>;

/** How a method finds out who is calling. */
export type Door = 'open' | 'oidc' | 'iam';

/** One method of the API: where it is, which door it has and which function answers. */
export type Route = {
  readonly method: string;
  readonly path: string;
  readonly door: Door;
  readonly answers: string;
};

const Ref = z.object({ Ref: z.string() });
const Arn = z
  .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
  .transform((at) => at['Fn::GetAtt'][0]);

const ApiMethod = z.object({
  HttpMethod: z.string(),
  AuthorizationType: z.string(),
  AuthorizerId: Ref.optional(),
  ResourceId: Ref,
  Integration: z.object({ Uri: z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }) }),
});
const ApiResource = z.object({ PathPart: z.string(), ParentId: z.union([Ref, z.unknown()]) });
const Lambda = z.object({
  Handler: z.string(),
  Role: Arn,
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }).optional(),
});
const Role = z.object({
  Policies: z.array(z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) })).default([]),
});

/** A function of the template with the logical ids of its parts. */
export type FunctionOfTemplate = { readonly name: string; readonly logicalId: string; readonly role: string };

/** The resources of one type, parsed; a resource that does not parse fails the test that asked for it. */
export function ofType<T>(template: Template, type: string, schema: z.ZodType<T>): [string, T][] {
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => [id, schema.parse(resource.Properties)]);
}

/** Every method of the API. */
export function routes(template: Template): Route[] {
  const parts = new Map(ofType(template, 'AWS::ApiGateway::Resource', ApiResource));
  return ofType(template, 'AWS::ApiGateway::Method', ApiMethod).map(([, method]) => ({
    method: method.HttpMethod,
    path: pathOf(method.ResourceId.Ref, parts),
    door: doorOf(method),
    answers: answering(method, template),
  }));
}

/** The functions, named and sorted by their handler's file. */
export function functions(template: Template): FunctionOfTemplate[] {
  return ofType(template, 'AWS::Lambda::Function', Lambda)
    .map(([logicalId, lambda]) => ({
      name: lambda.Handler.replace(/^functions\/(.+)\.handler$/, '$1'),
      logicalId,
      role: lambda.Role,
    }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** The names of a function's environment variables. */
export function environmentOf(template: Template, name: string): string[] {
  const found = ofType(template, 'AWS::Lambda::Function', Lambda).find(
    ([, lambda]) => lambda.Handler === `functions/${name}.handler`,
  );
  return Object.keys(found?.[1].Environment?.Variables ?? {}).toSorted((one, other) =>
    one.localeCompare(other),
  );
}

/** What each role may do, from its inline policies. */
export function rights(template: Template): { role: string; statement: Statement }[] {
  return ofType(template, 'AWS::IAM::Role', Role).flatMap(([role, { Policies }]) =>
    Policies.flatMap((policy) => policy.PolicyDocument.Statement.map((statement) => ({ role, statement }))),
  );
}

function pathOf(id: string, parts: ReadonlyMap<string, z.infer<typeof ApiResource>>): string {
  const part = parts.get(id);
  if (part === undefined) return '';
  const parent = Ref.safeParse(part.ParentId);
  return `${parent.success ? pathOf(parent.data.Ref, parts) : ''}/${part.PathPart}`;
}

function doorOf({ AuthorizationType: type, AuthorizerId: authorizer }: z.infer<typeof ApiMethod>): Door {
  if (type === 'AWS_IAM') return 'iam';
  if (type === 'CUSTOM' && authorizer?.Ref === 'AuthorizeApiGatewayAuthorizer') return 'oidc';
  if (type === 'NONE') return 'open';
  throw new Error(`A method has an authorizer that no door knows: ${type} ${authorizer?.Ref ?? ''}`);
}

function answering(method: z.infer<typeof ApiMethod>, template: Template): string {
  const uri = JSON.stringify(method.Integration.Uri);
  const answers = functions(template).filter(({ logicalId }) => uri.includes(`"${logicalId}"`));
  return answers.map(({ name }) => name).join();
}

function asList<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}
