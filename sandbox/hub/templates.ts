import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { DeploymentFacts } from '../../infra/deployment-facts.ts';
import { conditionsOf, isMade, withoutIfs } from './conditions.ts';
import { FunctionEvent } from './function-events.ts';
import { resolveVariables } from './variables.ts';

/** A function of serverless.yml. Strict, so that a setting the sandbox does not honour is an error. */
const ServerlessFunction = z.strictObject({
  description: z.string(),
  handler: z.string(),
  role: z.string(),
  timeout: z.number().optional(),
  memorySize: z.number().optional(),
  environment: z.record(z.string(), z.unknown()).default({}),
  events: z.array(FunctionEvent).default([]),
});
export type ServerlessFunction = z.infer<typeof ServerlessFunction>;

/** A resource of a template, with CloudFormation's references in place. */
export const Resource = z.looseObject({ Type: z.string(), Properties: z.unknown() });
export type Resource = z.infer<typeof Resource>;

const Statement = z.looseObject({ Resource: z.union([z.string(), z.array(z.string())]) });

const Service = z.object({
  service: z.string(),
  provider: z.object({
    timeout: z.number(),
    apiGateway: z.object({ resourcePolicy: z.array(Statement) }),
  }),
  functions: z.record(z.string(), ServerlessFunction),
  resources: z
    .array(z.object({ Resources: z.record(z.string(), Resource) }))
    .transform((files) => Object.assign({}, ...files.map(({ Resources }) => Resources))),
});

const Conditional = z.looseObject({
  resources: z.array(
    z.looseObject({
      Conditions: z.record(z.string(), z.unknown()).default({}),
      Resources: z.record(z.string(), Resource),
    }),
  ),
});

/** serverless.yml and what it includes, with its variables replaced and CloudFormation's references in place. */
export type Templates = Omit<z.infer<typeof Service>, 'resources'> & {
  readonly resources: Readonly<Record<string, Resource>>;
};

const Unresolved = z.looseObject({ params: z.object({ default: z.record(z.string(), z.unknown()) }) });

/** Reads the templates under `root`; facts stand in for .build/deployment.json. */
export function readTemplates(options: {
  readonly root: string;
  readonly stage: string;
  readonly facts: DeploymentFacts;
  readonly parameters?: Readonly<Record<string, unknown>>;
}): Templates {
  const { root, stage, facts } = options;
  const file = (path: string): unknown =>
    path === '.build/deployment.json' ? facts : parse(readFileSync(join(root, path), 'utf8'));
  const self = Unresolved.parse(file('serverless.yml'));
  const parameters = { ...self.params.default, ...options.parameters };
  return Service.parse(asMade(resolveVariables(self, { stage, parameters, self, file })));
}

/** The templates with the resources that their conditions let be, and with the branches that they choose. */
function asMade(resolved: unknown): unknown {
  const template = Conditional.parse(resolved);
  const conditions = conditionsOf(
    Object.assign({}, ...template.resources.map(({ Conditions }) => Conditions)),
  );
  const resources = template.resources.map(({ Resources }) => ({
    Resources: Object.fromEntries(
      Object.entries(Resources).filter(([, resource]) => isMade(resource, conditions)),
    ),
  }));
  return withoutIfs({ ...template, resources }, conditions);
}
