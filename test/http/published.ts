import { readFileSync } from 'node:fs';
import * as z from 'zod';

const Operation = z.looseObject({
  operationId: z.string(),
  responses: z.record(
    z.string(),
    z.object({
      description: z.string(),
      content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) })),
    }),
  ),
});

/** The document that clients are given, as it is checked in. */
const DOCUMENT = z
  .object({
    paths: z.record(z.string(), z.record(z.string(), Operation)),
    components: z.looseObject({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  })
  // The references of OpenAPI, as those of a JSON Schema that stands alone.
  .parse(
    JSON.parse(readFileSync('docs/openapi.json', 'utf8').replaceAll('#/components/schemas/', '#/$defs/')),
  );

/** What an answer is like that the published document does not announce; undefined where it announces it. */
export function faultOfAnswer(
  method: string,
  resource: string,
  answer: { readonly status: number; readonly mediaType: string; readonly body: unknown },
): string | undefined {
  const operation = DOCUMENT.paths[resource]?.[method.toLowerCase()];
  if (operation === undefined) return undefined;
  const announced = operation.responses[answer.status];
  const where = `${method} ${resource} ${answer.status}`;
  const schema = announced?.content[answer.mediaType]?.schema;
  if (announced === undefined || schema === undefined) return `${where} ${answer.mediaType} is not announced`;
  const { code } = z.looseObject({ code: z.string().optional() }).parse(answer.body);
  if (code !== undefined && !announced.description.split(/[:,]? /).includes(code)) {
    return `${where} is not announced with ${code}: ${announced.description}`;
  }
  const { success, error } = validator(schema).safeParse(answer.body);
  return success ? undefined : `${where} is of another shape: ${z.prettifyError(error)}`;
}

const validators = new Map<string, z.ZodType>();

function validator(schema: Readonly<Record<string, unknown>>): z.ZodType {
  const key = JSON.stringify(schema);
  const made = validators.get(key) ?? z.fromJSONSchema({ ...schema, $defs: DOCUMENT.components.schemas });
  validators.set(key, made);
  return made;
}
